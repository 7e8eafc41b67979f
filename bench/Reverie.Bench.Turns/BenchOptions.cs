using System.Globalization;

namespace Reverie.Bench.Turns;

/// <summary>What to measure.</summary>
/// <param name="Runs">Runs of everything, each with fresh servers and databases; the median counts.</param>
/// <param name="Seconds">How long each load is measured, after a warm-up.</param>
/// <param name="Sessions">Numbers of sessions that are at work at once.</param>
/// <param name="Parts">What to measure: see <see cref="AllParts"/>.</param>
internal sealed record BenchOptions(int Runs, int Seconds, IReadOnlyList<int> Sessions, IReadOnlyList<string> Parts)
{
    public static readonly string[] AllParts = ["turns", "length", "slow", "idle", "start", "streams"];

    /// <summary>The options; null when they are not understood.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var options = new BenchOptions(3, 3, [1, 50, 200], AllParts);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--runs" when Number(value) is { } runs: options = options with { Runs = runs }; break;
                case "--seconds" when Number(value) is { } seconds: options = options with { Seconds = seconds }; break;
                case "--sessions" when value.Split(',').Select(Number).ToList() is var sessions && sessions.TrueForAll(static s => s is not null):
                    options = options with { Sessions = [.. sessions.Select(static s => s!.Value)] };
                    break;
                case "--parts" when value.Split(',') is var parts && parts.All(AllParts.Contains): options = options with { Parts = parts }; break;
                default: return null;
            }
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine($"usage: [--runs N] [--seconds N] [--sessions 1,50,200] [--parts {string.Join(',', AllParts)}]");
        return 2;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000 ? number : null;
}
