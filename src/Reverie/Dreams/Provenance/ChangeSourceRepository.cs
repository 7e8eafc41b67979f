using Reverie.Dreams.Jobs;
using Reverie.Protocol.Dreams;
using Reverie.Storage;

namespace Reverie.Dreams.Provenance;

/// <summary>The sessions that bear out the changes of dreams, those included that no quote names.</summary>
public static class ChangeSourceRepository
{
    /// <summary>Notes the sources of a dream that was thought out.</summary>
    public static async ValueTask AddAsync(DbSession db, DreamRow dream, IEnumerable<SessionSource> sources)
    {
        foreach (var source in sources)
        {
            await db.ExecuteAsync("""
                INSERT INTO dream_change_sources (workspace_id, dream_id, change_id, session_id, principal) VALUES (@workspace, @dream, @change, @session, @principal)
                ON CONFLICT (workspace_id, dream_id, change_id, session_id) DO NOTHING
                """, ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value), ("@change", source.ChangeId), ("@session", source.SessionId), ("@principal", source.Principal));
        }
    }

    /// <summary>What stands behind each change that the session bears out, with it and without it, by the change's id.</summary>
    public static async ValueTask<Dictionary<string, (ChangeSupport Had, ChangeSupport Left)?>> SupportsAsync(DbSession db, string workspaceId, string dreamId, string sessionId) => (await db.QueryAsync("""
        SELECT c.change_id, count(*), count(DISTINCT c.principal), count(CASE WHEN c.session_id <> @session THEN 1 END), count(DISTINCT CASE WHEN c.session_id <> @session THEN c.principal END)
        FROM dream_change_sources own JOIN dream_change_sources c ON c.workspace_id = own.workspace_id AND c.dream_id = own.dream_id AND c.change_id = own.change_id
        WHERE own.workspace_id = @workspace AND own.session_id = @session AND own.dream_id = @dream GROUP BY c.change_id
        """, static r => (Change: r.GetString(0), Had: Support(r, 1), Left: Support(r, 3)), ("@session", sessionId), ("@workspace", workspaceId), ("@dream", dreamId)))
        .ToDictionary(static c => c.Change, static c => ((ChangeSupport, ChangeSupport)?)(c.Had, c.Left), StringComparer.Ordinal);

    private static ChangeSupport Support(DbRow row, int at) => new((int)row.GetInt64(at), (int)row.GetInt64(at + 1));

    /// <summary>Whom the sessions of a change speak for, sorted, and how many sessions there are.</summary>
    public static async ValueTask<(IReadOnlyList<string> Principals, int Sessions)> PrincipalsAsync(DbSession db, string workspaceId, string dreamId, string changeId)
    {
        var counts = await db.QueryAsync(
            "SELECT principal, count(*) FROM dream_change_sources WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change GROUP BY principal ORDER BY principal",
            static r => (Principal: r.GetString(0), Sessions: r.GetInt64(1)), ("@workspace", workspaceId), ("@dream", dreamId), ("@change", changeId));
        return (counts.ConvertAll(static c => c.Principal), (int)counts.Sum(static c => c.Sessions));
    }

    /// <summary>The sessions of a change with their names.</summary>
    /// <param name="after">The last id seen; empty from the start.</param>
    public static ValueTask<List<(string SessionId, string Session, string Principal)>> PageAsync(DbSession db, string workspaceId, string dreamId, string changeId, string after, int limit) => db.QueryAsync("""
        SELECT c.session_id, s.source, s.external_id, c.principal FROM dream_change_sources c JOIN sessions s ON s.workspace_id = c.workspace_id AND s.id = c.session_id
        WHERE c.workspace_id = @workspace AND c.dream_id = @dream AND c.change_id = @change AND c.session_id > @after ORDER BY c.session_id LIMIT @limit
        """, static r => (r.GetString(0), $"{r.GetString(1)}/{r.GetString(2)}", r.GetString(3)), ("@workspace", workspaceId), ("@dream", dreamId), ("@change", changeId), ("@after", after), ("@limit", limit));

    /// <summary>A session bears out nothing any more.</summary>
    public static ValueTask<int> DeleteSessionAsync(DbSession db, string workspaceId, string sessionId) => db.ExecuteAsync(
        "DELETE FROM dream_change_sources WHERE workspace_id = @workspace AND session_id = @session", ("@workspace", workspaceId), ("@session", sessionId));

    /// <summary>How many of the sessions a dream reads are there.</summary>
    public static async ValueTask<int> CountPresentAsync(DbSession db, DreamRow dream)
    {
        var present = 0;
        foreach (var id in dream.SessionIds)
            present += await db.FirstAsync("SELECT 1 FROM sessions WHERE workspace_id = @workspace AND id = @id", static _ => 1, ("@workspace", dream.WorkspaceId), ("@id", id));
        return present;
    }
}

/// <summary>A session that bears out a change.</summary>
/// <param name="ChangeId">The change, in its dream.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Principal">Who it speaks for.</param>
public sealed record SessionSource(string ChangeId, string SessionId, string Principal);
