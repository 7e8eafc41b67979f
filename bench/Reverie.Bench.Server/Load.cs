namespace Reverie.Bench.Server;

/// <summary>Clients that ask as fast as they are answered.</summary>
internal static class Load
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static async Task<LoadFigures> RunAsync(ServerProcess server, int clients, int seconds, Traffic traffic)
    {
        var phase = new Phase();
        var running = Enumerable.Range(0, clients).Select(client => Task.Run(() => AskUntilOverAsync(server.Address, client, traffic, phase))).ToList();
        await Task.Delay(WarmUp, TimeProvider.System);
        var (cpu, start) = (server.Cpu, TimeProvider.System.GetTimestamp());
        phase.IsMeasured = true;
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        phase.IsMeasured = false;
        var took = TimeProvider.System.GetElapsedTime(start);
        cpu = server.Cpu - cpu;
        phase.IsOver = true;
        var all = await Task.WhenAll(running);
        var times = all.SelectMany(static a => a.Times).Order().ToList();
        if (times.Count == 0) throw new InvalidOperationException("Nothing was answered.");
        return new LoadFigures(times.Count / took.TotalSeconds, Micros(times[times.Count / 2]), Micros(times[(int)(times.Count * 0.99)]), cpu.TotalMicroseconds / times.Count,
            (double)all.Sum(static a => a.Refused) / times.Count);
    }

    private static async Task<(List<long> Times, int Refused)> AskUntilOverAsync(Uri address, int client, Traffic traffic, Phase phase)
    {
        using var connection = await Connection.OpenAsync(address);
        var times = new List<long>(1 << 14);
        var refused = 0;
        while (!phase.IsOver)
        {
            var request = traffic.Next(client);
            var start = TimeProvider.System.GetTimestamp();
            var status = await connection.SendAsync(request);
            var took = TimeProvider.System.GetTimestamp() - start;
            var counts = traffic.Took(client, status);
            if (!phase.IsMeasured) continue;
            if (counts) times.Add(took);
            else refused++;
        }
        return (times, refused);
    }

    private static double Micros(long ticks) => ticks * 1e6 / TimeProvider.System.TimestampFrequency;

    private sealed class Phase
    {
        private volatile bool _isMeasured, _isOver;

        public bool IsMeasured { get => _isMeasured; set => _isMeasured = value; }

        public bool IsOver { get => _isOver; set => _isOver = value; }
    }
}

/// <summary>What one load measured.</summary>
/// <param name="Rate">Operations in a second.</param>
/// <param name="P50Micros">Half were answered within.</param>
/// <param name="P99Micros">Ninety-nine of a hundred were answered within.</param>
/// <param name="CpuMicros">Processor time of the server's process for each operation.</param>
/// <param name="Refused">Refusals for each operation.</param>
internal sealed record LoadFigures(double Rate, double P50Micros, double P99Micros, double CpuMicros, double Refused)
{
    /// <summary>Each figure's median; they may come from different runs.</summary>
    public static LoadFigures Median(IReadOnlyList<LoadFigures> runs) =>
        new(Of(runs, static r => r.Rate), Of(runs, static r => r.P50Micros), Of(runs, static r => r.P99Micros), Of(runs, static r => r.CpuMicros), Of(runs, static r => r.Refused));

    public static double Of<T>(IEnumerable<T> runs, Func<T, double> figure)
    {
        var ordered = runs.Select(figure).Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
