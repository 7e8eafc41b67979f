namespace Reverie.Sessions.Hands;

/// <summary>How many sandboxes are kept open, and for how long.</summary>
public sealed record SandboxUse
{
    /// <summary>
    /// Sandboxes open at once, from 1; the one idle for longest is closed for the next, and with all in use a call waits. Fewer
    /// than there are sessions at work costs those sessions their shells between calls.
    /// </summary>
    public int OpenMax { get; init; } = 256;

    /// <summary>After how long without a call a sandbox is closed. Its directories stay.</summary>
    public TimeSpan IdleFor { get; init; } = TimeSpan.FromMinutes(10);
}
