using Reverie.Cli.Terminal;
using Reverie.Dreams.Jobs;

namespace Reverie.Cli.Server;

/// <summary>The setting that says how many dreams run at once.</summary>
internal static class DreamSettings
{
    private const string RunningMaxName = "REVERIE_DREAMS_MAX";

    /// <summary>How many dreams run at once.</summary>
    /// <exception cref="BadInputException">The setting is no number in its range.</exception>
    public static DreamUse Use
    {
        get
        {
            var byDefault = new DreamUse();
            return new DreamUse { RunningMax = NumberSetting.Read(RunningMaxName, 1, 64) ?? byDefault.RunningMax };
        }
    }
}
