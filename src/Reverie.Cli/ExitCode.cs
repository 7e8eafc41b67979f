namespace Reverie.Cli;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A surprise of ours, or results that could not be printed.</summary>
    public const int Failed = 1;

    /// <summary>Input or usage that cannot be used; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by the person (128 + SIGINT), as shells have it.</summary>
    public const int Interrupted = 130;
}
