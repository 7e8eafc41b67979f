namespace Reverie.Dreams.Jobs;

/// <summary>How many dreams a process runs.</summary>
public sealed record DreamUse
{
    /// <summary>
    /// Dreams at work at once, from 1; more wait. One of them at a time reads and mines its sessions, with every core; what it found
    /// stays in memory while a model is asked about it.
    /// </summary>
    public int RunningMax { get; init; } = 4;
}
