using System.Buffers;
using System.Text;
using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Archive;

/// <summary>The sessions of a workspace: those that were imported, and those that ran here.</summary>
public sealed class SessionRepository(SessionLog log, IdGenerator ids, TimeProvider clock)
{
    /// <summary>The source of sessions that ran here.</summary>
    public const string OwnSource = "reverie";

    private const string Columns = "id, source, external_id, agent_name, title, metadata, outcome, status, event_count, created_at, updated_at, archived_at, waiting, usage, active_micros, running_since, workspace_id, evaluations, primary_thread";

    /// <summary>Keeps a session with its whole log. One whose source and external id are known already is left as it is.</summary>
    /// <returns>Its id, and whether it is new.</returns>
    public async ValueTask<(Id<Session> Id, bool IsNew)> ImportAsync(DbSession db, string workspaceId, SessionTranscript session)
    {
        if (await FindIdAsync(db, workspaceId, Storable(session.Source), Storable(session.ExternalId)) is { } known) return (known, false);
        var row = new SessionRow
        {
            WorkspaceId = workspaceId,
            Id = ids.New<Session>(),
            Source = Storable(session.Source),
            ExternalId = Storable(session.ExternalId),
            AgentName = Storable(session.Agent),
            Title = session.Title is { } title ? Storable(title) : null,
            Metadata = session.Metadata,
            Outcome = session.Outcome,
            Status = SessionStatus.Idle,
            EventCount = session.Events.Count,
            CreatedAt = session.CreatedAt,
            UpdatedAt = DbTime.UtcNow(clock),
        };
        if (!await InsertAsync(db, workspaceId, row, HeaderOf(session))) return ((await FindIdAsync(db, workspaceId, row.Source, row.ExternalId))!.Value, false);
        await log.KeepAsync(db, workspaceId, row.Id, session);
        return (row.Id, true);
    }

