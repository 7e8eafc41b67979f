using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Memory;

/// <summary>What bringing a store back to an earlier moment changed, or would change.</summary>
public sealed record MemoryStoreRollback
{
    /// <summary>Always <c>memory_store_rollback</c>.</summary>
    public string Type { get; } = "memory_store_rollback";

    /// <summary>The store.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>The number, in the store's history, of the last change that still counts; 0 for the empty beginning.</summary>
    public required long ToSeq { get; init; }

    /// <summary>True when nothing was written.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Memories that were as they should be.</summary>
    public required int UnchangedCount { get; init; }

    /// <summary>One entry for each memory that changed.</summary>
    public required IReadOnlyList<MemoryRestoration> Changes { get; init; }

    /// <summary>Memories whose text of that moment was redacted since: they cannot come back, and are not in the store afterwards.</summary>
    public required IReadOnlyList<UnrestorableMemory> Unrestorable { get; init; }
}

/// <summary>One memory brought back to what it was.</summary>
/// <param name="MemoryId">The memory.</param>
/// <param name="Operation">What the new version says: created (it was deleted meanwhile), modified, or deleted (it did not exist then).</param>
/// <param name="Path">Where it lies afterwards; where it lay, for a deletion.</param>
/// <param name="RestoredVersionId">The version whose path and text it has again; null for a deletion.</param>
/// <param name="MemoryVersionId">The new version; null in a dry run.</param>
public sealed record MemoryRestoration(Id<StoredMemory> MemoryId, MemoryOperation Operation, string Path, Id<MemoryVersion>? RestoredVersionId, Id<MemoryVersion>? MemoryVersionId);

/// <summary>A memory whose text was redacted.</summary>
/// <param name="MemoryId">The memory.</param>
/// <param name="MemoryVersionId">The redacted version.</param>
public sealed record UnrestorableMemory(Id<StoredMemory> MemoryId, Id<MemoryVersion> MemoryVersionId);
