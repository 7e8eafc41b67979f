using Reverie.Memory.Stores;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Provenance;

/// <summary>
/// Which lines of which memory rest on which changes of dreams. A line is known by what it says: it keeps what it rests on
/// through renames and rollbacks, and a copy of a store takes it along.
/// </summary>
public static class PassageRepository
{
    /// <summary>Notes lines. What is known already keeps its time; a line that is now written by the change itself counts as written.</summary>
    public static async ValueTask AddAsync(DbSession db, MemoryScope scope, string memoryId, IEnumerable<string> lines, Passage like)
    {
        foreach (var line in lines)
        {
            await db.ExecuteAsync("""
                INSERT INTO memory_passages (workspace_id, memory_store_id, memory_id, line_hash, dream_id, change_id, relation, created_at)
                VALUES (@workspace, @store, @memory, @line, @dream, @change, @relation, @now)
                ON CONFLICT (workspace_id, memory_store_id, memory_id, line_hash, dream_id, change_id)
                    DO UPDATE SET relation = excluded.relation WHERE excluded.relation = 'wrote'
                """, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@memory", memoryId), ("@line", line), ("@dream", like.DreamId), ("@change", like.ChangeId),
                ("@relation", WireNames<PassageRelation>.Of(like.Relation)), ("@now", DbTime.ToMicros(like.CreatedAt)));
        }
    }

    /// <summary>Everything the lines of a memory rest on, those included that no longer stand in it; oldest first.</summary>
    public static ValueTask<List<Passage>> OfMemoryAsync(DbSession db, MemoryScope scope, string memoryId) => db.QueryAsync(
        "SELECT line_hash, dream_id, change_id, relation, created_at FROM memory_passages WHERE workspace_id = @workspace AND memory_store_id = @store AND memory_id = @memory ORDER BY created_at, dream_id, change_id, line_hash",
        Read, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@memory", memoryId));

    /// <summary>The same for every memory of a store.</summary>
    public static ValueTask<List<(string MemoryId, Passage Passage)>> OfStoreAsync(DbSession db, MemoryScope scope) => db.QueryAsync(
        "SELECT line_hash, dream_id, change_id, relation, created_at, memory_id FROM memory_passages WHERE workspace_id = @workspace AND memory_store_id = @store ORDER BY memory_id, created_at, dream_id, change_id, line_hash",
        static r => (r.GetString(5), Read(r)), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));

    /// <summary>The stores in which something rests on the dream, sorted.</summary>
    public static ValueTask<List<string>> StoresOfAsync(DbSession db, string workspaceId, string dreamId) => db.QueryAsync(
        "SELECT DISTINCT memory_store_id FROM memory_passages WHERE workspace_id = @workspace AND dream_id = @dream ORDER BY memory_store_id",
        static r => r.GetString(0), ("@workspace", workspaceId), ("@dream", dreamId));

    /// <summary>True when a line of the store rests on the change.</summary>
    public static async ValueTask<bool> RestsAsync(DbSession db, MemoryScope scope, string dreamId, string changeId) => await db.FirstAsync(
        "SELECT 1 FROM memory_passages WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change AND memory_store_id = @store LIMIT 1",
        static _ => true, ("@workspace", scope.WorkspaceId), ("@dream", dreamId), ("@change", changeId), ("@store", scope.StoreId.Value));

    /// <summary>The lines that rest on a change that was made here, in any store; not what an archive says of it.</summary>
    public static async ValueTask<HashSet<string>> LinesOfAsync(DbSession db, string workspaceId, string dreamId, string changeId) => [.. await db.QueryAsync(
        """
        SELECT DISTINCT line_hash FROM memory_passages p WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change
            AND NOT EXISTS (SELECT 1 FROM imported_changes i WHERE i.workspace_id = p.workspace_id AND i.memory_store_id = p.memory_store_id AND i.dream_id = p.dream_id AND i.change_id = p.change_id)
        """, static r => r.GetString(0), ("@workspace", workspaceId), ("@dream", dreamId), ("@change", changeId))];

    /// <summary>A memory of another store that was copied: its lines rest on what they rested on.</summary>
    public static ValueTask<int> CopyAsync(DbSession db, MemoryScope source, string memoryId, MemoryScope target, string copyId) => db.ExecuteAsync("""
        INSERT INTO memory_passages (workspace_id, memory_store_id, memory_id, line_hash, dream_id, change_id, relation, created_at)
        SELECT workspace_id, @target, @copy, line_hash, dream_id, change_id, relation, created_at
        FROM memory_passages WHERE workspace_id = @workspace AND memory_store_id = @source AND memory_id = @memory
        """, ("@target", target.StoreId.Value), ("@copy", copyId), ("@workspace", source.WorkspaceId), ("@source", source.StoreId.Value), ("@memory", memoryId));

    /// <summary>Nothing rests on the change any more, in any store.</summary>
    public static ValueTask<int> ForgetAsync(DbSession db, string workspaceId, string dreamId, string changeId) => db.ExecuteAsync(
        "DELETE FROM memory_passages WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change", ("@workspace", workspaceId), ("@dream", dreamId), ("@change", changeId));

    /// <summary>Nothing in the store rests on the change any more.</summary>
    public static ValueTask<int> ForgetInAsync(DbSession db, MemoryScope scope, string dreamId, string changeId) => db.ExecuteAsync(
        "DELETE FROM memory_passages WHERE workspace_id = @workspace AND memory_store_id = @store AND dream_id = @dream AND change_id = @change",
        ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@dream", dreamId), ("@change", changeId));

    internal static ValueTask<int> DeleteStoreAsync(DbSession db, MemoryScope scope) => db.ExecuteAsync(
        "DELETE FROM memory_passages WHERE workspace_id = @workspace AND memory_store_id = @store", ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));

    private static Passage Read(DbRow row) => new(row.GetString(0), row.GetString(1), row.GetString(2), WireNames<PassageRelation>.Parse(row.GetString(3)), row.Time(4));
}
