namespace Reverie.Dreams;

/// <summary>A report file cannot be read or written. The message names the file, what is wrong and what to do.</summary>
public sealed class ReportFileException : Exception
{
    /// <summary>Says what is wrong, in words a person can act on.</summary>
    public ReportFileException(string message) : base(message) { }

    /// <summary>Says what is wrong and keeps the failure behind it.</summary>
    public ReportFileException(string message, Exception inner) : base(message, inner) { }
}
