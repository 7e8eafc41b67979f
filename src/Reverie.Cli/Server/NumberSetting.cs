using System.Globalization;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Server;

/// <summary>A setting of the environment that is a number.</summary>
internal static class NumberSetting
{
    /// <summary>Null where it is not set.</summary>
    /// <exception cref="BadInputException">It is no number in the range.</exception>
    public static int? Read(string name, int min, int max)
    {
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
            : throw new BadInputException($"{name} must be a number from {min} to {max}, not \"{text}\"");
    }
}
