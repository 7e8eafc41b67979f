using System.Globalization;
using System.Text;
using Reverie.Dreams.Jobs;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Dreams.Withdrawals;

/// <summary>The record of what deleted sessions took with them.</summary>
public sealed class WithdrawalRepository(TimeProvider clock)
{
    internal async ValueTask AddAsync(DbSession db, string workspaceId, string sessionId, SessionWithdrawal withdrawal) => await db.ExecuteAsync("""
        INSERT INTO session_withdrawals (workspace_id, session_id, seq, action, dream_id, change_id, sessions_left, principals_left, memory_store_id, memory_id, memory_version_id, version_count, created_at)
        VALUES (@workspace, @session, (SELECT coalesce(max(seq), 0) + 1 FROM session_withdrawals WHERE workspace_id = @workspace AND session_id = @session),
            @action, @dream, @change, @sessions, @principals, @store, @memory, @version, @versions, @now)
        """, ("@workspace", workspaceId), ("@session", sessionId), ("@action", WireNames<WithdrawalAction>.Of(withdrawal.Action)), ("@dream", withdrawal.DreamId), ("@change", withdrawal.ChangeId),
        ("@sessions", (long?)withdrawal.SessionsLeft), ("@principals", (long?)withdrawal.PrincipalsLeft), ("@store", withdrawal.MemoryStoreId), ("@memory", withdrawal.MemoryId),
        ("@version", withdrawal.MemoryVersionId), ("@versions", (long?)withdrawal.VersionCount), ("@now", DbTime.ToMicros(clock.GetUtcNow())));

    /// <summary>In the order in which it was done.</summary>
    /// <param name="after">The number of the last one seen; 0 from the start.</param>
    public ValueTask<List<(long Seq, SessionWithdrawal Withdrawal)>> ListAsync(DbSession db, string workspaceId, string sessionId, long after, int limit) => db.QueryAsync("""
        SELECT seq, action, dream_id, change_id, sessions_left, principals_left, memory_store_id, memory_id, memory_version_id, version_count, created_at
        FROM session_withdrawals WHERE workspace_id = @workspace AND session_id = @session AND seq > @after ORDER BY seq LIMIT @limit
        """, static r => (r.GetInt64(0), Read(r)), ("@workspace", workspaceId), ("@session", sessionId), ("@after", after), ("@limit", limit));

    /// <summary>How much a deleted session took with it, in the words of the audit log.</summary>
    public async ValueTask<(string, string?)[]> CountAsync(DbSession db, string workspaceId, string sessionId) => await db.FirstAsync("""
        SELECT count(DISTINCT CASE WHEN action = 'withdrawn' THEN dream_id || '/' || change_id END), count(DISTINCT memory_version_id), coalesce(CAST(sum(version_count) AS BIGINT), 0)
        FROM session_withdrawals WHERE workspace_id = @workspace AND session_id = @session
        """, static r => new (string, string?)[] { ("changes_withdrawn", r.GetInt64(0).ToString(CultureInfo.InvariantCulture)), ("memories_rewritten", r.GetInt64(1).ToString(CultureInfo.InvariantCulture)), ("versions_redacted", r.GetInt64(2).ToString(CultureInfo.InvariantCulture)) },
        ("@workspace", workspaceId), ("@session", sessionId)) ?? [];

    /// <summary>The dreams that read the session, oldest first.</summary>
    internal static ValueTask<List<Id<Dream>>> ReadersAsync(DbSession db, string workspaceId, string sessionId) => db.QueryAsync(
        "SELECT d.id FROM dream_sessions s JOIN dreams d ON d.workspace_id = s.workspace_id AND d.id = s.dream_id WHERE s.workspace_id = @workspace AND s.session_id = @session ORDER BY d.created_at, d.id",
        static r => Id<Dream>.Parse(r.GetString(0)), ("@workspace", workspaceId), ("@session", sessionId));

