namespace Reverie.Cli;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A surprise of ours, results that could not be printed, a session that ended in an error, or an audit log that does not fit.</summary>
    public const int Failed = 1;

    /// <summary>Input or usage that cannot be used; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>The session waits for a person or another program to answer.</summary>
    public const int NeedsAction = 3;

    /// <summary>Stopped by the person (128 + SIGINT), as shells have it.</summary>
    public const int Interrupted = 130;
}
