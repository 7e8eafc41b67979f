using System.Text.Json;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Provenance;

/// <summary>
/// The changes that lines of imported stores rest on and that were not made here: claims of whoever made the archive, kept
/// for each store apart so that no archive can speak for another store.
/// </summary>
public static class ImportedChangeRepository
{
    /// <summary>Notes a change; the store has none of that name yet.</summary>
    public static async ValueTask AddAsync(DbSession db, MemoryScope scope, ChangeRecord record)
    {
        var key = Key(scope, record.DreamId, record.Change.Id);
        await db.ExecuteAsync("""
            INSERT INTO imported_changes (workspace_id, memory_store_id, dream_id, change_id, body, reviews) VALUES (@workspace, @store, @dream, @change, @body, @reviews)
            """, [.. key, ("@body", DreamReportJson.WriteChange(record.Change)), ("@reviews", JsonSerializer.Serialize([.. record.ReviewedBy], WireJson.Wire.ListPassageReview))]);
        foreach (var source in record.Sources)
        {
            await db.ExecuteAsync("""
                INSERT INTO imported_change_sources (workspace_id, memory_store_id, dream_id, change_id, session, principal) VALUES (@workspace, @store, @dream, @change, @session, @principal)
                """, [.. key, ("@session", source.Session), ("@principal", source.Principal)]);
        }
    }

    /// <summary>Null when the store came with no such change.</summary>
    public static async ValueTask<ChangeRecord?> FindAsync(DbSession db, MemoryScope scope, string dreamId, string changeId)
    {
        var key = Key(scope, dreamId, changeId);
        var found = await db.FirstAsync("SELECT body, reviews FROM imported_changes WHERE workspace_id = @workspace AND memory_store_id = @store AND dream_id = @dream AND change_id = @change",
            static r => (Body: r.GetString(0), Reviews: r.GetString(1)), key);
        if (found.Body is null) return null;
        var sources = await db.QueryAsync("""
            SELECT session, principal FROM imported_change_sources WHERE workspace_id = @workspace AND memory_store_id = @store AND dream_id = @dream AND change_id = @change ORDER BY session
            """, static r => new ArchivedSource(r.GetString(0), r.GetString(1)), key);
        return new ChangeRecord(dreamId, DreamReportJson.ReadChange(found.Body), sources, JsonSerializer.Deserialize(found.Reviews, WireJson.Wire.ListPassageReview)!);
    }

    /// <summary>The changes a session bears out, in whatever store, sorted.</summary>
    public static ValueTask<List<(MemoryScope Store, string DreamId, string ChangeId)>> OfSessionAsync(DbSession db, string workspaceId, string session) => db.QueryAsync("""
        SELECT memory_store_id, dream_id, change_id FROM imported_change_sources WHERE workspace_id = @workspace AND session = @session ORDER BY memory_store_id, dream_id, change_id
        """, r => (new MemoryScope(workspaceId, Id<MemoryStore>.Parse(r.GetString(0))), r.GetString(1), r.GetString(2)), ("@workspace", workspaceId), ("@session", session));

    /// <summary>Puts other words in the place of a change's.</summary>
    public static ValueTask<int> ReplaceAsync(DbSession db, MemoryScope scope, string dreamId, Change change) => db.ExecuteAsync(
        "UPDATE imported_changes SET body = @body WHERE workspace_id = @workspace AND memory_store_id = @store AND dream_id = @dream AND change_id = @change",
        [.. Key(scope, dreamId, change.Id), ("@body", DreamReportJson.WriteChange(change))]);

    /// <summary>A session bears out nothing any more.</summary>
    public static ValueTask<int> DeleteSessionAsync(DbSession db, string workspaceId, string session) => db.ExecuteAsync(
        "DELETE FROM imported_change_sources WHERE workspace_id = @workspace AND session = @session", ("@workspace", workspaceId), ("@session", session));

    /// <summary>A copy of a store rests on what the store rests on.</summary>
    public static async ValueTask CopyAsync(DbSession db, MemoryScope source, MemoryScope target)
    {
        (string, object?)[] key = [("@target", target.StoreId.Value), ("@workspace", source.WorkspaceId), ("@source", source.StoreId.Value)];
        await db.ExecuteAsync("""
            INSERT INTO imported_changes (workspace_id, memory_store_id, dream_id, change_id, body, reviews)
            SELECT workspace_id, @target, dream_id, change_id, body, reviews FROM imported_changes WHERE workspace_id = @workspace AND memory_store_id = @source
            """, key);
        await db.ExecuteAsync("""
            INSERT INTO imported_change_sources (workspace_id, memory_store_id, dream_id, change_id, session, principal)
            SELECT workspace_id, @target, dream_id, change_id, session, principal FROM imported_change_sources WHERE workspace_id = @workspace AND memory_store_id = @source
            """, key);
    }

    internal static async ValueTask DeleteStoreAsync(DbSession db, MemoryScope scope)
    {
        (string, object?)[] key = [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value)];
        await db.ExecuteAsync("DELETE FROM imported_change_sources WHERE workspace_id = @workspace AND memory_store_id = @store", key);
        await db.ExecuteAsync("DELETE FROM imported_changes WHERE workspace_id = @workspace AND memory_store_id = @store", key);
    }

    private static (string, object?)[] Key(MemoryScope scope, string dreamId, string changeId) =>
        [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@dream", dreamId), ("@change", changeId)];
}
