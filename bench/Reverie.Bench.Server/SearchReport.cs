namespace Reverie.Bench.Server;

/// <summary>Ten thousand memories of two kilobytes, all searched at once.</summary>
internal static class SearchReport
{
    private const int Stores = 5;
    private const int PerStore = 2000;
    private const int Bytes = 2048;
    private const int Loaders = 4;
    private const int Searches = 50;

    private static readonly TimeSpan SettlingLook = TimeSpan.FromMilliseconds(100);

    public static async Task WriteAsync(BenchOptions options)
    {
        using var server = ServerProcess.StartReverie(options.Postgres);
        using var connection = await Connection.OpenAsync(server.Address);
        var workload = new Workload();
        var start = TimeProvider.System.GetTimestamp();
        var stores = new List<string>();
        for (var i = 0; i < Stores; i++) stores.Add(await Workload.NewStoreAsync(connection));
        await Task.WhenAll(Enumerable.Range(0, Loaders).Select(l => Task.Run(() => FillAsync(server, workload, stores, l))));
        var loaded = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        start = TimeProvider.System.GetTimestamp();
        await Workload.AskAsync(connection, Search($"query={workload.Word(0.9)}"));
        var first = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        // What the index does not have yet comes first and has no rank.
        while ((await Workload.AskAsync(connection, Search($"query={workload.Word(0.01)}&limit=1")))["data"]![0]!["rank"] is null) await Task.Delay(SettlingLook, TimeProvider.System);
        var settled = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var size = new DirectoryInfo(server.Directory).EnumerateFiles("*.db").Sum(static f => f.Length);
        Report.Line($"{Stores * PerStore} memories of {Bytes} bytes: loaded in {loaded:0.0} s, the first search took {first:0.0} s, the index was there after {settled:0.0} s, processor time so far {server.Cpu.TotalSeconds:0.0} s, database {size / 1e6:0} MB for {Stores * PerStore * Bytes / 1e6:0} MB of text");
        foreach (var (name, query) in new[]
        {
            ("a rare word", $"query={workload.Word(0.97)}"), ("a frequent word", $"query={workload.Word(0.01)}"), ("two words", $"query={workload.Word(0.05)}+{workload.Word(0.6)}"),
            ("a rare pattern", $"mode=grep&query={workload.Word(0.97)}.{workload.Word(0.5)[..2]}"), ("a frequent pattern", $"mode=grep&query={workload.Word(0.01)}"),
        })
        {
            var times = new List<double>();
            var found = 0;
            for (var i = 0; i < Searches; i++)
            {
                start = TimeProvider.System.GetTimestamp();
                var answer = await Workload.AskAsync(connection, Search(query));
                times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
                found = answer["data"]!.AsArray().Count;
            }
            Report.Line($"search for {name,-20}{LoadFigures.Of(times, static t => t),8:0.0} ms, {found} on the first page");
        }
    }

    private static byte[] Search(string query) => Workload.Get($"/v1/reverie/memory_search?{query}");

    private static async Task FillAsync(ServerProcess server, Workload workload, List<string> stores, int loader)
    {
        using var connection = await Connection.OpenAsync(server.Address);
        for (var i = loader; i < Stores * PerStore; i += Loaders)
            await Workload.AskAsync(connection, workload.Create(stores[i % Stores], $"/notes/{i}.md", workload.NextText(Bytes)));
    }
}
