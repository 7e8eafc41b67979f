using System.Globalization;

namespace Reverie.Bench;

/// <summary>Runs every measurement and prints the figures.</summary>
internal static class Report
{
    private const int StartsMeasured = 20;

    public static async Task<int> WriteAsync(BenchOptions options)
    {
        var files = Corpus.Find(options.Data);
        if (files.Count == 0)
        {
            await Console.Error.WriteLineAsync($"no *.sessions.jsonl.gz below {options.Data}");
            return 2;
        }
        Speed(files, options.Runs);
        Growth(files, options);
        Start(options.Repository);
        return 0;
    }

    private static void Speed(IReadOnlyList<string> files, int runs)
    {
        List<Figures> floors = [], ones = [], twos = [];
        var hasTwo = Environment.ProcessorCount >= 2;
        // In turn, so that a busy moment of the machine meets all alike.
        for (var run = 0; run < runs; run++)
        {
            floors.Add(Children.Measure("floor", 1, files));
            ones.Add(Children.Measure("dream", 1, files));
            if (hasTwo) twos.Add(Children.Measure("dream", 2, files));
        }
        var floor = Figures.Median(floors);
        var one = Figures.Median(ones);
        Line($"{files.Count} files, {floor.Sessions} sessions, {floor.Events} events, {floor.TextBytes / 1e6:0.0} MB of text; median of {runs}");
        Line($"{"",-24}{"seconds",10}{"cpu s",9}{"sessions/s",12}{"events/s",12}{"MB/s",9}{"x floor",9}");
        Row("floor, one core", floor, floor);
        Row("dream, one core", one, floor);
        if (!hasTwo) return;
        var two = Figures.Median(twos);
        Row("dream, two cores", two, floor);
        Line($"two cores over one: {one.Seconds / two.Seconds:0.00}x");
    }

    private static void Growth(IReadOnlyList<string> files, BenchOptions options)
    {
        Line($"");
        Line($"growth, one core{(options.IsDistinct ? ", every copy with texts of its own" : "")}");
        Line($"{"copies",8}{"sessions",10}{"seconds",10}{"cpu s",9}{"MB/s",9}{"ms/session",12}{"peak MB",9}");
        foreach (var copies in options.Scales)
        {
            var file = Path.Combine(Path.GetTempPath(), $"reverie-bench-{Environment.ProcessId}.sessions.jsonl.gz");
            try
            {
                Corpus.Repeat(files, copies, options.IsDistinct, file);
                var dream = Figures.Median(Enumerable.Range(0, Math.Min(options.Runs, 3)).Select(_ => Children.Measure("dream", 1, [file])).ToList());
                Line($"{copies,7}x{dream.Sessions,10}{dream.Seconds,10:0.00}{dream.CpuSeconds,9:0.00}{dream.MegabytesPerSecond,9:0.0}{dream.Seconds / dream.Sessions * 1000,12:0.000}{dream.PeakBytes / 1e6,9:0}");
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    private static void Start(string repository)
    {
        if (OperatingSystem.IsWindows()) return;
        var command = Path.Combine(repository, "reverie");
        Children.Time(command, "--version"); // builds what is stale
        var seconds = Enumerable.Range(0, StartsMeasured).Select(_ => Children.Time(command, "--version")).Order().ElementAt(StartsMeasured / 2);
        Line($"");
        Line($"reverie --version: {seconds * 1000:0} ms, median of {StartsMeasured}");
    }

    private static void Row(string name, Figures figures, Figures floor) =>
        Line($"{name,-24}{figures.Seconds,10:0.000}{figures.CpuSeconds,9:0.00}{figures.Sessions / figures.Seconds,12:0}{figures.Events / figures.Seconds,12:0}{figures.MegabytesPerSecond,9:0.0}{figures.Seconds / floor.Seconds,9:0.0}");

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
