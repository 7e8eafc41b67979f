using System.Globalization;

namespace Reverie.Bench.Server;

/// <summary>What to measure.</summary>
/// <param name="Runs">Runs of everything, each with fresh servers and databases; the median counts.</param>
/// <param name="Seconds">How long each load is measured, after a warm-up.</param>
/// <param name="Clients">Numbers of clients, each with a connection of its own and one request under way.</param>
/// <param name="Postgres">Connection string of an empty database; null for SQLite.</param>
/// <param name="Parts">What to measure: <c>load</c>, <c>paging</c>, <c>search</c>.</param>
internal sealed record BenchOptions(int Runs, int Seconds, IReadOnlyList<int> Clients, string? Postgres, IReadOnlyList<string> Parts)
{
    private static readonly string[] AllParts = ["load", "paging", "search"];

    /// <summary>The options; null when they are not understood.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var options = new BenchOptions(5, 3, [1, 16, 64], Postgres: null, AllParts);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--runs" when Number(value) is { } runs: options = options with { Runs = runs }; break;
                case "--seconds" when Number(value) is { } seconds: options = options with { Seconds = seconds }; break;
                case "--clients" when value.Split(',').Select(Number).ToList() is var clients && clients.TrueForAll(static c => c is not null):
                    options = options with { Clients = [.. clients.Select(static c => c!.Value)] };
                    break;
                case "--postgres" when value.Length > 0: options = options with { Postgres = value }; break;
                case "--parts" when value.Split(',') is var parts && parts.All(AllParts.Contains): options = options with { Parts = parts }; break;
                default: return null;
            }
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("usage: [--runs N] [--seconds N] [--clients 1,16,64] [--postgres CONNECTION] [--parts load,paging,search]");
        return 2;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000 ? number : null;
}
