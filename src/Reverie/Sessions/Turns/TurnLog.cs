using System.Data.Common;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>
/// The log as the one who runs a session writes it: each append checks, in its own transaction, that the claim still holds
/// and, where it matters, that nothing came in between.
/// </summary>
public sealed class TurnLog(SessionLog log, TimeProvider clock)
{
    /// <summary>How long a claim holds without an append or a renewal.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(30);

    /// <summary>Sessions that have something to do and that nobody runs, longest waiting first.</summary>
    public ValueTask<List<AwakeSession>> ListAwakeAsync(DbSession db, int limit) => db.QueryAsync(
        $"SELECT workspace_id, id FROM sessions WHERE is_awake = 1 AND lease_until < {db.Dialect.NowMicros} ORDER BY lease_until LIMIT @limit",
        static r => new AwakeSession(r.GetString(0), Id<Session>.Parse(r.GetString(1))), ("@limit", limit));

    /// <summary>Null when it has nothing to do or somebody else runs it.</summary>
    public ValueTask<SessionClaim?> ClaimAsync(DbSession db, AwakeSession session) => db.FirstAsync(
        $"""
        UPDATE sessions SET fence = fence + 1, lease_until = {db.Dialect.NowMicros} + @lease
        WHERE workspace_id = @workspace AND id = @id AND is_awake = 1 AND lease_until < {db.Dialect.NowMicros} RETURNING fence, status, setup_version
        """, r => new SessionClaim(session.WorkspaceId, session.Id, r.GetInt64(0), WireEnum<SessionStatus>.Parse(r.GetString(1)), r.GetInt64(2)),
        ("@lease", (long)LeaseFor.TotalMicroseconds), ("@workspace", session.WorkspaceId), ("@id", session.Id.Value));

    /// <summary>False when the claim is lost.</summary>
    public async ValueTask<bool> RenewAsync(DbSession db, SessionClaim claim) => await db.ExecuteAsync(
        $"UPDATE sessions SET lease_until = {db.Dialect.NowMicros} + @lease WHERE workspace_id = @workspace AND id = @id AND fence = @fence",
        ("@lease", (long)LeaseFor.TotalMicroseconds), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value), ("@fence", claim.Fence)) == 1;

    /// <summary>Gives the claim back at once, for the next process to go on.</summary>
    public async ValueTask<bool> ReleaseAsync(DbSession db, SessionClaim claim)
    {
        db.Wake(new AwakeSession(claim.WorkspaceId, claim.Id));
        return await db.ExecuteAsync("UPDATE sessions SET lease_until = 0 WHERE workspace_id = @workspace AND id = @id AND fence = @fence",
            ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value), ("@fence", claim.Fence)) == 1;
    }

    /// <summary>Writes a step.</summary>
    /// <exception cref="ClaimLostException">Somebody else runs the session now.</exception>
    /// <returns>The events as they stand in the log; null, and nothing written, when the log did not end where the step expected.</returns>
    public async ValueTask<List<LoggedEvent>?> AppendAsync(DbSession db, SessionClaim claim, TurnAppend step)
    {
        var now = DbTime.UtcNow(clock);
        var held = await db.FirstAsync($"SELECT next_seq, waiting, fence FROM sessions WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}",
            static r => (Held?)new Held(r.GetInt64(0), r.GetString(1), r.GetInt64(2)), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value));
        if (held is not { } session || session.Fence != claim.Fence) throw new ClaimLostException();
        if (step.Expected is { } expected && expected != session.NextSeq) return null;
        var isRunning = step.Status == SessionStatus.Running;
        await db.ExecuteAsync(
            $"""
            UPDATE sessions SET next_seq = next_seq + @count, event_count = event_count + @added, status = @status, waiting = @waiting, updated_at = @now,
                is_awake = @awake, lease_until = {(step.IsAsleep ? "0" : $"{db.Dialect.NowMicros} + @lease")}, usage = coalesce(@usage, usage),
                active_micros = active_micros + CASE WHEN running_since IS NOT NULL AND @running = 0 THEN @now - running_since ELSE 0 END,
                running_since = CASE WHEN @running = 0 THEN NULL ELSE coalesce(running_since, @now) END
            WHERE workspace_id = @workspace AND id = @id
            """, ("@count", step.Events.Count), ("@added", step.Events.Count(static e => e.Moves is null)), ("@status", WireEnum<SessionStatus>.Name(step.Status)),
            ("@waiting", WaitingCalls.Change(session.Waiting, step.Asks, step.Settles)), ("@now", DbTime.ToMicros(now)), ("@awake", step.IsAsleep ? 0L : 1L),
            ("@lease", (long)LeaseFor.TotalMicroseconds), ("@usage", step.Usage), ("@running", isRunning ? 1L : 0L), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value));
        if (step.Events.Count > 0) db.Wake(claim.Id);
        return await log.WriteAsync(db, claim.WorkspaceId, claim.Id, session.NextSeq, now, step.Events);
    }

    private readonly record struct Held(long NextSeq, string Waiting, long Fence);
}

/// <summary>A session that has something to do. Also the topic that is woken when there is one.</summary>
public sealed record AwakeSession(string WorkspaceId, Id<Session> Id);

/// <summary>Another process runs the session now: this one must stop without writing.</summary>
public sealed class ClaimLostException() : Exception("another process runs the session now");
