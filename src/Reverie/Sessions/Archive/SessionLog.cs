using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Archive;

/// <summary>The append-only log of each session: the truth about what happened in it.</summary>
public sealed class SessionLog(IdGenerator ids, TimeProvider clock)
{
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
        var last = await db.FirstAsync("UPDATE sessions SET event_count = event_count + @more, updated_at = @now WHERE workspace_id = @workspace AND id = @id RETURNING event_count",
            static r => (long?)r.GetInt64(0), ("@more", events.Count), ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", id.Value));
        if (last is null) return;
        db.Wake(id);
        for (var i = 0; i < events.Count; i++)
        {
            var body = $"{{\"id\":\"{events[i].Id ?? ids.New("sevt")}\",\"type\":\"{events[i].Type}\",\"processed_at\":\"{Rfc3339.Write(now)}\"{(events[i].Fields is { Length: > 2 } fields ? "," + fields[1..] : "}")}";
            await InsertAsync(db, workspaceId, id, last.Value - events.Count + i, events[i].Type, now, null, body);
        }
    }

    /// <summary>In the order of the log, or the other way round.</summary>
    /// <param name="after">The number of the last one seen in this direction; null from its start.</param>
    public ValueTask<List<LoggedEvent>> ListAsync(DbSession db, string workspaceId, Id<Session> id, IReadOnlyList<string> types, TimeRange processed, bool isAscending, long? after, int limit)
    {
        var (less, order) = isAscending ? (">", "ASC") : ("<", "DESC");
        return db.QueryAsync(
            $"""
            SELECT seq, type, added, body FROM session_events
            WHERE workspace_id = @workspace AND session_id = @id AND processed_at BETWEEN @from AND @to
                {(after is null ? "" : $"AND seq {less} @after")} {(types.Count == 0 ? "" : $"AND type IN ({string.Join(", ", types.Select(static (_, i) => $"@t{i}"))})")}
            ORDER BY seq {order} LIMIT @limit
            """, Read, [("@workspace", workspaceId), ("@id", id.Value), ("@from", processed.FromMicros), ("@to", processed.ToMicros), ("@limit", limit),
            .. after is { } seq ? [("@after", seq)] : Array.Empty<(string, object?)>(), .. types.Select(static (t, i) => ($"@t{i}", (object?)t))]);
    }

    /// <summary>The number of the newest event; -1 when there is none.</summary>
    public async ValueTask<long> LastAsync(DbSession db, string workspaceId, Id<Session> id) =>
        await db.FirstAsync("SELECT coalesce(max(seq), -1) FROM session_events WHERE workspace_id = @workspace AND session_id = @id", static r => r.GetInt64(0), ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>The events as they were received, in order.</summary>
    internal ValueTask<List<string>> BodiesAsync(DbSession db, string workspaceId, Id<Session> id) => db.QueryAsync(
        "SELECT body FROM session_events WHERE workspace_id = @workspace AND session_id = @id ORDER BY seq", static r => r.GetString(0), ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>The fields that the wire requires and the source did not give, ready to stand at the head of the object; null for none.</summary>
    private string? Added(SessionEvent entry, DateTimeOffset at)
    {
        var added = "";
        if (!entry.Raw.TryGetProperty("id", out _)) added += $"\"id\":\"{ids.New("sevt")}\",";
        if (!entry.Raw.TryGetProperty("processed_at", out _)) added += $"\"processed_at\":\"{Rfc3339.Write(at)}\",";
        return added.Length == 0 ? null : added;
    }

    private static async ValueTask InsertAsync(DbSession db, string workspaceId, Id<Session> id, long seq, string type, DateTimeOffset processedAt, string? added, string body) => await db.ExecuteAsync("""
        INSERT INTO session_events (workspace_id, session_id, seq, type, processed_at, added, body) VALUES (@workspace, @id, @seq, @type, @at, @added, @body)
        """, ("@workspace", workspaceId), ("@id", id.Value), ("@seq", seq), ("@type", type), ("@at", DbTime.ToMicros(processedAt)), ("@added", added), ("@body", body));

    private static LoggedEvent Read(DbDataReader row)
    {
        var (added, body) = (row.TextOrNull(2), row.GetString(3));
        return new LoggedEvent(row.GetInt64(0), row.GetString(1), added is null ? body : "{" + added + body.AsSpan(body.IndexOf('{') + 1).ToString());
    }
}

/// <summary>An event about to be appended.</summary>
/// <param name="Type">The wire type.</param>
/// <param name="Fields">A JSON object with what follows id, type and time; null for nothing.</param>
public sealed record NewEvent(string Type, string? Fields)
{
    /// <summary>Its id, where another event refers to it; null to be given one.</summary>
    public string? Id { get; init; }
}

/// <summary>An event of the log.</summary>
/// <param name="Seq">Its number, 0 and up.</param>
/// <param name="Type">The wire type.</param>
/// <param name="Json">What the wire carries.</param>
public sealed record LoggedEvent(long Seq, string Type, string Json);
