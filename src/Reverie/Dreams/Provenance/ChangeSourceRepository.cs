using Reverie.Dreams.Jobs;
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

    /// <summary>By change and session. Sessions that were deleted are no longer among them.</summary>
    public static ValueTask<List<SessionSource>> OfDreamAsync(DbSession db, string workspaceId, string dreamId) => db.QueryAsync(
        "SELECT change_id, session_id, principal FROM dream_change_sources WHERE workspace_id = @workspace AND dream_id = @dream ORDER BY change_id, session_id",
        static r => new SessionSource(r.GetString(0), r.GetString(1), r.GetString(2)), ("@workspace", workspaceId), ("@dream", dreamId));

    /// <summary>The same for one change.</summary>
    public static ValueTask<List<SessionSource>> OfChangeAsync(DbSession db, string workspaceId, string dreamId, string changeId) => db.QueryAsync(
        "SELECT change_id, session_id, principal FROM dream_change_sources WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change ORDER BY session_id",
        static r => new SessionSource(r.GetString(0), r.GetString(1), r.GetString(2)), ("@workspace", workspaceId), ("@dream", dreamId), ("@change", changeId));

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
