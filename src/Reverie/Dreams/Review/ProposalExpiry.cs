using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Dreams.Review;

/// <summary>
/// Rejects proposals whose time is over. By then they can neither be seen among the open ones nor decided on, so when the
/// sweep comes decides nothing but when it is recorded.
/// </summary>
public sealed class ProposalExpiry(Database database, ProposalRepository proposals, ReviewPolicyRepository policies, DreamRepository dreams, DreamChangeRepository changes, ChangeAudit audit, TimeProvider clock)
{
    private const int DreamsMax = 100;

    /// <summary>Everything that is overdue, each dream in a transaction of its own.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var (workspace, dream) in await database.ReadAsync(db => proposals.OverdueAsync(db, DreamsMax), cancellationToken))
            await database.WriteAsync(db => ExpireAsync(db, workspace, dream), cancellationToken);
    }

    /// <summary>True when what this dream proposes can no longer be decided on.</summary>
    public bool IsOver(ReviewPolicy policy, DreamRow dream) => dream.EndedAt is { } ended && ReviewRules.ExpiresAt(policy, ended) <= clock.GetUtcNow();

    private async ValueTask<bool> ExpireAsync(DbSession db, string workspace, Id<Dream> id)
    {
        // Held and asked again: the policy may have been changed, or another process been first.
        if (await dreams.HoldAsync(db, workspace, id) is not { OutputStoreId: { } store } dream || !IsOver(await policies.FindAsync(db, new MemoryScope(workspace, store)), dream)) return false;
        foreach (var change in await changes.ListAsync(db, workspace, id))
        {
            if (!ReportReview.IsOpen(change.ToChange())) continue;
            await changes.SetStatusAsync(db, workspace, id, change, ChangeStatus.Rejected, "expired");
            audit.Record(db, dream, null, AuditActions.ChangeExpired, change.Change);
        }
        return true;
    }
}
