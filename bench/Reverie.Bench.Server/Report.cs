using System.Globalization;

namespace Reverie.Bench.Server;

/// <summary>Runs every measurement and prints the figures.</summary>
internal static class Report
{
    private const int Stores = 16;
    private const int ContendedMemories = 4;
    private const int CreationStores = 120;
    private const int MemoriesPerStore = 2000;
    private const int ListPage = 20;

    public static async Task<int> WriteAsync(BenchOptions options)
    {
        Line($"{(options.Postgres is null ? "SQLite" : "PostgreSQL")}; {Environment.ProcessorCount} processors; texts of {Workload.TextBytes} bytes; median of {options.Runs} runs of {options.Seconds} s");
        if (options.Parts.Contains("load")) await LoadsAsync(options);
        if (options.Parts.Contains("paging")) await PagingAsync(options);
        if (options.Parts.Contains("search")) await SearchReport.WriteAsync(options);
        return 0;
    }

    private static async Task LoadsAsync(BenchOptions options)
    {
        var rows = new Dictionary<(string Name, int Clients), List<LoadFigures>>();
        for (var run = 0; run < options.Runs; run++)
        {
            var workload = new Workload();
            using var bare = ServerProcess.StartBare();
            using var floor = ServerProcess.StartFloor();
            using var reverie = ServerProcess.StartReverie(options.Postgres);
            var floorPaths = Enumerable.Range(0, Workload.MemoriesMax).Select(static i => $"/memories/{Workload.FloorId(i)}").ToList();
            var floorHashes = new string?[Workload.MemoriesMax];
            var (stores, paths, hashes) = await FillAsync(reverie, workload);
            var item = new Reads([Workload.Get("/item")]);
            var retrieves = new Reads([.. paths.Select(static p => (ReadOnlyMemory<byte>)Workload.Get(p))]);
            var lists = new Reads([.. stores.Select(static s => (ReadOnlyMemory<byte>)Workload.Get($"/v1/memory_stores/{s}/memories?limit={ListPage}"))]);

            // Methods are compiled well only after they ran for a while.
            await Load.RunAsync(bare, 16, 1, item);
            await Load.RunAsync(floor, 16, 1, new Updates(workload, floorPaths, floorHashes, 16, isContended: false));
            await Load.RunAsync(reverie, 16, 1, retrieves);
            await Load.RunAsync(reverie, 16, 1, new Updates(workload, paths, hashes, 16, isContended: false));

            foreach (var clients in options.Clients)
            {
                await MeasureAsync("bare endpoint", bare, item, clients);
                await MeasureAsync("retrieve", reverie, retrieves, clients);
                await MeasureAsync($"list, {ListPage} of {Workload.MemoriesMax / Stores}", reverie, lists, clients);
                await MeasureAsync("floor: update", floor, new Updates(workload, floorPaths, floorHashes, clients, isContended: false), clients);
                await MeasureAsync("update", reverie, new Updates(workload, paths, hashes, clients, isContended: false), clients);
                if (clients == 1) continue;
                await MeasureAsync($"floor: update, {ContendedMemories} memories", floor, new Updates(workload, floorPaths[..ContendedMemories], floorHashes, clients, isContended: true), clients);
                await MeasureAsync($"update, {ContendedMemories} memories", reverie, new Updates(workload, paths[..ContendedMemories], hashes, clients, isContended: true), clients);
            }
            await CreateAsync(workload);
        }
        Line($"{"",-28}{"clients",8}{"ops/s",10}{"p50 us",10}{"p99 us",10}{"cpu us",9}{"of",7}{"refused",9}");
        foreach (var clients in options.Clients)
        {
            foreach (var ((name, _), runs) in rows.Where(r => r.Key.Clients == clients))
            {
                var figures = LoadFigures.Median(runs);
                var reference = name switch
                {
                    "retrieve" => "bare endpoint",
                    _ when name.StartsWith("update", StringComparison.Ordinal) => $"floor: {name}",
                    _ => null,
                };
                // Each run is compared with itself: a busy moment of the machine meets both.
                var share = reference is null ? "" : $"{LoadFigures.Of(runs.Zip(rows[(reference, clients)]), static r => r.First.Rate / r.Second.Rate):0%}";
                Line($"{name,-28}{clients,8}{figures.Rate,10:0}{figures.P50Micros,10:0}{figures.P99Micros,10:0}{figures.CpuMicros,9:0}{share,7}{figures.Refused,9:0.00}");
            }
        }

        // On a server of its own: what it makes is indexed for a while, which would fall to whatever is measured next.
        async Task CreateAsync(Workload workload)
        {
            using var reverie = ServerProcess.StartReverie(options.Postgres);
            var creations = new Creations(workload, await NewStoresAsync(reverie), MemoriesPerStore);
            await Load.RunAsync(reverie, 16, 1, creations);
            foreach (var clients in options.Clients) await MeasureAsync("create", reverie, creations, clients);
        }

        async Task MeasureAsync(string name, ServerProcess server, Traffic traffic, int clients)
        {
            if (!rows.TryGetValue((name, clients), out var runs)) rows[(name, clients)] = runs = [];
            runs.Add(await Load.RunAsync(server, clients, options.Seconds, traffic));
        }
    }

