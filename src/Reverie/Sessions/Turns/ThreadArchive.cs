using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>Ends threads that were set to work, by a client's wish. The primary thread is archived with its session.</summary>
public sealed class ThreadArchive(SessionLog log, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Ends a thread that waits; its open calls are dropped. One that is over stays as it is.</summary>
    /// <param name="session">Held by this transaction.</param>
    /// <param name="thread">One of its threads.</param>
    public async ValueTask<ThreadRow> ArchiveAsync(DbSession db, SessionRow session, ThreadRow thread)
    {
        if (thread.ArchivedAt is not null) return thread;
        var now = DbTime.UtcNow(clock);
        var over = thread with { Progress = thread.Progress with { Status = SessionStatus.Terminated, RunningSince = null }, ArchivedAt = now, UpdatedAt = now };
        await ThreadRepository.KeepAsync(db, session.WorkspaceId, session.Id, over);
        var told = TurnEvents.ThreadTerminated(new ThreadName(thread.Id.Value, thread.Agent.Name)) with { Id = ids.New("sevt") };
        await log.AppendAsync(db, session.WorkspaceId, session.Id, [told with { ThreadId = thread.Id.Value }, told with { IsCopy = true }]);
        var waiting = WaitingCalls.Write(WaitingCalls.Read(session.Waiting).Where(w => w.ThreadId != thread.Id.Value));
        await db.ExecuteAsync("UPDATE sessions SET waiting = @waiting, is_awake = 1 WHERE workspace_id = @workspace AND id = @id",
            ("@waiting", waiting), ("@workspace", session.WorkspaceId), ("@id", session.Id.Value));
        db.Wake(new AwakeSession(session.WorkspaceId, session.Id));
        return over;
    }
}
