using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.History;

/// <summary>A moment in the history of a store: a time, or right after one of its versions.</summary>
/// <param name="At">The time, included; null when a version is named.</param>
/// <param name="Version">The version, included; null when a time is given.</param>
public sealed record StoreMoment(DateTimeOffset? At, Id<MemoryVersion>? Version)
{
    /// <summary>The number of the last change that belongs to the moment, 0 before the first; null when the store has no such version.</summary>
    public ValueTask<long?> SeqAsync(DbSession db, MemoryScope scope)
    {
        (string, object?)[] store = [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value)];
        return Version is { } version
            ? db.FirstAsync("SELECT seq FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND id = @id", static row => (long?)row.GetInt64(0), [.. store, ("@id", version.Value)])
            // What was written before a later one belongs to its moment even when a clock stood still or behind.
            : db.FirstAsync("SELECT coalesce(max(seq), 0) FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND created_at <= @at", static row => (long?)row.GetInt64(0), [.. store, ("@at", DbTime.ToMicros(At!.Value))]);
    }
}
