using Reverie.Protocol.Memory;

namespace Reverie.Memory.Stores;

/// <summary>How a write to a store ended.</summary>
public abstract record MemoryWriteOutcome
{
    private MemoryWriteOutcome() { }

    /// <summary>Done, with a new version; or nothing had to change and there is none.</summary>
    /// <param name="Memory">The memory after, with its text; as it was last, for a deletion.</param>
    /// <param name="HasChanged">True when a version was written.</param>
    public sealed record Written(StoredMemory Memory, bool HasChanged) : MemoryWriteOutcome;

    /// <summary>The content is not the one the precondition names.</summary>
    /// <param name="ContentSha256">What it is.</param>
    public sealed record PreconditionFailed(string ContentSha256) : MemoryWriteOutcome;

    /// <summary>The path belongs to another memory, or lies above or below one.</summary>
    public sealed record PathTaken(string MemoryId, string Path) : MemoryWriteOutcome;

    /// <summary>No such memory in the store.</summary>
    public sealed record NoMemory : MemoryWriteOutcome;

    /// <summary>No such store in the workspace.</summary>
    public sealed record NoStore : MemoryWriteOutcome;

    /// <summary>Archived stores take no new text.</summary>
    public sealed record StoreArchived : MemoryWriteOutcome;

    /// <summary>The store holds <see cref="MemoryLimits.MemoriesMax"/> memories.</summary>
    public sealed record StoreFull : MemoryWriteOutcome;
}
