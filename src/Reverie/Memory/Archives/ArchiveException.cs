namespace Reverie.Memory.Archives;

/// <summary>An archive that cannot be a store; the message names the entry, the rule and what to do.</summary>
public sealed class ArchiveException : Exception
{
    public ArchiveException(string message) : base(message) { }

    public ArchiveException(string message, Exception inner) : base(message, inner) { }
}
