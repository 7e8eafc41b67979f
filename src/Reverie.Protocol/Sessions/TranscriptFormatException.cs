namespace Reverie.Protocol.Sessions;

/// <summary>A transcript breaks the interchange format. The message names the field, the limit and the fix.</summary>
public sealed class TranscriptFormatException : Exception
{
    /// <summary>Says what is wrong, in words a person can act on.</summary>
    public TranscriptFormatException(string message) : base(message) { }

    /// <summary>Says what is wrong and keeps the parser's own complaint.</summary>
    public TranscriptFormatException(string message, Exception inner) : base(message, inner) { }
}
