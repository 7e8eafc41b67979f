using Reverie.Dreams.Jobs;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Dreams.Review;

/// <summary>The changes of ended dreams that wait for a person.</summary>
public sealed class ProposalRepository(TimeProvider clock)
{
    private const long DayMicros = 86_400_000_000;
    private const string IsOpen = "c.status IN ('proposed', 'quarantined')";

    /// <summary>What waits in a store and has not expired, from every dream that wrote to it; the oldest dream first, then in the order of its report.</summary>
    /// <param name="after">End of the dream, dream and number of the last one seen; null from the start.</param>
    public ValueTask<List<(Proposal Proposal, long Seq)>> ListAsync(DbSession db, MemoryScope scope, ReviewPolicy policy, (long EndedAt, string Dream, long Seq)? after, int limit)
    {
        var now = DbTime.ToMicros(clock.GetUtcNow());
        var (endedAt, dream, seq) = after ?? (long.MinValue, "", -1);
        return db.QueryAsync(
            $"""
            SELECT c.seq, c.body, c.note, c.status, d.id, d.ended_at, d.mode
            FROM dreams d JOIN dream_changes c ON c.workspace_id = d.workspace_id AND c.dream_id = d.id
            WHERE d.workspace_id = @workspace AND d.output_store_id = @store AND d.ended_at > @living AND {IsOpen}
                AND (d.ended_at, d.id, c.seq) > (@endedAt, @dream, @seq)
            ORDER BY d.ended_at, d.id, c.seq LIMIT @limit
            """, row => Read(row, policy), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@living", policy.ExpiresAfterDays is { } days ? now - days * DayMicros : long.MinValue),
            ("@endedAt", endedAt), ("@dream", dream), ("@seq", seq), ("@limit", limit));
    }

    /// <summary>Dreams with open proposals whose time is over.</summary>
    public ValueTask<List<(string WorkspaceId, Id<Dream> Dream)>> OverdueAsync(DbSession db, int limit) => db.QueryAsync(
        $"""
        SELECT d.workspace_id, d.id FROM review_policies p JOIN dreams d ON d.workspace_id = p.workspace_id AND d.output_store_id = p.memory_store_id
        WHERE p.expires_after_days IS NOT NULL AND d.ended_at <= @now - p.expires_after_days * {DayMicros}
            AND EXISTS (SELECT 1 FROM dream_changes c WHERE c.workspace_id = d.workspace_id AND c.dream_id = d.id AND {IsOpen})
        ORDER BY d.ended_at, d.id LIMIT @limit
        """, static row => (row.GetString(0), Id<Dream>.Parse(row.GetString(1))), ("@now", DbTime.ToMicros(clock.GetUtcNow())), ("@limit", limit));

    private static (Proposal, long) Read(DbRow row, ReviewPolicy policy)
    {
        var seq = row.GetInt64(0);
        var status = row.GetString(3);
        var change = new DreamChange(seq, status, DreamReportJson.ReadChange(row.GetString(1)), row.TextOrNull(2), null);
        var endedAt = row.Time(5);
        return (new Proposal
        {
            DreamId = Id<Dream>.Parse(row.GetString(4)),
            Change = change.ToChange(),
            Reason = change.Note ?? (status == "quarantined" ? "looks planted by untrusted content" : row.GetString(6) == "review" ? "the dream was asked to leave every change proposed" : "the dreamer would not apply it by itself"),
            CreatedAt = endedAt,
            ExpiresAt = ReviewRules.ExpiresAt(policy, endedAt),
        }, seq);
    }
}
