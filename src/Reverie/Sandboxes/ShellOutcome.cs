namespace Reverie.Sandboxes;

/// <summary>How a command of the shell ended.</summary>
/// <param name="Output">Standard output and error as they came, without terminal codes and trailing line breaks; its end where there was too much.</param>
/// <param name="IsCut">True when the beginning of the output was dropped.</param>
/// <param name="End">What ended it.</param>
public sealed record ShellOutcome(string Output, bool IsCut, ShellEnd End);

/// <summary>What ended a command.</summary>
public abstract record ShellEnd
{
    private ShellEnd() { }

    /// <summary>The command ended with this code, by itself or together with its shell.</summary>
    public sealed record Exited(int Code) : ShellEnd;

    /// <summary>The time was up and the shell was killed.</summary>
    public sealed record TimedOut(TimeSpan After) : ShellEnd;

    /// <summary>The shell was killed because it used too much.</summary>
    public sealed record Exceeded(string Reason) : ShellEnd;
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code; null when it was killed for its time or output.</param>
/// <param name="Output">Standard output up to the bytes asked for.</param>
/// <param name="IsCut">True when it wrote more and was killed for it.</param>
/// <param name="Error">The beginning of standard error.</param>
public sealed record ProgramOutcome(int? ExitCode, byte[] Output, bool IsCut, string Error);

/// <summary>A sandbox cannot be had; the message says why and what an operator can do.</summary>
public sealed class SandboxException(string message) : Exception(message);
