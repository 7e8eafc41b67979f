using System.Globalization;

namespace Reverie.Bench.Turns;

/// <summary>Runs every measurement and prints the figures.</summary>
internal static class Report
{
    private static readonly (string Name, string Kind)[] Servers = [("floor", ServerProcess.Floor), ("floor, at once", ServerProcess.FloorAtOnce), ("reverie", ServerProcess.Reverie)];
    private const int WarmUpSeconds = 8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ModelWait = TimeSpan.FromMilliseconds(300);

    public static async Task<int> WriteAsync(BenchOptions options)
    {
        Line($"{Environment.ProcessorCount} processors, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; {SteppingModel.Rounds} rounds of a tool in a turn; median of {options.Runs} runs of {options.Seconds} s");
        if (options.Parts.Contains("turns")) await TurnsAsync(options);
        if (options.Parts.Contains("length")) await LengthAsync(options);
        if (options.Parts.Contains("slow")) await SlowAsync();
        if (options.Parts.Contains("idle")) await IdleAsync();
        if (options.Parts.Contains("start")) await StartAsync(options);
        if (options.Parts.Contains("streams")) await StreamsAsync(options);
        return 0;
    }

    /// <summary>Turns as fast as they end.</summary>
    private static async Task TurnsAsync(BenchOptions options)
    {
        var rows = new Dictionary<(string Name, int Sessions), List<LoadFigures>>();
        for (var run = 0; run < options.Runs; run++)
        {
            var servers = Servers.Select(static s => (s.Name, Process: ServerProcess.Start(s.Kind))).ToList();
            // Methods are compiled well only after they ran for a while.
            foreach (var (_, server) in servers) await MeasureAsync(server, 16, WarmUpSeconds);
            foreach (var sessions in options.Sessions)
            {
                foreach (var (name, server) in servers)
                {
                    if (!rows.TryGetValue((name, sessions), out var runs)) rows[(name, sessions)] = runs = [];
                    runs.Add(await MeasureAsync(server, sessions, options.Seconds));
                }
            }
            foreach (var (_, server) in servers) server.Dispose();
        }
        Line($"{"turns",-16}{"sessions",9}{"turns/s",9}{"p50 ms",9}{"p99 ms",9}{"cpu ms",9}{"KiB",7}{"of floor",10}{"x its cpu",10}");
        foreach (var sessions in options.Sessions)
        {
            foreach (var (name, _) in Servers)
            {
                var figures = LoadFigures.Median(rows[(name, sessions)]);
                // Each run is compared with itself: a busy moment of the machine meets both.
                var pairs = rows[(name, sessions)].Zip(rows[("floor", sessions)]).ToList();
                Line($"{name,-16}{sessions,9}{figures.Rate,9:0}{figures.P50,9:0.0}{figures.P99,9:0.0}{figures.Cpu,9:0.00}{figures.Kilobytes,7:0}{LoadFigures.Of(pairs, static p => p.First.Rate / p.Second.Rate),10:0%}{LoadFigures.Of(pairs, static p => p.First.Cpu / p.Second.Cpu),10:0.0}");
            }
        }
    }

    private static async Task<LoadFigures> MeasureAsync(ServerProcess server, int sessions, int seconds)
    {
        var clients = await SessionClient.StartAsync(server, sessions);
        var figures = await Load.RunAsync(server, clients, WarmUp, TimeSpan.FromSeconds(seconds));
        foreach (var client in clients) client.Dispose();
        return figures;
    }

    /// <summary>The first turns of sessions against those after many others.</summary>
    private static async Task LengthAsync(BenchOptions options)
    {
        const int sessions = 8, window = 50, late = 500;
        var runs = new List<(double Early, double Late)>();
        for (var run = 0; run < options.Runs; run++)
        {
            using var server = ServerProcess.Start(ServerProcess.Reverie);
            await MeasureAsync(server, sessions, WarmUpSeconds);
            var clients = await SessionClient.StartAsync(server, sessions);
            await Load.RunAsync(server, clients, late);
            var old = await Load.RunAsync(server, clients, window);
            // After the late turns, so that what is compiled meanwhile cannot flatter them.
            var fresh = await SessionClient.StartAsync(server, sessions);
            runs.Add((await Load.RunAsync(server, fresh, window), old));
            foreach (var client in clients.Concat(fresh)) client.Dispose();
        }
        Line($"length: turns 1 to {window} take {LoadFigures.Of(runs, static r => r.Early):0.00} ms of processor time, turns {late + 1} to {late + window} {LoadFigures.Of(runs, static r => r.Late):0.00} ms, ratio {LoadFigures.Of(runs, static r => r.Late / r.Early):0.00}");
    }

