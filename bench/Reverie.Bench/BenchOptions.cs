using System.Globalization;

namespace Reverie.Bench;

/// <summary>What to measure.</summary>
/// <param name="Data">All <c>*.sessions.jsonl.gz</c> below it are read.</param>
/// <param name="Scales">How often the data is repeated to see how time and memory grow.</param>
/// <param name="Runs">Runs of each measurement; the median counts.</param>
/// <param name="IsDistinct">Each copy gets texts of its own, so that no text of one copy can stand for another's.</param>
/// <param name="Repository">The root of the checkout.</param>
internal sealed record BenchOptions(string Data, IReadOnlyList<int> Scales, int Runs, bool IsDistinct, string Repository)
{
    /// <summary>The options; null when they are not understood.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var repository = FindRepository();
        var options = new BenchOptions(Path.Combine(repository, "samples"), [1, 4, 16], 5, IsDistinct: false, repository);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--distinct": options = options with { IsDistinct = true }; continue;
                case "--data" when Directory.Exists(value): options = options with { Data = value }; break;
                case "--runs" when Number(value) is { } runs: options = options with { Runs = runs }; break;
                case "--scale" when value.Split(',').Select(Number).ToList() is var scales && scales.TrueForAll(static s => s is not null):
                    options = options with { Scales = [.. scales.Select(static s => s!.Value)] };
                    break;
                default: return null;
            }
            i++;
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("usage: [--data DIR] [--scale 1,4,16] [--runs N] [--distinct]");
        return 2;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000 ? number : null;

    private static string FindRepository()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Reverie.slnx"))) return directory.FullName;
        throw new InvalidOperationException("The program does not lie in a checkout.");
    }
}
