namespace Reverie.Bench;

/// <summary>What one child process measured of itself.</summary>
/// <param name="Seconds">From the first byte read to the result.</param>
/// <param name="CpuSeconds">Processor time of the whole process, its start included; on a busy machine the steadier figure.</param>
/// <param name="Sessions">Sessions read.</param>
/// <param name="Events">Events in them.</param>
/// <param name="TextBytes">Bytes of session text, after decompression.</param>
/// <param name="PeakBytes">The most memory the process held at a time.</param>
internal sealed record Figures(double Seconds, double CpuSeconds, long Sessions, long Events, long TextBytes, long PeakBytes)
{
    public double MegabytesPerSecond => TextBytes / Seconds / 1e6;

    /// <summary>The run whose time lies in the middle; the higher of two.</summary>
    public static Figures Median(IEnumerable<Figures> runs)
    {
        var ordered = runs.OrderBy(static r => r.Seconds).ToList();
        return ordered[ordered.Count / 2];
    }
}
