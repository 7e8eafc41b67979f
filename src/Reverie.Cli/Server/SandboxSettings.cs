using Reverie.Cli.Terminal;

namespace Reverie.Cli.Server;

/// <summary>The setting that says how agents' commands are kept apart from the machine.</summary>
internal static class SandboxSettings
{
    private const string Name = "REVERIE_SANDBOX";

    /// <summary>The operator asked to run commands without a sandbox.</summary>
    /// <exception cref="BadInputException">The setting has an unknown value.</exception>
    public static bool IsUnsafe => Environment.GetEnvironmentVariable(Name) switch
    {
        null or "" => false,
        "unsafe" => true,
        var other => throw new BadInputException($"{Name} must be unsafe or unset, not \"{other}\""),
    };
}