    /// <summary>Begins a session that runs here, with an empty log.</summary>
    public async ValueTask<SessionRow> BeginAsync(DbSession db, string workspaceId, string agentName, string? title, IReadOnlyDictionary<string, string> metadata, SessionStatus status)
    {
        var now = DbTime.UtcNow(clock);
        var id = ids.New<Session>();
        var row = new SessionRow
        {
            WorkspaceId = workspaceId,
            Id = id,
            Source = OwnSource,
            ExternalId = id.Value,
            AgentName = agentName,
            Title = title,
            Metadata = metadata,
            Status = status,
            EventCount = 0,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await InsertAsync(db, workspaceId, row, "{}");
        return row;
    }

    /// <summary>Null when the workspace has no such session. Archived ones are found.</summary>
    public ValueTask<SessionRow?> FindAsync(DbSession db, string workspaceId, Id<Session> id) => db.FirstAsync(
        $"SELECT {Columns} FROM sessions WHERE workspace_id = @workspace AND id = @id", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Like <see cref="FindAsync"/>, and nobody else changes the session before this transaction ends.</summary>
    public ValueTask<SessionRow?> HoldAsync(DbSession db, string workspaceId, Id<Session> id) => db.FirstAsync(
        $"SELECT {Columns} FROM sessions WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Changes what people call it and its labels.</summary>
    public async ValueTask UpdateAsync(DbSession db, SessionRow session) => await db.ExecuteAsync(
        "UPDATE sessions SET title = @title, metadata = @metadata, updated_at = @now WHERE workspace_id = @workspace AND id = @id", ("@title", session.Title),
        ("@metadata", MetadataOf(session)), ("@now", DbTime.ToMicros(clock.GetUtcNow())), ("@workspace", session.WorkspaceId), ("@id", session.Id.Value));

    /// <summary>By creation time and id.</summary>
    /// <param name="after">The last one seen in this direction; null from its start.</param>
    public ValueTask<List<SessionRow>> ListAsync(DbSession db, string workspaceId, SessionFilter filter, bool isAscending, (long CreatedAt, string Id)? after, int limit)
    {
        var (less, order) = isAscending ? (">", "ASC") : ("<", "DESC");
        return db.QueryAsync(
            $"""
            SELECT {Columns} FROM sessions
            WHERE workspace_id = @workspace AND created_at BETWEEN @from AND @to {(filter.IsArchivedShown ? "" : "AND archived_at IS NULL")}
                {(filter.Statuses.Count == 0 ? "" : $"AND status IN ({string.Join(", ", filter.Statuses.Select(static s => $"'{WireNames<SessionStatus>.Of(s)}'"))})")}
                {(filter.AgentName is null ? "" : "AND agent_name = @agent")} {(filter.Source is null ? "" : "AND source = @source")} {(filter.ExternalId is null ? "" : "AND external_id = @external")}
                {(filter.AgentId is null ? "" : $"AND id IN (SELECT session_id FROM session_setups WHERE workspace_id = @workspace AND agent_id = @agent_id {(filter.AgentVersion is null ? "" : "AND agent_version = @agent_version")})")}
                {(filter.MemoryStoreId is null ? "" : "AND id IN (SELECT session_id FROM session_resources WHERE workspace_id = @workspace AND memory_store_id = @store)")}
                {(after is null ? "" : $"AND (created_at {less} @after OR (created_at = @after AND id {less} @id))")}
            ORDER BY created_at {order}, id {order} LIMIT @limit
            """, Read, [("@workspace", workspaceId), ("@from", filter.Created.FromMicros), ("@to", filter.Created.ToMicros), ("@limit", limit), .. Optional(filter, after)]);
    }

    /// <summary>Ends the session for good, and its log with it. Archiving twice keeps the first time.</summary>
    public async ValueTask<SessionRow> ArchiveAsync(DbSession db, string workspaceId, SessionRow session)
    {
        var now = DbTime.ToMicros(clock.GetUtcNow());
        var isFirst = await db.ExecuteAsync("UPDATE sessions SET status = 'terminated', archived_at = @now, is_awake = 0, fence = fence + 1 WHERE workspace_id = @workspace AND id = @id AND archived_at IS NULL",
            ("@now", now), ("@workspace", workspaceId), ("@id", session.Id.Value)) == 1;
        if (isFirst) await log.AppendAsync(db, workspaceId, session.Id, [SessionLog.Terminated]);
        return await FindAsync(db, workspaceId, session.Id) ?? session;
    }

    /// <summary>Removes the session with its log, and wakes who follows it.</summary>
    public async ValueTask DeleteAsync(DbSession db, string workspaceId, Id<Session> id)
    {
        db.Wake(id);
        await db.ExecuteAsync("DELETE FROM session_events WHERE workspace_id = @workspace AND session_id = @id", ("@workspace", workspaceId), ("@id", id.Value));
        await db.ExecuteAsync("DELETE FROM session_signs WHERE workspace_id = @workspace AND session_id = @id", ("@workspace", workspaceId), ("@id", id.Value));
        await db.ExecuteAsync("DELETE FROM sessions WHERE workspace_id = @workspace AND id = @id", ("@workspace", workspaceId), ("@id", id.Value));
    }

    /// <summary>The session in the interchange format, one line without its end; null when there is none.</summary>
    public async ValueTask<byte[]?> ExportAsync(DbSession db, string workspaceId, Id<Session> id)
    {
        var header = await db.FirstAsync("SELECT header FROM sessions WHERE workspace_id = @workspace AND id = @id", static r => r.GetString(0), ("@workspace", workspaceId), ("@id", id.Value));
        if (header is null || await FindAsync(db, workspaceId, id) is not { } row) return null;
        if (row.Source == OwnSource) header = OwnHeader(row);
        var line = new ArrayBufferWriter<byte>(64 * 1024);
        Encoding.UTF8.GetBytes(header.AsSpan(0, header.Length - 1), line);
        line.Write(",\"events\":["u8);
        var isFirst = true;
        foreach (var body in await log.BodiesAsync(db, workspaceId, id))
        {
            if (!isFirst) line.Write(","u8);
            Encoding.UTF8.GetBytes(body, line);
            isFirst = false;
        }
        line.Write("]}"u8);
        return line.WrittenSpan.ToArray();
    }

    private static ValueTask<Id<Session>?> FindIdAsync(DbSession db, string workspaceId, string source, string externalId) => db.FirstAsync(
        "SELECT id FROM sessions WHERE workspace_id = @workspace AND source = @source AND external_id = @external",
        static r => (Id<Session>?)Id<Session>.Parse(r.GetString(0)), ("@workspace", workspaceId), ("@source", source), ("@external", externalId));

    /// <summary>False when another one of its source and external id came first.</summary>
    private static async ValueTask<bool> InsertAsync(DbSession db, string workspaceId, SessionRow row, string header) => await db.ExecuteAsync("""
        INSERT INTO sessions (workspace_id, id, source, external_id, agent_name, title, metadata, outcome, header, status, event_count, next_seq, created_at, updated_at)
        VALUES (@workspace, @id, @source, @external, @agent, @title, @metadata, @outcome, @header, @status, @events, @events, @created, @updated)
        ON CONFLICT (workspace_id, source, external_id) DO NOTHING
        """, ("@workspace", workspaceId), ("@id", row.Id.Value), ("@source", row.Source), ("@external", row.ExternalId), ("@agent", row.AgentName), ("@title", row.Title),
        ("@metadata", MetadataOf(row)),
        ("@outcome", row.Outcome is { } outcome ? JsonSerializer.Serialize(outcome, WireJson.Wire.SessionOutcome) : null), ("@header", header), ("@status", WireNames<SessionStatus>.Of(row.Status)),
        ("@events", row.EventCount), ("@created", DbTime.ToMicros(row.CreatedAt)), ("@updated", DbTime.ToMicros(row.UpdatedAt))) == 1;

    /// <summary>The session object without its events, every other field as it was written.</summary>
    private static string HeaderOf(SessionTranscript session) => WriteObject(writer =>
    {
        foreach (var field in session.Raw.EnumerateObject())
        {
            if (!field.NameEquals("events")) field.WriteTo(writer);
        }
    });

    /// <summary>What a session that ran here is now: it was named, labelled and judged as it went on.</summary>
    private static string OwnHeader(SessionRow row) => WriteObject(writer =>
    {
        writer.WriteString("external_id", row.ExternalId);
        writer.WriteString("source", row.Source);
        writer.WriteString("agent", row.AgentName);
        writer.WriteString("title", row.Title);
        writer.WriteString("created_at", row.CreatedAt);
        if (row.Metadata.Count > 0)
        {
            writer.WriteStartObject("metadata");
            foreach (var (key, value) in row.Metadata) writer.WriteString(key, value);
            writer.WriteEndObject();
        }
        if (row.Outcome is not { } outcome) return;
        writer.WriteStartObject("outcome");
        writer.WriteString("result", outcome.Satisfied ? "satisfied" : "failed");
        if (outcome.Score is { } score) writer.WriteNumber("score", score);
        if (outcome.Explanation is { } explanation) writer.WriteString("explanation", explanation);
        writer.WriteEndObject();
    });

    private static string WriteObject(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string MetadataOf(SessionRow row) => JsonSerializer.Serialize(new Dictionary<string, string>(row.Metadata, StringComparer.Ordinal), WireJson.Wire.DictionaryStringString);

    /// <summary>One database cannot hold the character U+0000 in a column; the header keeps it as an escape.</summary>
    private static string Storable(string text) => text.Replace('\0', '\uFFFD');

    private static IEnumerable<(string, object?)> Optional(SessionFilter filter, (long CreatedAt, string Id)? after)
    {
        if (filter.AgentName is { } agent) yield return ("@agent", agent);
        if (filter.Source is { } source) yield return ("@source", source);
        if (filter.ExternalId is { } external) yield return ("@external", external);
        if (filter.AgentId is { } agentId) yield return ("@agent_id", agentId);
        if (filter.AgentVersion is { } version) yield return ("@agent_version", version);
        if (filter.MemoryStoreId is { } store) yield return ("@store", store);
        if (after is not { } position) yield break;
        yield return ("@after", position.CreatedAt);
        yield return ("@id", position.Id);
    }

    private static SessionRow Read(DbRow row) => new()
    {
        Id = Id<Session>.Parse(row.GetString(0)),
        Source = row.GetString(1),
        ExternalId = row.GetString(2),
        AgentName = row.GetString(3),
        Title = row.TextOrNull(4),
        Metadata = JsonSerializer.Deserialize(row.GetString(5), WireJson.Wire.DictionaryStringString)!,
        Outcome = row.TextOrNull(6) is { } outcome ? JsonSerializer.Deserialize(outcome, WireJson.Wire.SessionOutcome) : null,
        Status = WireNames<SessionStatus>.Parse(row.GetString(7)),
        EventCount = row.GetInt64(8),
        CreatedAt = row.Time(9),
        UpdatedAt = row.Time(10),
        ArchivedAt = row.TimeOrNull(11),
        Waiting = row.GetString(12),
        Usage = row.TextOrNull(13),
        ActiveMicros = row.GetInt64(14),
        RunningSince = row.TimeOrNull(15),
        WorkspaceId = row.GetString(16),
        Evaluations = Outcomes.OutcomeRecords.Read(row.TextOrNull(17)),
        PrimaryThread = row.TextOrNull(18),
    };
}

/// <summary>Which sessions are wanted; null and empty mean any.</summary>
public sealed record SessionFilter(TimeRange Created, bool IsArchivedShown, IReadOnlyList<SessionStatus> Statuses, string? AgentName, string? Source, string? ExternalId)
{
    /// <summary>Started with this saved agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>At this version; only with <see cref="AgentId"/>.</summary>
    public long? AgentVersion { get; init; }

    /// <summary>This store is mounted.</summary>
    public string? MemoryStoreId { get; init; }
}