    /// <summary>A thousand sessions whose model takes its time.</summary>
    private static async Task SlowAsync()
    {
        const int sessions = 1000, seconds = 10;
        foreach (var (name, kind) in new[] { Servers[0], Servers[2] })
        {
            using var server = ServerProcess.Start(kind, ModelWait);
            var clients = await SessionClient.StartAsync(server, sessions);
            var before = server.PeakMemory;
            var figures = await Load.RunAsync(server, clients, TimeSpan.FromSeconds(2 * WarmUpSeconds), TimeSpan.FromSeconds(seconds));
            var peak = server.PeakMemory;
            Line($"slow: {name}, {sessions} sessions, {ModelWait.TotalMilliseconds:0} ms for each request: {figures.Rate:0} turns/s, p50 {figures.P50:0} ms, p99 {figures.P99:0} ms, cpu {figures.Cpu:0.00} ms, peak memory {peak / 1e6:0} MB ({before / 1e6:0} MB before the first turn, {await server.CollectAsync() / 1e6:0} MB of live objects after the last)");
            foreach (var client in clients) client.Dispose();
        }
    }

    /// <summary>What sessions take that had a turn and idle.</summary>
    private static async Task IdleAsync()
    {
        const int sessions = 10_000, atOnce = 16;
        using var server = ServerProcess.Start(ServerProcess.Reverie);
        await MeasureAsync(server, atOnce, WarmUpSeconds);
        var agent = await SessionClient.NewAgentAsync(server);
        var (live, memory) = (await server.CollectAsync(), server.Memory);
        var left = sessions;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var client = await SessionClient.StartAsync(server, agent);
                await client.TurnAsync();
            }
        })));
        var peak = server.Memory;
        var (liveAfter, memoryAfter) = (await server.CollectAsync(), server.Memory);
        Line($"idle: {sessions} sessions after a turn each: {(memoryAfter - memory) / 1e3 / sessions:0.0} kB each of the process, {(liveAfter - live) / 1e3 / sessions:0.0} kB of live objects; process {memory / 1e6:0} MB before, {peak / 1e6:0} MB after, {memoryAfter / 1e6:0} MB collected");
    }

    /// <summary>From the message to the first request to the model.</summary>
    private static async Task StartAsync(BenchOptions options)
    {
        const int turns = 300;
        foreach (var (name, kind) in new[] { Servers[0], Servers[2] })
        {
            var (warm, cold) = (new List<double>(), new List<double>());
            for (var run = 0; run < options.Runs; run++)
            {
                using var server = ServerProcess.Start(kind);
                await MeasureAsync(server, 16, WarmUpSeconds);
                var agent = await SessionClient.NewAgentAsync(server);
                using var client = await SessionClient.StartAsync(server, agent);
                for (var i = 0; i < turns; i++)
                {
                    await client.TurnAsync();
                    if (i > 0) warm.Add(Asked(client));
                }
                for (var i = 0; i < turns; i++)
                {
                    using var fresh = await SessionClient.StartAsync(server, agent);
                    await fresh.TurnAsync();
                    cold.Add(Asked(fresh));
                }
            }
            warm.Sort();
            cold.Sort();
            Line($"start: {name}, from sending to the first model request: p50 {Load.At(warm, 0.5):0.00} ms, p99 {Load.At(warm, 0.99):0.00} ms; first turn of a session p50 {Load.At(cold, 0.5):0.00} ms, p99 {Load.At(cold, 0.99):0.00} ms");
        }

        static double Asked(SessionClient client) => TimeProvider.System.GetElapsedTime(client.Last.Sent, client.Last.Asked).TotalMilliseconds;
    }

    /// <summary>From sending an event to everyone who follows.</summary>
    private static async Task StreamsAsync(BenchOptions options)
    {
        Line($"{"streams",-16}{"sessions",9}{"followers",10}{"appends/s",10}{"p50 ms",9}{"p99 ms",9}{"cpu us",9}");
        foreach (var (sessions, followers, perSecond) in new[] { (1, 1, 50), (1, 500, 10), (500, 500, 200) })
        {
            var rows = new Dictionary<string, List<StreamFigures>>(StringComparer.Ordinal);
            for (var run = 0; run < options.Runs; run++)
            {
                foreach (var (name, kind) in new[] { ("bare", ServerProcess.Bare), Servers[0], Servers[2] })
                {
                    using var server = ServerProcess.Start(kind);
                    await StreamLoad.RunAsync(server, sessions: 1, followers: 50, perSecond: 200, WarmUpSeconds);
                    if (!rows.TryGetValue(name, out var runs)) rows[name] = runs = [];
                    runs.Add(await StreamLoad.RunAsync(server, sessions, followers, perSecond, options.Seconds));
                }
            }
            foreach (var (name, runs) in rows)
                Line($"{name,-16}{sessions,9}{followers,10}{perSecond,10}{LoadFigures.Of(runs, static r => r.P50),9:0.00}{LoadFigures.Of(runs, static r => r.P99),9:0.00}{LoadFigures.Of(runs, static r => r.CpuMicros),9:0.0}");
        }
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
