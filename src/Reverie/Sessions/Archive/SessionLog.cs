using System.Runtime.InteropServices;
using System.Text;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Archive;

/// <summary>The append-only log of each session: the truth about what happened in it.</summary>
public sealed class SessionLog(IdGenerator ids, TimeProvider clock)
{
    private const string ProcessedAt = "\"processed_at\":";
    private static readonly string SessionOnly = string.Join(", ", Turns.ThreadView.SessionOnly.Select(static t => $"'{t}'"));

    /// <summary>The last event of a session that was archived.</summary>
    public static NewEvent Terminated { get; } = new("session.status_terminated", null);

    /// <summary>Keeps the log of an imported session byte for byte, in its order.</summary>
    public async ValueTask KeepAsync(DbSession db, string workspaceId, Id<Session> id, SessionTranscript session)
    {
        foreach (var entry in session.Events)
        {
            var at = entry.ProcessedAt ?? session.CreatedAt;
            var body = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(entry.Raw));
            await InsertAsync(db, workspaceId, id, entry.Index, entry.Type, at, Added(entry, at), body);
        }
    }

    /// <summary>Adds events to the end, and wakes who follows the session; their ids and time are given here.</summary>
    /// <param name="events">Type, and the further fields.</param>
    public async ValueTask AppendAsync(DbSession db, string workspaceId, Id<Session> id, IReadOnlyList<NewEvent> events)
    {
        var now = DbTime.UtcNow(clock);
        // Counting and reserving in one statement keeps two writers apart.
        var next = await db.FirstAsync("""
            UPDATE sessions SET next_seq = next_seq + @more, event_count = event_count + @more, updated_at = @now
            WHERE workspace_id = @workspace AND id = @id RETURNING next_seq
            """, static r => (long?)r.GetInt64(0), ("@more", events.Count), ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", id.Value));
        if (next is null) return;
        db.Wake(id);
        await WriteAsync(db, workspaceId, id, next.Value - events.Count, [.. events.Select(e => Render(e, now))]);
    }

    /// <summary>The event as the log will hold it, but for its number.</summary>
    internal LoggedEvent Render(NewEvent entry, DateTimeOffset now)
    {
        var processed = entry.IsWaiting ? "null" : $"\"{Rfc3339.Write(now)}\"";
        var body = $"{{\"id\":\"{entry.Id ?? ids.New("sevt")}\",\"type\":\"{entry.Type}\",{ProcessedAt}{processed}{(entry.Fields is { Length: > 2 } fields ? string.Concat(",", fields.AsSpan(1)) : "}")}";
        return new LoggedEvent(0, entry.Type, body, entry.Kept) { At = now, ThreadId = entry.ThreadId, IsCopy = entry.IsCopy };
    }

    /// <summary>The event that waited, taken up: it goes to the end under its id, with the time of this moment.</summary>
    internal static LoggedEvent TakeUp(LoggedEvent waiting, DateTimeOffset now)
    {
        var at = waiting.Json.IndexOf(ProcessedAt, StringComparison.Ordinal) + ProcessedAt.Length;
        return waiting with { Json = $"{waiting.Json.AsSpan(0, at)}\"{Rfc3339.Write(now)}\"{waiting.Json.AsSpan(at + "null".Length)}", MovedFrom = waiting.Seq, At = now };
    }

    /// <summary>An event that was taken up, as the wire showed it while it waited.</summary>
    public static string AsItWaited(LoggedEvent takenUp)
    {
        var at = takenUp.Json.IndexOf(ProcessedAt, StringComparison.Ordinal) + ProcessedAt.Length;
        return $"{takenUp.Json.AsSpan(0, at)}null{takenUp.Json.AsSpan(takenUp.Json.IndexOf('"', at + 1) + 1)}";
    }

    /// <summary>Writes events under numbers that were reserved for them.</summary>
    internal static async ValueTask WriteAsync(DbSession db, string workspaceId, Id<Session> id, long firstSeq, IReadOnlyList<LoggedEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var (entry, seq) = (events[i], firstSeq + i);
            if (entry.MovedFrom is not { } old) await InsertAsync(db, workspaceId, id, seq, entry.Type, entry.At, null, entry.Json, entry.Kept, entry.ThreadId, entry.IsCopy);
            else await db.ExecuteAsync("UPDATE session_events SET seq = @seq, processed_at = @at, body = @body WHERE workspace_id = @workspace AND session_id = @id AND seq = @old",
                ("@seq", seq), ("@at", DbTime.ToMicros(entry.At)), ("@body", entry.Json), ("@workspace", workspaceId), ("@id", id.Value), ("@old", old));
        }
    }

    /// <summary>Writes what a client sent, and wakes who runs the session and who follows it.</summary>
    /// <param name="waiting">The calls that wait for a client afterwards.</param>
    /// <param name="claims">Claim the session for the loop of this process in the same commit; only for one that nobody runs.</param>
    internal static async ValueTask ReceiveAsync(DbSession db, string workspaceId, Id<Session> id, DateTimeOffset now, List<LoggedEvent> events, string waiting, bool claims)
    {
        var (next, claim) = await db.FirstAsync(
            $"""
            UPDATE sessions SET next_seq = next_seq + @more, event_count = event_count + @more, is_awake = 1, waiting = @waiting, updated_at = @now{(claims ? $", {Turns.TurnLog.Claimed(db.Dialect)}" : "")}
            WHERE workspace_id = @workspace AND id = @id RETURNING next_seq, {Turns.TurnLog.ClaimColumns}
            """, r => (r.GetInt64(0), Turns.TurnLog.ReadClaim(r, 1, workspaceId, id)), ("@more", events.Count), ("@waiting", waiting), ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", id.Value));
        await WriteAsync(db, workspaceId, id, next - events.Count, events);
        db.Wake(id);
        db.Wake(claims ? claim : claim.Session);
    }

    /// <summary>One event by its type and id; null when the session has none.</summary>
    internal static ValueTask<LoggedEvent?> FindAsync(DbSession db, string workspaceId, Id<Session> id, string type, string eventId) => db.FirstAsync("""
        SELECT seq, type, added, body, kept, thread_id, is_copy FROM session_events
        WHERE workspace_id = @workspace AND session_id = @id AND type = @type AND substr(body, 1, length(@head)) = @head
        """, Read, ("@workspace", workspaceId), ("@id", id.Value), ("@type", type), ("@head", $"{{\"id\":\"{eventId}\","));

    /// <summary>Everything, as who runs the session reads it: the events of all threads and what is shown nowhere, in the order of the log.</summary>
    /// <param name="after">The number of the last one seen; -1 from the start.</param>
    public ValueTask<List<LoggedEvent>> ListAllAsync(DbSession db, string workspaceId, Id<Session> id, long after, int limit) => db.QueryAsync(
        "SELECT seq, type, added, body, kept, thread_id, is_copy FROM session_events WHERE workspace_id = @workspace AND session_id = @id AND seq > @after ORDER BY seq LIMIT @limit",
        Read, ("@workspace", workspaceId), ("@id", id.Value), ("@after", after), ("@limit", limit));

    /// <summary>The session's own list, in the order of the log or the other way round.</summary>
    /// <param name="after">The number of the last one seen in this direction; null from its start.</param>
    public ValueTask<List<LoggedEvent>> ListAsync(DbSession db, string workspaceId, Id<Session> id, IReadOnlyList<string> types, TimeRange processed, bool isAscending, long? after, int limit)
    {
        var (less, order) = isAscending ? (">", "ASC") : ("<", "DESC");
        return db.QueryAsync(
            $"""
            SELECT seq, type, added, body, kept, thread_id, is_copy FROM session_events
            WHERE workspace_id = @workspace AND session_id = @id AND thread_id IS NULL AND processed_at BETWEEN @from AND @to
                {(after is null ? "" : $"AND seq {less} @after")} {(types.Count == 0 ? "" : $"AND type IN ({string.Join(", ", types.Select(static (_, i) => $"@t{i}"))})")}
            ORDER BY seq {order} LIMIT @limit
            """, Read, [("@workspace", workspaceId), ("@id", id.Value), ("@from", processed.FromMicros), ("@to", processed.ToMicros), ("@limit", limit),
            .. after is { } seq ? [("@after", seq)] : Array.Empty<(string, object?)>(), .. types.Select(static (t, i) => ($"@t{i}", (object?)t))]);
    }

    /// <summary>The events of a thread's own list, in order.</summary>
    /// <param name="threadId">Null for the primary thread.</param>
    /// <param name="after">The number of the last one seen; null from the start.</param>
    public ValueTask<List<LoggedEvent>> ListThreadAsync(DbSession db, string workspaceId, Id<Session> id, string? threadId, long? after, int limit) => db.QueryAsync(
        $"""
        SELECT seq, type, added, body, kept, thread_id, is_copy FROM session_events
        WHERE workspace_id = @workspace AND session_id = @id AND seq > @after AND {(threadId is null ? $"thread_id IS NULL AND type NOT IN ({SessionOnly})" : "thread_id = @thread")}
        ORDER BY seq LIMIT @limit
        """, Read, [("@workspace", workspaceId), ("@id", id.Value), ("@after", after ?? -1), ("@limit", limit), .. threadId is null ? Array.Empty<(string, object?)>() : [("@thread", threadId)]]);

    /// <summary>The calls of all threads that were judged (<see cref="Judging.JudgementNote"/>), newest first.</summary>
    public ValueTask<List<LoggedEvent>> ListJudgedAsync(DbSession db, string workspaceId, Id<Session> id, int limit) => db.QueryAsync(
        $"""
        SELECT seq, type, added, body, kept, thread_id, is_copy FROM session_events
        WHERE workspace_id = @workspace AND session_id = @id AND is_copy = 0 AND kept IS NOT NULL AND type IN ('{Turns.EventTypes.AgentToolUse}', '{Turns.EventTypes.AgentMcpToolUse}')
        ORDER BY seq DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@id", id.Value), ("@limit", limit));

    /// <summary>The number of the newest event; -1 when there is none.</summary>
    public async ValueTask<long> LastAsync(DbSession db, string workspaceId, Id<Session> id) =>
        await db.FirstAsync("SELECT coalesce(max(seq), -1) FROM session_events WHERE workspace_id = @workspace AND session_id = @id", static r => r.GetInt64(0), ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>The events of all threads as they were received, in order and each once.</summary>
    internal ValueTask<List<string>> BodiesAsync(DbSession db, string workspaceId, Id<Session> id) => db.QueryAsync(
        $"SELECT body FROM session_events WHERE workspace_id = @workspace AND session_id = @id AND is_copy = 0 AND coalesce(thread_id, '-') <> '{NewEvent.Nowhere}' ORDER BY seq", static r => r.GetString(0), ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>The fields that the wire requires and the source did not give, ready to stand at the head of the object; null for none.</summary>
    private string? Added(SessionEvent entry, DateTimeOffset at)
    {
        var added = "";
        if (!entry.Raw.TryGetProperty("id", out _)) added += $"\"id\":\"{ids.New("sevt")}\",";
        if (!entry.Raw.TryGetProperty("processed_at", out _)) added += $"\"processed_at\":\"{Rfc3339.Write(at)}\",";
        return added.Length == 0 ? null : added;
    }

    private static async ValueTask InsertAsync(DbSession db, string workspaceId, Id<Session> id, long seq, string type, DateTimeOffset processedAt, string? added, string body, string? kept = null, string? threadId = null, bool isCopy = false) => await db.ExecuteAsync("""
        INSERT INTO session_events (workspace_id, session_id, seq, type, processed_at, added, body, kept, thread_id, is_copy) VALUES (@workspace, @id, @seq, @type, @at, @added, @body, @kept, @thread, @copy)
        """, ("@workspace", workspaceId), ("@id", id.Value), ("@seq", seq), ("@type", type), ("@at", DbTime.ToMicros(processedAt)), ("@added", added), ("@body", body), ("@kept", kept), ("@thread", threadId), ("@copy", isCopy ? 1L : 0L));

    private static LoggedEvent Read(DbRow row)
    {
        var (added, body) = (row.TextOrNull(2), row.GetString(3));
        return new LoggedEvent(row.GetInt64(0), row.GetString(1), added is null ? body : "{" + added + body.AsSpan(body.IndexOf('{') + 1).ToString(), row.TextOrNull(4)) { ThreadId = row.TextOrNull(5), IsCopy = row.GetInt64(6) == 1 };
    }
}

/// <summary>An event about to be appended.</summary>
/// <param name="Type">The wire type.</param>
/// <param name="Fields">A JSON object with what follows id, type and time; null for nothing.</param>
public sealed record NewEvent(string Type, string? Fields)
{
    /// <summary>The place of events that only the primary thread's conversation needs.</summary>
    public const string Nowhere = "";

    /// <summary>The thread on whose list it stands; null for the session's own, which is the primary thread's too; <see cref="Nowhere"/> for none.</summary>
    public string? ThreadId { get; init; }

    /// <summary>It tells on the session's list what stands on a thread's.</summary>
    public bool IsCopy { get; init; }

    /// <summary>It is a call that only a client can answer or allow.</summary>
    public bool NeedsClient { get; init; }

    /// <summary>Its id, where another event refers to it; null to be given one.</summary>
    public string? Id { get; init; }

    /// <summary>It has come in and waits to be taken up: its time stays null until then.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>What is kept with it and the wire does not carry; null for nothing.</summary>
    public string? Kept { get; init; }
}

/// <summary>An event of the log.</summary>
/// <param name="Seq">Its number, 0 and up, with gaps where waiting events were taken up.</param>
/// <param name="Type">The wire type.</param>
/// <param name="Json">What the wire carries.</param>
/// <param name="Kept">What is kept with it and the wire does not carry; null for nothing.</param>
public sealed record LoggedEvent(long Seq, string Type, string Json, string? Kept)
{
    /// <summary>The thread on whose list it stands; null for the session's own; <see cref="NewEvent.Nowhere"/> for none.</summary>
    public string? ThreadId { get; init; }

    /// <summary>It tells on the session's list what stands on a thread's.</summary>
    public bool IsCopy { get; init; }

    /// <summary>The number under which it waited, for one that is being taken up; null otherwise.</summary>
    internal long? MovedFrom { get; init; }

    /// <summary>Of one that is being written: when it was processed or, while it waits, came in.</summary>
    internal DateTimeOffset At { get; init; }
}
