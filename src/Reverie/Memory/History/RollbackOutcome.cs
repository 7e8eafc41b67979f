using Reverie.Memory.Stores;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.History;

/// <summary>How bringing a store back ended.</summary>
public abstract record RollbackOutcome
{
    private RollbackOutcome() { }

    /// <summary>Done, or thought through in a dry run.</summary>
    public sealed record Planned(MemoryStoreRollback Report) : RollbackOutcome;

    /// <summary>A memory outside the chosen directory lies where one should lie again. Nothing was written.</summary>
    public sealed record PathTaken(MemoryWriteOutcome.PathTaken By) : RollbackOutcome;

    /// <summary>No such store in the workspace.</summary>
    public sealed record NoStore : RollbackOutcome;

    /// <summary>The store has no such version.</summary>
    public sealed record NoVersion : RollbackOutcome;

    /// <summary>Archived stores take no new text.</summary>
    public sealed record StoreArchived : RollbackOutcome;

    /// <summary>The store would hold more than it may.</summary>
    public sealed record StoreFull : RollbackOutcome;
}
