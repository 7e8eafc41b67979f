namespace Reverie.Bench.Turns;

/// <summary>Sessions that take the next message as soon as they idle.</summary>
internal static class Load
{
    public static async Task<LoadFigures> RunAsync(ServerProcess server, IReadOnlyList<SessionClient> sessions, TimeSpan warmUp, TimeSpan measured)
    {
        var phase = new Phase();
        var running = sessions.Select(s => Task.Run(() => TurnUntilOverAsync(s, phase))).ToList();
        await Task.Delay(warmUp, TimeProvider.System);
        var (cpu, bytes, start) = (server.Cpu, server.BytesWritten, TimeProvider.System.GetTimestamp());
        phase.IsMeasured = true;
        await Task.Delay(measured, TimeProvider.System);
        phase.IsMeasured = false;
        var took = TimeProvider.System.GetElapsedTime(start);
        (cpu, bytes) = (server.Cpu - cpu, server.BytesWritten - bytes);
        phase.IsOver = true;
        var all = await Task.WhenAll(running);
        var times = all.SelectMany(static a => a).Order().ToList();
        return new LoadFigures(times.Count / took.TotalSeconds, At(times, 0.5), At(times, 0.99), cpu.TotalMilliseconds / times.Count, bytes / 1024.0 / times.Count);
    }

    /// <summary>So many turns of each session, all sessions at once.</summary>
    /// <returns>Processor time of the server for each turn, in milliseconds.</returns>
    public static async Task<double> RunAsync(ServerProcess server, IReadOnlyList<SessionClient> sessions, int turns)
    {
        var cpu = server.Cpu;
        await Task.WhenAll(sessions.Select(s => Task.Run(async () =>
        {
            for (var i = 0; i < turns; i++) await s.TurnAsync();
        })));
        return (server.Cpu - cpu).TotalMilliseconds / (turns * sessions.Count);
    }

    /// <summary>The figure below which this share of the figures lies.</summary>
    /// <param name="ordered">Smallest first.</param>
    public static double At(IReadOnlyList<double> ordered, double share) => ordered[Math.Min(ordered.Count - 1, (int)(ordered.Count * share))];

    private static async Task<List<double>> TurnUntilOverAsync(SessionClient session, Phase phase)
    {
        var times = new List<double>();
        while (!phase.IsOver)
        {
            await session.TurnAsync();
            if (phase.IsMeasured) times.Add(TimeProvider.System.GetElapsedTime(session.Last.Sent).TotalMilliseconds);
        }
        return times;
    }

    private sealed class Phase
    {
        private volatile bool _isMeasured, _isOver;

        public bool IsMeasured { get => _isMeasured; set => _isMeasured = value; }

        public bool IsOver { get => _isOver; set => _isOver = value; }
    }
}

/// <summary>What one load measured.</summary>
/// <param name="Rate">Turns in a second.</param>
/// <param name="P50">Milliseconds from the message to the idle session, half of the turns.</param>
/// <param name="P99">The same, ninety-nine of a hundred.</param>
/// <param name="Cpu">Milliseconds of processor time of the server for each turn.</param>
/// <param name="Kilobytes">KiB the server wrote to the disk for each turn.</param>
internal sealed record LoadFigures(double Rate, double P50, double P99, double Cpu, double Kilobytes)
{
    /// <summary>Each figure's median; they may come from different runs.</summary>
    public static LoadFigures Median(IReadOnlyList<LoadFigures> runs) =>
        new(Of(runs, static r => r.Rate), Of(runs, static r => r.P50), Of(runs, static r => r.P99), Of(runs, static r => r.Cpu), Of(runs, static r => r.Kilobytes));

    public static double Of<T>(IEnumerable<T> runs, Func<T, double> figure)
    {
        var ordered = runs.Select(figure).Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
