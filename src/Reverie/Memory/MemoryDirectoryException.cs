namespace Reverie.Memory;

/// <summary>A directory cannot be read or written as a memory store. The message names the path, the limit and what to do.</summary>
public sealed class MemoryDirectoryException : Exception
{
    /// <summary>Says what is wrong, in words a person can act on.</summary>
    public MemoryDirectoryException(string message) : base(message) { }

    /// <summary>Says what is wrong and keeps the failure behind it.</summary>
    public MemoryDirectoryException(string message, Exception inner) : base(message, inner) { }
}
