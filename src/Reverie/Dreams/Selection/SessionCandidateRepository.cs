using System.Text.Json;
using Reverie.Dreaming.Review;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Outcomes;
using Reverie.Storage;

namespace Reverie.Dreams.Selection;

/// <summary>Finds the sessions a filter may choose, and keeps what reviews found in them.</summary>
public sealed class SessionCandidateRepository
{
    /// <summary>Sessions looked at for one filter, the newest.</summary>
    public const int CandidatesMax = 100_000;

    /// <summary>A session that a dream has read counts as new again once it has gone on for this many events: a turn has as many, archiving adds one.</summary>
    private const int TurnEvents = 5;

    private static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>Newest first, or written to last first; no more than one above <see cref="CandidatesMax"/>.</summary>
    /// <param name="storeId">Whose dreams make a session known; null for nobody's.</param>
    /// <param name="changed">Only those written to last then; null for any.</param>
    public ValueTask<List<SessionCandidate>> FindAsync(DbSession db, string workspaceId, DreamSessionFilter filter, string? storeId, ChangedBetween? changed, DateTimeOffset now)
    {
        var (agentIds, agentNames) = (filter.Agents.Where(static a => Id<Agent>.TryParse(a, out _)).ToList(), filter.Agents.Where(static a => !Id<Agent>.TryParse(a, out _)).ToList());
        var store = filter.NotDreamtByStore ?? storeId;
        var from = new[] { filter.CreatedAt?.Gte, filter.CreatedAt?.LastDays is { } days ? now.AddDays(-days) : null }.Max();
        return db.QueryAsync(
            $"""
            SELECT s.id, s.agent_name, s.source, s.created_at, s.updated_at, s.event_count, s.next_seq, s.outcome,
                {(filter.OutcomeResults.Count > 0 ? "s.evaluations" : "NULL")}, {(filter.Metadata.Count > 0 ? "s.metadata" : "NULL")},
                (SELECT processed_at FROM session_events e WHERE e.workspace_id = s.workspace_id AND e.session_id = s.id ORDER BY seq DESC LIMIT 1),
                {(store is null ? "1" : $"""
                    CASE WHEN EXISTS (SELECT 1 FROM dream_sessions r JOIN dreams d ON d.workspace_id = r.workspace_id AND d.id = r.dream_id
                        WHERE r.workspace_id = s.workspace_id AND r.session_id = s.id AND s.event_count < r.events + {TurnEvents}
                            AND d.status = 'completed' AND (d.memory_store_id = @store OR d.output_store_id = @store)) THEN 0 ELSE 1 END
                    """)},
                g.errors, g.suspect_lines
            FROM sessions s LEFT JOIN session_signs g ON g.workspace_id = s.workspace_id AND g.session_id = s.id AND g.next_seq = s.next_seq
            WHERE s.workspace_id = @workspace AND {(changed is null ? "" : "s.updated_at > @after AND s.updated_at <= @until AND +")}s.created_at BETWEEN @from AND @to AND s.status IN ('idle', 'terminated') AND s.event_count > 0
                AND NOT EXISTS (SELECT 1 FROM dreams o WHERE o.workspace_id = s.workspace_id AND o.session_id = s.id)
                {(filter.IncludeArchived ? "" : "AND s.archived_at IS NULL")}
                {(filter.ExcludeImported ? $"AND s.source = '{SessionRepository.OwnSource}'" : "")}
                {(filter.Sources.Count == 0 ? "" : $"AND s.source IN ({db.Dialect.TextsIn("@sources")})")}
                {(filter.Agents.Count == 0 ? "" : $"""
                    AND (s.agent_name IN ({db.Dialect.TextsIn("@names")})
                        OR s.id IN (SELECT session_id FROM session_setups WHERE workspace_id = @workspace AND agent_id IN ({db.Dialect.TextsIn("@agents")})))
                    """)}
                {(filter.MemoryStoreId is null ? "" : "AND s.id IN (SELECT session_id FROM session_resources WHERE workspace_id = @workspace AND memory_store_id = @mounted)")}
                {(filter.ExcludeSessionIds.Count == 0 ? "" : $"AND s.id NOT IN ({db.Dialect.TextsIn("@excluded")})")}
            ORDER BY {(changed is null ? "s.created_at" : "s.updated_at")} DESC, s.id DESC LIMIT @limit
            """, Read, [("@workspace", workspaceId), ("@from", from is { } start ? DbTime.ToMicros(start) : long.MinValue), ("@to", filter.CreatedAt?.Lt is { } end ? DbTime.ToMicros(end) - 1 : long.MaxValue),
                ("@limit", CandidatesMax + 1), .. Optional()]);

        IEnumerable<(string, object?)> Optional()
        {
            if (changed is { } times)
            {
                yield return ("@after", DbTime.ToMicros(times.After));
                yield return ("@until", DbTime.ToMicros(times.Until));
            }
            if (store is not null) yield return ("@store", store);
            if (filter.Sources.Count > 0) yield return ("@sources", Json(filter.Sources));
            if (filter.Agents.Count > 0)
            {
                yield return ("@names", Json(agentNames));
                yield return ("@agents", Json(agentIds));
            }
            if (filter.MemoryStoreId is { } mounted) yield return ("@mounted", mounted);
            if (filter.ExcludeSessionIds.Count > 0) yield return ("@excluded", Json(filter.ExcludeSessionIds));
        }
    }

    /// <summary>Keeps what a review found in a session as far as its log went then.</summary>
    public async ValueTask KeepSignsAsync(DbSession db, string workspaceId, SessionCandidate session, SessionSigns signs) => await db.ExecuteAsync("""
        INSERT INTO session_signs (workspace_id, session_id, next_seq, errors, suspect_lines) VALUES (@workspace, @session, @next, @errors, @suspect)
        ON CONFLICT (workspace_id, session_id) DO UPDATE SET next_seq = excluded.next_seq, errors = excluded.errors, suspect_lines = excluded.suspect_lines WHERE session_signs.next_seq < excluded.next_seq
        """, ("@workspace", workspaceId), ("@session", session.Id), ("@next", session.NextSeq), ("@errors", (long)signs.Errors), ("@suspect", (long)signs.SuspectLines));

    private static string Json(IEnumerable<string> texts) => JsonSerializer.Serialize([.. texts], WireJson.Wire.ListString);

    private static SessionCandidate Read(DbRow row) => new()
    {
        Id = row.GetString(0),
        Agent = row.GetString(1),
        Source = row.GetString(2),
        CreatedAt = row.Time(3),
        ChangedAt = row.Time(4),
        EventCount = row.GetInt64(5),
        NextSeq = row.GetInt64(6),
        Outcome = row.TextOrNull(7) is { } outcome ? JsonSerializer.Deserialize(outcome, WireJson.Wire.SessionOutcome) : null,
        Evaluations = OutcomeRecords.Read(row.TextOrNull(8)),
        Metadata = row.TextOrNull(9) is { } metadata ? JsonSerializer.Deserialize(metadata, WireJson.Wire.DictionaryStringString)! : NoLabels,
        EndedAt = row.TimeOrNull(10) ?? row.Time(3),
        IsNew = row.GetInt64(11) == 1,
        Signs = row.LongOrNull(12) is { } errors ? new SessionSigns((int)errors, (int)row.GetInt64(13)) : null,
    };
}
