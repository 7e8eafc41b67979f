using Reverie.Cli.Terminal;
using Reverie.Sessions.Hands;

namespace Reverie.Cli.Server;

/// <summary>The settings that say how agents' commands are kept apart from the machine, and how many places for them stay open.</summary>
internal static class SandboxSettings
{
    private const string Name = "REVERIE_SANDBOX";
    private const string OpenMaxName = "REVERIE_SANDBOXES_MAX";
    private const string IdleName = "REVERIE_SANDBOX_IDLE_SECONDS";

    /// <summary>The operator asked to run commands without a sandbox.</summary>
    /// <exception cref="BadInputException">The setting has an unknown value.</exception>
    public static bool IsUnsafe => Environment.GetEnvironmentVariable(Name) switch
    {
        null or "" => false,
        "unsafe" => true,
        var other => throw new BadInputException($"{Name} must be unsafe or unset, not \"{other}\""),
    };

    /// <summary>How many sandboxes stay open, and for how long.</summary>
    /// <exception cref="BadInputException">A setting is no number in its range.</exception>
    public static SandboxUse Use
    {
        get
        {
            var byDefault = new SandboxUse();
            return new SandboxUse
            {
                OpenMax = NumberSetting.Read(OpenMaxName, 1, 100_000) ?? byDefault.OpenMax,
                IdleFor = NumberSetting.Read(IdleName, 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : byDefault.IdleFor,
            };
        }
    }
}
