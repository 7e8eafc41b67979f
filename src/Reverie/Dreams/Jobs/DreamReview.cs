using Reverie.Audit;
using Reverie.Dreams.Review;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>Carries out what people decide on the changes of a dream that has ended, and keeps a record of it.</summary>
public sealed class DreamReview(DreamChangeRepository changes, ChangeLanding landing, ChangeAudit audit)
{
    private const string Undone = "its dream was undone";

    /// <summary>Decides on one open change. Null when it is not open: it was applied or rejected before.</summary>
    /// <param name="db">The transaction; the caller holds the dream.</param>
    /// <param name="dream">The dream; it has ended and has an output store.</param>
    /// <param name="change">The change.</param>
    /// <param name="verdict">What the person decided.</param>
    /// <param name="comment">Their words; null for none.</param>
    /// <param name="author">Who they are.</param>
    public async ValueTask<DreamVerdict?> DecideAsync(DbSession db, DreamRow dream, DreamChange change, Verdict verdict, string? comment, Actor author)
    {
        var open = change.ToChange();
        if (!ReportReview.IsOpen(open)) return null;
        if (verdict is Verdict.Reject)
        {
            await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, change, ChangeStatus.Rejected, comment);
            audit.Record(db, dream, author, AuditActions.ChangeRejected, change.Change, comment: comment);
            return await RecordAsync("reject", "rejected", null);
        }
        var outcome = await landing.LandAsync(db, new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value), ReportReview.Worded(open, verdict), author, dream);
        if (outcome is LandingOutcome.Conflict conflict)
        {
            audit.Record(db, dream, author, AuditActions.ChangeConflicted, change.Change, conflict.Reason, comment);
            return await RecordAsync("approve", "conflict", conflict.Reason);
        }
        if (outcome is LandingOutcome.StandsAlready)
        {
            await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, change, ChangeStatus.Rejected, LandingOutcome.StandsAlready.Reason);
            audit.Record(db, dream, author, AuditActions.ChangeRejected, change.Change, LandingOutcome.StandsAlready.Reason, comment);
            return await RecordAsync("approve", "conflict", LandingOutcome.StandsAlready.Reason);
        }
        var landed = (LandingOutcome.Landed)outcome;
        await changes.LandAsync(db, dream.WorkspaceId, dream.Id, change, landed);
        audit.Record(db, dream, author, AuditActions.ChangeApplied, landed.Change, verdict is Verdict.AcceptEdited ? "approved with edits" : "approved", comment);
        return await RecordAsync("approve", "applied", landed.Note);

        ValueTask<DreamVerdict> RecordAsync(string said, string result, string? note) => changes.RecordAsync(db, dream.WorkspaceId, dream.Id, new DreamVerdict
        {
            ChangeId = change.Change.Id,
            Verdict = said,
            Result = result,
            Note = note,
            Comment = comment,
            Author = author,
            CreatedAt = default,
        });
    }

    /// <summary>
    /// Takes back every applied change, the last one first, each against the content it left behind. What was edited since is
    /// taken out where its lines are still found; otherwise it stays and is named. What still waits is withdrawn.
    /// </summary>
    public async ValueTask<List<DreamVerdict>> UndoAsync(DbSession db, DreamRow dream, string? comment, Actor author)
    {
        var verdicts = new List<DreamVerdict>();
        var scope = new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value);
        var all = await changes.ListAsync(db, dream.WorkspaceId, dream.Id);
        foreach (var change in all.Where(static c => c.LandedSeq is not null).OrderByDescending(static c => c.LandedSeq))
        {
            var outcome = await landing.LandAsync(db, scope, ChangeLanding.Invert(change.Change), author);
            if (outcome is LandingOutcome.Landed) await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, change, ChangeStatus.Rejected, "undone");
            var problem = outcome is LandingOutcome.StandsAlready ? LandingOutcome.StandsAlready.Reason : (outcome as LandingOutcome.Conflict)?.Reason;
            audit.Record(db, dream, author, outcome is LandingOutcome.Landed ? AuditActions.ChangeUndone : AuditActions.ChangeConflicted, change.Change, problem, comment);
            verdicts.Add(await RecordAsync(change, outcome is LandingOutcome.Landed ? "undone" : "conflict", problem));
        }
        foreach (var change in all.Where(static c => ReportReview.IsOpen(c.ToChange())))
        {
            await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, change, ChangeStatus.Rejected, Undone);
            audit.Record(db, dream, author, AuditActions.ChangeRejected, change.Change, Undone, comment);
            verdicts.Add(await RecordAsync(change, "rejected", Undone));
        }
        return verdicts;

        ValueTask<DreamVerdict> RecordAsync(DreamChange change, string result, string? note) => changes.RecordAsync(db, dream.WorkspaceId, dream.Id, new DreamVerdict
        {
            ChangeId = change.Change.Id,
            Verdict = "undo",
            Result = result,
            Note = note,
            Comment = comment,
            Author = author,
            CreatedAt = default,
        });
    }
}
