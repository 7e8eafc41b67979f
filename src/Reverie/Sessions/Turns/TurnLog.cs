using Reverie.Memory.Credit;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Outcomes;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>
/// The log as the one who runs a session writes it: each append checks, in its own transaction, that the claim still holds
/// and, where it matters, that nothing came in between.
/// </summary>
public static class TurnLog
{
    /// <summary>How long a claim holds without a renewal.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(30);

    internal const string ClaimColumns = "fence, status, setup_version, active_micros, running_since";

    /// <summary>Sessions that have something to do and that nobody runs, longest waiting first.</summary>
    public static ValueTask<List<AwakeSession>> ListAwakeAsync(DbSession db, int limit) => db.QueryAsync(
        $"SELECT workspace_id, id FROM sessions WHERE is_awake = 1 AND lease_until < {db.Dialect.NowMicros} ORDER BY lease_until LIMIT @limit",
        static r => new AwakeSession(r.GetString(0), Id<Session>.Parse(r.GetString(1))), ("@limit", limit));

    /// <summary>Null when it has nothing to do or somebody else runs it.</summary>
    public static ValueTask<SessionClaim?> ClaimAsync(DbSession db, AwakeSession session) => db.FirstAsync(
        $"UPDATE sessions SET {Claimed(db.Dialect)} WHERE workspace_id = @workspace AND id = @id AND is_awake = 1 AND lease_until < {db.Dialect.NowMicros} RETURNING {ClaimColumns}",
        r => ReadClaim(r, 0, session.WorkspaceId, session.Id), ("@workspace", session.WorkspaceId), ("@id", session.Id.Value));

    /// <summary>What an UPDATE of <c>sessions</c> sets to claim one.</summary>
    internal static string Claimed(Dialect dialect) => $"fence = fence + 1, lease_until = {dialect.NowMicros} + {(long)LeaseFor.TotalMicroseconds}";

    /// <param name="first">Where the <see cref="ClaimColumns"/> begin.</param>
    internal static SessionClaim ReadClaim(DbRow row, int first, string workspaceId, Id<Session> id) =>
        new(workspaceId, id, row.GetInt64(first), WireNames<SessionStatus>.Parse(row.GetString(first + 1)), row.GetInt64(first + 2), row.GetInt64(first + 3), row.TimeOrNull(first + 4));

    /// <summary>False when the claim is lost.</summary>
    public static async ValueTask<bool> RenewAsync(DbSession db, SessionClaim claim) => await db.ExecuteAsync(
        $"UPDATE sessions SET lease_until = {db.Dialect.NowMicros} + @lease WHERE workspace_id = @workspace AND id = @id AND fence = @fence",
        ("@lease", (long)LeaseFor.TotalMicroseconds), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value), ("@fence", claim.Fence)) == 1;

    /// <summary>Gives the claim back at once, for the next process to go on.</summary>
    public static async ValueTask<bool> ReleaseAsync(DbSession db, SessionClaim claim)
    {
        db.Wake(claim.Session);
        return await db.ExecuteAsync("UPDATE sessions SET lease_until = 0 WHERE workspace_id = @workspace AND id = @id AND fence = @fence",
            ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value), ("@fence", claim.Fence)) == 1;
    }

    /// <summary>Gives every claim back. Only for a database that no other process uses.</summary>
    public static ValueTask<int> ReleaseAllAsync(DbSession db) => db.ExecuteAsync("UPDATE sessions SET lease_until = 0 WHERE is_awake = 1");

    /// <summary>Writes a step.</summary>
    /// <exception cref="ClaimLostException">Somebody else runs the session now.</exception>
    /// <returns>The number of its first event; null, and nothing written, when the log did not end where the step expected.</returns>
    public static async ValueTask<long?> AppendAsync(DbSession db, SessionClaim claim, TurnAppend step)
    {
        var next = await db.FirstAsync(
            $"""
            UPDATE sessions SET next_seq = next_seq + @count, event_count = event_count + @added, status = @status, waiting = coalesce(@waiting, waiting), updated_at = @now,
                usage = coalesce(@usage, usage), primary_thread = coalesce(@primary, primary_thread), active_micros = @active, running_since = @since
                {(step.IsAsleep ? ", lease_until = 0, is_awake = CASE WHEN setup_version = @setup THEN 0 ELSE 1 END" : "")}
            WHERE workspace_id = @workspace AND id = @id AND fence = @fence AND next_seq = coalesce(@expected, next_seq) RETURNING next_seq
            """, static r => (long?)r.GetInt64(0), ("@count", step.Events.Count), ("@added", step.Events.Count(static e => e.MovedFrom is null)), ("@status", WireNames<SessionStatus>.Of(step.Status)),
            ("@waiting", step.Waiting), ("@now", DbTime.ToMicros(step.At)), ("@setup", claim.SetupVersion),
            ("@usage", step.Usage), ("@primary", step.Primary?.Write()), ("@active", step.ActiveMicros), ("@since", step.RunningSince is { } since ? DbTime.ToMicros(since) : (long?)null), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value),
            ("@fence", claim.Fence), ("@expected", step.Expected));
        if (next is null) return await HoldsAsync(db, claim) ? null : throw new ClaimLostException();
        var first = next.Value - step.Events.Count;
        if (step.Events.Count > 0) db.Wake(claim.Id);
        await SessionLog.WriteAsync(db, claim.WorkspaceId, claim.Id, first, step.Events);
        foreach (var shown in step.Shown) await MemoryReadRepository.NoteAsync(db, shown, claim.Id.Value);
        if (step.Outcomes is { } outcomes) await OutcomeRecords.KeepAsync(db, claim.WorkspaceId, claim.Id, outcomes);
        foreach (var thread in step.Threads) await ThreadRepository.KeepAsync(db, claim.WorkspaceId, claim.Id, thread);
        return first;
    }

    private static async ValueTask<bool> HoldsAsync(DbSession db, SessionClaim claim) => await db.FirstAsync(
        "SELECT 1 FROM sessions WHERE workspace_id = @workspace AND id = @id AND fence = @fence", static _ => true,
        ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value), ("@fence", claim.Fence));
}

/// <summary>A session that has something to do. Also the topic that is woken when there is one.</summary>
public sealed record AwakeSession(string WorkspaceId, Id<Session> Id);

/// <summary>Another process runs the session now: this one must stop without writing.</summary>
public sealed class ClaimLostException() : Exception("another process runs the session now");
