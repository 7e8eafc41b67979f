using Reverie.Memory.Stores;
using Reverie.Storage;

namespace Reverie.Memory.Credit;

/// <summary>Which sessions were shown the text of which memories.</summary>
public static class MemoryReadRepository
{
    /// <summary>Notes that a tool of the session showed lines of the memories.</summary>
    /// <param name="shown">Paths at which nothing lies any more are passed over.</param>
    public static async ValueTask NoteAsync(DbSession db, ShownMemories shown, string sessionId)
    {
        foreach (var path in shown.Paths)
        {
            await db.ExecuteAsync($"""
                INSERT INTO memory_reads (workspace_id, memory_store_id, memory_id, session_id, read_count, first_at, last_at)
                SELECT workspace_id, memory_store_id, id, @session, 1, {db.Dialect.NowMicros}, {db.Dialect.NowMicros} FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store AND path = @path
                ON CONFLICT (workspace_id, memory_store_id, memory_id, session_id) DO UPDATE SET read_count = memory_reads.read_count + 1, last_at = excluded.last_at
                """, ("@session", sessionId), ("@workspace", shown.Store.WorkspaceId), ("@store", shown.Store.StoreId.Value), ("@path", path));
        }
    }

    /// <summary>Memory and session of every reading of the store.</summary>
    public static ValueTask<List<(string MemoryId, string SessionId)>> OfStoreAsync(DbSession db, MemoryScope scope) => db.QueryAsync(
        "SELECT memory_id, session_id FROM memory_reads WHERE workspace_id = @workspace AND memory_store_id = @store ORDER BY memory_id, session_id",
        static r => (r.GetString(0), r.GetString(1)), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));

    /// <summary>Forgets what a session read.</summary>
    public static ValueTask<int> DeleteSessionAsync(DbSession db, string workspaceId, string sessionId) => db.ExecuteAsync(
        "DELETE FROM memory_reads WHERE workspace_id = @workspace AND session_id = @session", ("@workspace", workspaceId), ("@session", sessionId));

    internal static ValueTask<int> DeleteStoreAsync(DbSession db, MemoryScope scope) => db.ExecuteAsync(
        "DELETE FROM memory_reads WHERE workspace_id = @workspace AND memory_store_id = @store", ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));
}