    /// <summary>Memories spread evenly over several stores, neighbours in different ones.</summary>
    private static async Task<(List<string> Stores, List<string> Paths, string?[] Hashes)> FillAsync(ServerProcess server, Workload workload)
    {
        using var connection = await Connection.OpenAsync(server.Address);
        var stores = new List<string>();
        for (var i = 0; i < Stores; i++) stores.Add(await Workload.NewStoreAsync(connection));
        var paths = new List<string>();
        var hashes = new string?[Workload.MemoriesMax];
        for (var i = 0; i < Workload.MemoriesMax; i++)
        {
            var text = workload.NextText();
            var store = stores[i % Stores];
            var made = await Workload.AskAsync(connection, workload.Create(store, $"/notes/{i}.md", text));
            paths.Add($"/v1/memory_stores/{store}/memories/{made["id"]}");
            hashes[i] = Workload.Sha256(text);
        }
        return (stores, paths, hashes);
    }

    private static async Task<List<string>> NewStoresAsync(ServerProcess server)
    {
        using var connection = await Connection.OpenAsync(server.Address);
        var stores = new List<string>();
        for (var i = 0; i < CreationStores; i++) stores.Add(await Workload.NewStoreAsync(connection));
        return stores;
    }

    /// <summary>Pages through a full store, and as often through one of a single page.</summary>
    private static async Task PagingAsync(BenchOptions options)
    {
        using var server = ServerProcess.StartReverie(options.Postgres);
        using var connection = await Connection.OpenAsync(server.Address);
        var workload = new Workload();
        var (few, many) = (await Workload.NewStoreAsync(connection), await Workload.NewStoreAsync(connection));
        for (var i = 0; i < MemoriesPerStore; i++)
        {
            await Workload.AskAsync(connection, workload.Create(many, $"/notes/{i:d4}.md", workload.NextText()));
            if (i < ListPage) await Workload.AskAsync(connection, workload.Create(few, $"/notes/{i:d4}.md", workload.NextText()));
        }
        var ratios = new List<double>();
        var (fewTimes, manyTimes) = (new List<double>(), new List<double>());
        for (var run = 0; run < options.Runs * 4 + 1; run++)
        {
            var one = await PageAsync(few, MemoriesPerStore / ListPage);
            var all = await PageAsync(many, 1);
            if (run == 0) continue;
            fewTimes.Add(one);
            manyTimes.Add(all);
            ratios.Add(all / one);
        }
        Line($"paging, pages of {ListPage}: {LoadFigures.Of(fewTimes, static t => t):0.0} us per item of {ListPage}, {LoadFigures.Of(manyTimes, static t => t):0.0} us per item of {MemoriesPerStore}, ratio {LoadFigures.Of(ratios, static r => r):0.00}");

        async Task<double> PageAsync(string store, int times)
        {
            var path = $"/v1/memory_stores/{store}/memories?limit={ListPage}";
            var (items, start) = (0, TimeProvider.System.GetTimestamp());
            for (var i = 0; i < times; i++)
            {
                string? page = null;
                do
                {
                    var answer = await Workload.AskAsync(connection, Workload.Get(page is null ? path : $"{path}&page={page}"));
                    items += answer["data"]!.AsArray().Count;
                    page = (string?)answer["next_page"];
                } while (page is not null);
            }
            return TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / items;
        }
    }

    internal static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
