using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Review;

/// <summary>What earlier dreams over a store proposed, for <see cref="Repetitions"/>.</summary>
public sealed class RepetitionRepository(ChangeAudit audit)
{
    /// <summary>The newest that are looked at.</summary>
    public const int EarlierMax = 2000;

    /// <summary>Open proposals to the store a dream writes to, and what people rejected there or in the store it reads; the newest dream first.</summary>
    public async ValueTask<List<EarlierChange>> EarlierAsync(DbSession db, DreamRow dream)
    {
        var found = await db.QueryAsync(
            """
            SELECT d.id, c.seq, c.status, c.body FROM dreams d JOIN dream_changes c ON c.workspace_id = d.workspace_id AND c.dream_id = d.id
            WHERE d.workspace_id = @workspace AND d.output_store_id IN (@output, @input) AND d.ended_at IS NOT NULL AND d.id <> @dream
                AND ((c.status IN ('proposed', 'quarantined') AND d.output_store_id = @output)
                    OR (c.status = 'rejected' AND EXISTS (SELECT 1 FROM dream_verdicts v WHERE v.workspace_id = d.workspace_id AND v.dream_id = d.id AND v.change_id = c.change_id AND v.verdict = 'reject')))
            ORDER BY d.ended_at DESC, d.id DESC, c.seq LIMIT @limit
            """,
            static row => new EarlierChange(Id<Dream>.Parse(row.GetString(0)), DreamReportJson.ReadChange(row.GetString(3)), row.GetInt64(1), row.GetString(2) == "rejected", []),
            ("@workspace", dream.WorkspaceId), ("@output", dream.OutputStoreId!.Value.Value), ("@input", dream.MemoryStoreId.Value), ("@dream", dream.Id.Value), ("@limit", EarlierMax));
        for (var at = 0; at < found.Count; at++)
        {
            if (!found[at].IsRejected) continue;
            var sessions = await db.QueryAsync("SELECT session_id FROM dream_change_sources WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change", static row => row.GetString(0),
                ("@workspace", dream.WorkspaceId), ("@dream", found[at].Dream.Value), ("@change", found[at].Change.Id));
            found[at] = found[at] with { SessionIds = sessions };
        }
        return found;
    }

    /// <summary>Rejects the open proposals that give way to changes of this dream. The caller holds it.</summary>
    public async ValueTask SupersedeAsync(DbSession db, DreamRow dream, Repetition repetition)
    {
        foreach (var (earlier, by) in repetition.Superseded)
        {
            var reason = $"superseded by {dream.Id}/{by.Id}";
            var count = await db.ExecuteAsync("UPDATE dream_changes SET status = 'rejected', note = @note WHERE workspace_id = @workspace AND dream_id = @dream AND seq = @seq AND status IN ('proposed', 'quarantined')",
                ("@note", reason), ("@workspace", dream.WorkspaceId), ("@dream", earlier.Dream.Value), ("@seq", earlier.Seq));
            if (count == 1) audit.Record(db, dream with { Id = earlier.Dream }, new SessionActor(dream.SessionId!.Value.Value), AuditActions.ChangeSuperseded, earlier.Change, reason);
        }
    }
}
