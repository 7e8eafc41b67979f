using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>The threads of sessions besides their primary ones, as lists show them; the log is the truth about each.</summary>
public static class ThreadRepository
{
    private const string Columns = "id, agent, status, usage, active_micros, running_since, created_at, updated_at, archived_at";

    /// <summary>In the order they were made.</summary>
    public static ValueTask<List<ThreadRow>> ListAsync(DbSession db, string workspaceId, Id<Session> session) => db.QueryAsync(
        $"SELECT {Columns} FROM session_threads WHERE workspace_id = @workspace AND session_id = @session ORDER BY created_at, id", Read, ("@workspace", workspaceId), ("@session", session.Value));

    /// <summary>Null when the session has no such thread besides its primary one.</summary>
    public static ValueTask<ThreadRow?> FindAsync(DbSession db, string workspaceId, Id<Session> session, Id<SessionThread> id) => db.FirstAsync(
        $"SELECT {Columns} FROM session_threads WHERE workspace_id = @workspace AND session_id = @session AND id = @id", Read, ("@workspace", workspaceId), ("@session", session.Value), ("@id", id.Value));

    /// <summary>Keeps a thread as it is now, whether it is new or not.</summary>
    public static async ValueTask KeepAsync(DbSession db, string workspaceId, Id<Session> session, ThreadRow thread) => await db.ExecuteAsync("""
        INSERT INTO session_threads (workspace_id, session_id, id, agent, status, usage, active_micros, running_since, created_at, updated_at, archived_at)
        VALUES (@workspace, @session, @id, @agent, @status, @usage, @active, @since, @created, @updated, @archived)
        ON CONFLICT (workspace_id, session_id, id) DO UPDATE SET status = excluded.status, usage = excluded.usage, active_micros = excluded.active_micros,
            running_since = excluded.running_since, updated_at = excluded.updated_at, archived_at = excluded.archived_at
        """, ("@workspace", workspaceId), ("@session", session.Value), ("@id", thread.Id.Value), ("@agent", JsonSerializer.Serialize(thread.Agent, WireJson.Wire.SessionSubagent)),
        ("@status", WireNames<SessionStatus>.Of(thread.Progress.Status)), ("@usage", thread.Progress.Cost?.Write()), ("@active", (long)thread.Progress.Active.TotalMicroseconds),
        ("@since", thread.Progress.RunningSince is { } since ? DbTime.ToMicros(since) : (long?)null), ("@created", DbTime.ToMicros(thread.CreatedAt)), ("@updated", DbTime.ToMicros(thread.UpdatedAt)),
        ("@archived", thread.ArchivedAt is { } archived ? DbTime.ToMicros(archived) : (long?)null));

    public static async ValueTask DeleteAsync(DbSession db, string workspaceId, Id<Session> session) => await db.ExecuteAsync(
        "DELETE FROM session_threads WHERE workspace_id = @workspace AND session_id = @session", ("@workspace", workspaceId), ("@session", session.Value));

    private static ThreadRow Read(DbRow row) => new()
    {
        Id = Id<SessionThread>.Parse(row.GetString(0)),
        Agent = JsonSerializer.Deserialize(row.GetString(1), WireJson.Wire.SessionSubagent)!,
        Progress = new ThreadProgress(WireNames<SessionStatus>.Parse(row.GetString(2)), row.TextOrNull(3) is { } cost ? SessionCost.Read(cost) : null,
            TimeSpan.FromMicroseconds(row.GetInt64(4)), row.TimeOrNull(5)),
        CreatedAt = row.Time(6),
        UpdatedAt = row.Time(7),
        ArchivedAt = row.TimeOrNull(8),
    };
}
