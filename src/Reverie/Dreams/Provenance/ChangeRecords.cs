using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Provenance;

/// <summary>The changes that dreams made here, with what they rest on.</summary>
public sealed class ChangeRecords : IChangeRecords
{
    /// <inheritdoc />
    public async ValueTask<ChangeRecord?> FindAsync(DbSession db, string workspaceId, string dreamId, string changeId)
    {
        (string, object?)[] key = [("@workspace", workspaceId), ("@dream", dreamId), ("@change", changeId)];
        if (await BodyAsync(db, key) is not { } change) return null;
        var sources = await db.QueryAsync("""
            SELECT s.source, s.external_id, c.principal FROM dream_change_sources c JOIN sessions s ON s.workspace_id = c.workspace_id AND s.id = c.session_id
            WHERE c.workspace_id = @workspace AND c.dream_id = @dream AND c.change_id = @change
            """, static r => new ArchivedSource($"{r.GetString(0)}/{r.GetString(1)}", r.GetString(2)), key);
        sources.Sort(static (a, b) => string.CompareOrdinal(a.Session, b.Session));
        return new ChangeRecord(dreamId, change, sources, await ReviewsAsync(db, key));
    }

    internal static async ValueTask<Change?> BodyAsync(DbSession db, (string, object?)[] key) =>
        await db.FirstAsync("SELECT body FROM dream_changes WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change", static r => r.GetString(0), key) is { } body ? DreamReportJson.ReadChange(body) : null;

    internal static ValueTask<List<PassageReview>> ReviewsAsync(DbSession db, (string, object?)[] key) => db.QueryAsync("""
        SELECT actor_type, actor_id, created_at FROM dream_verdicts
        WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change AND result = 'applied' ORDER BY seq
        """, static r => new PassageReview(ActorColumns.Read(r.GetString(0), r.GetString(1))!, r.Time(2)), key);
}
