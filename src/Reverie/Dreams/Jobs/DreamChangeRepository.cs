using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>The changes of dreams and the verdicts on them.</summary>
public sealed class DreamChangeRepository(TimeProvider clock)
{
    private const string Columns = "seq, status, body, note, landed_seq";

    /// <summary>In the order of the report.</summary>
    public ValueTask<List<DreamChange>> ListAsync(DbSession db, string workspaceId, Id<Dream> dream) => db.QueryAsync(
        $"SELECT {Columns} FROM dream_changes WHERE workspace_id = @workspace AND dream_id = @dream ORDER BY seq", Read, ("@workspace", workspaceId), ("@dream", dream.Value));

    /// <summary>The first change that is still to be applied; null when there is none.</summary>
    public ValueTask<DreamChange?> NextPlannedAsync(DbSession db, string workspaceId, Id<Dream> dream) => db.FirstAsync(
        $"SELECT {Columns} FROM dream_changes WHERE workspace_id = @workspace AND dream_id = @dream AND status = 'planned' ORDER BY seq LIMIT 1", Read, ("@workspace", workspaceId), ("@dream", dream.Value));

    /// <summary>Notes that a change landed, as it landed, behind all that landed before it.</summary>
    public async ValueTask LandAsync(DbSession db, string workspaceId, Id<Dream> dream, DreamChange change, LandingOutcome.Landed landed)
    {
        await Provenance.ChangePassages.RecordAsync(db, workspaceId, dream, landed, DbTime.UtcNow(clock));
        await db.ExecuteAsync("""
            UPDATE dream_changes SET status = 'applied', body = @body, note = @note, memory_version_id = @version,
                landed_seq = (SELECT coalesce(max(landed_seq), 0) + 1 FROM dream_changes WHERE workspace_id = @workspace AND dream_id = @dream)
            WHERE workspace_id = @workspace AND dream_id = @dream AND seq = @seq
            """, ("@body", DreamReportJson.WriteChange(landed.Change)), ("@note", landed.Note), ("@version", landed.VersionId),
            ("@workspace", workspaceId), ("@dream", dream.Value), ("@seq", change.Seq));
    }

    /// <summary>Notes that a change stands elsewhere now, and why.</summary>
    public ValueTask<int> SetStatusAsync(DbSession db, string workspaceId, Id<Dream> dream, DreamChange change, ChangeStatus status, string? note) => db.ExecuteAsync(
        "UPDATE dream_changes SET status = @status, note = @note, landed_seq = NULL WHERE workspace_id = @workspace AND dream_id = @dream AND seq = @seq",
        ("@status", WireNames<ChangeStatus>.Of(status)), ("@note", note), ("@workspace", workspaceId), ("@dream", dream.Value), ("@seq", change.Seq));

    /// <summary>What was only planned when the dream ended is a proposal: a person may still approve it.</summary>
    public ValueTask<int> ProposePlannedAsync(DbSession db, string workspaceId, Id<Dream> dream) => db.ExecuteAsync(
        "UPDATE dream_changes SET status = 'proposed', note = 'the dream ended before it was applied' WHERE workspace_id = @workspace AND dream_id = @dream AND status = 'planned'",
        ("@workspace", workspaceId), ("@dream", dream.Value));

    /// <summary>Adds a verdict to the record, which only grows. The caller holds the dream.</summary>
    public async ValueTask<DreamVerdict> RecordAsync(DbSession db, string workspaceId, Id<Dream> dream, DreamVerdict verdict)
    {
        var recorded = verdict with { CreatedAt = DbTime.UtcNow(clock) };
        var (actorType, actorId) = ActorColumns.Of(recorded.Author);
        await db.ExecuteAsync("""
            INSERT INTO dream_verdicts (workspace_id, dream_id, seq, change_id, verdict, result, note, comment, actor_type, actor_id, created_at)
            VALUES (@workspace, @dream, (SELECT coalesce(max(seq), 0) + 1 FROM dream_verdicts WHERE workspace_id = @workspace AND dream_id = @dream),
                @change, @verdict, @result, @note, @comment, @actorType, @actorId, @now)
            """, ("@workspace", workspaceId), ("@dream", dream.Value), ("@change", recorded.ChangeId), ("@verdict", recorded.Verdict), ("@result", recorded.Result), ("@note", recorded.Note),
            ("@comment", recorded.Comment), ("@actorType", actorType), ("@actorId", actorId), ("@now", DbTime.ToMicros(recorded.CreatedAt)));
        return recorded;
    }

    /// <summary>Oldest first.</summary>
    /// <param name="after">The number of the last one seen; 0 from the start.</param>
    public ValueTask<List<(long Seq, DreamVerdict Verdict)>> VerdictsAsync(DbSession db, string workspaceId, Id<Dream> dream, long after, int limit) => db.QueryAsync(
        "SELECT seq, change_id, verdict, result, note, comment, actor_type, actor_id, created_at FROM dream_verdicts WHERE workspace_id = @workspace AND dream_id = @dream AND seq > @after ORDER BY seq LIMIT @limit",
        static r => (r.GetInt64(0), new DreamVerdict
        {
            ChangeId = r.GetString(1),
            Verdict = r.GetString(2),
            Result = r.GetString(3),
            Note = r.TextOrNull(4),
            Comment = r.TextOrNull(5),
            Author = ActorColumns.Read(r.GetString(6), r.GetString(7))!,
            CreatedAt = r.Time(8),
        }), ("@workspace", workspaceId), ("@dream", dream.Value), ("@after", after), ("@limit", limit));

    private static DreamChange Read(DbRow row) => new(row.GetInt64(0), row.GetString(1), DreamReportJson.ReadChange(row.GetString(2)), row.TextOrNull(3), row.LongOrNull(4));
}
