namespace Reverie.Bench.Turns;

/// <summary>Events appended at an even pace, and everyone who waits for them.</summary>
internal static class StreamLoad
{
    private const int WarmUpAppends = 40;

    /// <param name="server">With its floor's or the server's paths.</param>
    /// <param name="sessions">Sessions that events are appended to, in turn.</param>
    /// <param name="followers">Streams of all sessions together.</param>
    /// <param name="perSecond">Appends in a second.</param>
    /// <param name="seconds">How long, after a warm-up.</param>
    public static async Task<StreamFigures> RunAsync(ServerProcess server, int sessions, int followers, int perSecond, int seconds)
    {
        var agent = await SessionClient.NewAgentAsync(server);
        var clients = new List<SessionClient>();
        for (var i = 0; i < sessions; i++) clients.Add(await SessionClient.StartAsync(server, agent));
        var streams = new List<Connection>();
        for (var i = 0; i < followers; i++) streams.Add(await SessionClient.FollowAsync(server, clients[i % sessions].Id));
        var appends = WarmUpAppends + (perSecond * seconds);
        var reading = streams.Select((s, i) => Task.Run(() => ReadAsync(s, Enumerable.Range(0, appends).Count(a => a % sessions == i % sessions)))).ToList();
        var (start, cpu) = (TimeProvider.System.GetTimestamp(), server.Cpu);
        for (var i = 0; i < appends; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - TimeProvider.System.GetElapsedTime(start);
            if (due > TimeSpan.Zero) await Task.Delay(due, TimeProvider.System);
            await clients[i % sessions].AppendAsync();
        }
        var times = (await Task.WhenAll(reading)).SelectMany(static t => t).Order().ToList();
        cpu = server.Cpu - cpu;
        foreach (var client in clients) client.Dispose();
        foreach (var stream in streams) stream.Dispose();
        return new StreamFigures(Load.At(times, 0.5), Load.At(times, 0.99), cpu.TotalMicroseconds / times.Count);

        async Task<List<double>> ReadAsync(Connection stream, int count)
        {
            var seen = new List<double>(count);
            while (count > 0)
            {
                var entry = await stream.NextEventAsync();
                if (SessionClient.SentAt(entry.Span) is not { } sent) continue;
                count--;
                seen.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
            }
            return seen;
        }
    }
}

/// <summary>How long events took from whoever sent them to those who follow.</summary>
/// <param name="P50">Milliseconds, half of all.</param>
/// <param name="P99">Milliseconds, ninety-nine of a hundred.</param>
/// <param name="CpuMicros">Processor time of the server for each event delivered to one follower.</param>
internal sealed record StreamFigures(double P50, double P99, double CpuMicros);