    /// <summary>The dreams that wrote to the store, oldest first.</summary>
    internal static ValueTask<List<Id<Dream>>> WritersAsync(DbSession db, MemoryScope scope) => db.QueryAsync(
        "SELECT id FROM dreams WHERE workspace_id = @workspace AND output_store_id = @store ORDER BY created_at, id",
        static r => Id<Dream>.Parse(r.GetString(0)), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));

    /// <summary>The texts of every event of a session as it lies in the log, and of what the session was received with.</summary>
    /// <param name="wanted">Pass over what cannot hold any of these; null for everything.</param>
    internal static async ValueTask<List<string>> TextsAsync(DbSession db, string workspaceId, string sessionId, SoleTexts? wanted = null)
    {
        (string, object?)[] key = [("@workspace", workspaceId), ("@session", sessionId)];
        var bodies = await db.QueryAsync("SELECT body FROM session_events WHERE workspace_id = @workspace AND session_id = @session ORDER BY seq", static r => r.GetString(0), key);
        bodies.AddRange(await db.QueryAsync("SELECT header FROM sessions WHERE workspace_id = @workspace AND id = @session", static r => r.GetString(0), key));
        return [.. bodies.Where(b => wanted?.MayStandIn(b) != false).SelectMany(EventTexts.Of)];
    }

    /// <summary>A dream that is still to end and read the session will fail for it: what it was answered is not needed.</summary>
    internal static ValueTask<int> ForgetAnswersAsync(DbSession db, string workspaceId, string sessionId) => db.ExecuteAsync("""
        UPDATE dream_answers SET answer = NULL WHERE workspace_id = @workspace AND answer IS NOT NULL
            AND dream_id IN (SELECT dream_id FROM dream_sessions WHERE workspace_id = @workspace AND session_id = @session)
        """, ("@workspace", workspaceId), ("@session", sessionId));

    internal static ValueTask<int> ReplaceAsync(DbSession db, DreamRow dream, long seq, Change change) => db.ExecuteAsync(
        "UPDATE dream_changes SET body = @body WHERE workspace_id = @workspace AND dream_id = @dream AND seq = @seq",
        ("@body", DreamReportJson.WriteChange(change)), ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value), ("@seq", seq));

    /// <summary>Strikes words out of every change of a dream.</summary>
    internal static async ValueTask StrikeChangesAsync(DbSession db, DreamRow dream, SoleTexts sole)
    {
        var bodies = await db.QueryAsync("SELECT seq, body FROM dream_changes WHERE workspace_id = @workspace AND dream_id = @dream ORDER BY seq", static r => (Seq: r.GetInt64(0), Body: r.GetString(1)),
            ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value));
        foreach (var (seq, body) in bodies.Where(b => sole.MayStandIn(b.Body))) await ReplaceAsync(db, dream, seq, ChangeTexts.Strike(DreamReportJson.ReadChange(body), sole));
    }

    /// <summary>Strikes words out of a report.</summary>
    internal static async ValueTask StrikeReportAsync(DbSession db, DreamRow dream, SoleTexts sole)
    {
        var (before, after) = (DreamReportJson.Write(dream.Report!), DreamReportJson.Write(ChangeTexts.Strike(dream.Report!, sole)));
        if (before.AsSpan().SequenceEqual(after)) return;
        await db.ExecuteAsync("UPDATE dreams SET report = @report WHERE workspace_id = @workspace AND id = @dream",
            ("@report", Encoding.UTF8.GetString(after)), ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value));
    }

    /// <summary>Puts the words of verdicts and of the session that shows the dream at work through <paramref name="change"/>.</summary>
    /// <param name="mayChange">False for what <paramref name="change"/> leaves as it is, told by the JSON it stands in.</param>
    internal static async ValueTask MapAsync(DbSession db, DreamRow dream, Func<string, bool> mayChange, Func<string, string> change)
    {
        (string, object?)[] key = [("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value)];
        foreach (var (seq, note, comment) in await db.QueryAsync("SELECT seq, note, comment FROM dream_verdicts WHERE workspace_id = @workspace AND dream_id = @dream", static r => (r.GetInt64(0), r.TextOrNull(1), r.TextOrNull(2)), key))
        {
            var (newNote, newComment) = (note is null ? null : change(note), comment is null ? null : change(comment));
            if ((newNote, newComment) == (note, comment)) continue;
            await db.ExecuteAsync("UPDATE dream_verdicts SET note = @note, comment = @comment WHERE workspace_id = @workspace AND dream_id = @dream AND seq = @seq", [.. key, ("@note", newNote), ("@comment", newComment), ("@seq", seq)]);
        }
        if (dream.SessionId is not { } session) return;
        key = [("@workspace", dream.WorkspaceId), ("@session", session.Value)];
        foreach (var (seq, body) in await db.QueryAsync("SELECT seq, body FROM session_events WHERE workspace_id = @workspace AND session_id = @session ORDER BY seq", static r => (r.GetInt64(0), r.GetString(1)), key))
        {
            if (!mayChange(body)) continue;
            var mapped = EventTexts.Map(body, change);
            if (!ReferenceEquals(mapped, body))
                await db.ExecuteAsync("UPDATE session_events SET body = @body WHERE workspace_id = @workspace AND session_id = @session AND seq = @seq", [.. key, ("@body", mapped), ("@seq", seq)]);
        }
    }

    private static SessionWithdrawal Read(DbRow row) => new()
    {
        Action = WireNames<WithdrawalAction>.Parse(row.GetString(1)),
        DreamId = row.TextOrNull(2),
        ChangeId = row.TextOrNull(3),
        SessionsLeft = (int?)row.LongOrNull(4),
        PrincipalsLeft = (int?)row.LongOrNull(5),
        MemoryStoreId = row.TextOrNull(6),
        MemoryId = row.TextOrNull(7),
        MemoryVersionId = row.TextOrNull(8),
        VersionCount = (int?)row.LongOrNull(9),
        CreatedAt = row.Time(10),
    };
}
