namespace Reverie.Sessions;

/// <summary>The file formats sessions can be read from.</summary>
public enum TranscriptFormat
{
    /// <summary>Told from the first bytes of each file; files of several formats may be read together.</summary>
    Auto,

    /// <summary>The neutral interchange format: one session object per line.</summary>
    Reverie,

    /// <summary>tau-bench results: a JSON array of trajectories.</summary>
    TauBench,

    /// <summary>tau2-bench results: an object with <c>simulations</c>.</summary>
    Tau2Bench,

    /// <summary>Claude Code session files, one JSON object per line, and their web export.</summary>
    ClaudeCode,

    /// <summary>SWE-agent trajectories (<c>.traj</c>): one session per file.</summary>
    SweAgent,
}
