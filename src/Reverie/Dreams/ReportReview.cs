using Reverie.Dreaming;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>Carries out verdicts on the open changes of a report, each against the content it was made for.</summary>
/// <remarks>
/// Where that content has moved, because an earlier change was turned down, reworded or the store was edited, the change is
/// rebased by <see cref="EditRebase"/>; if its place cannot be told it is dropped. Nothing is ever forced.
/// </remarks>
public static class ReportReview
{
    /// <summary>True for what a person may decide on.</summary>
    public static bool IsOpen(Change change) => change.Status is ChangeStatus.Proposed or ChangeStatus.Quarantined;

    /// <summary>The store and the report after <paramref name="verdicts"/>, which are keyed by change id.</summary>
    public static ReviewOutcome Decide(DreamReport report, MemoryTree memory, IReadOnlyDictionary<string, Verdict> verdicts)
    {
        var draft = new MemoryDraft(memory);
        var originals = ReportTexts.BySha256(report, memory);
        var decided = new List<Change>(report.Changes.Count);
        var accepted = new List<string>();
        var rebased = new List<string>();
        var rejected = new List<string>();
        var dropped = new List<ReplayConflict>();
        foreach (var change in report.Changes)
        {
            var verdict = IsOpen(change) ? verdicts.GetValueOrDefault(change.Id) : null;
            if (verdict is Verdict.Reject) rejected.Add(change.Id);
            if (verdict is null or Verdict.Reject)
            {
                decided.Add(verdict is null ? change : change with { Status = ChangeStatus.Rejected });
                continue;
            }
            var (landed, isRebased, conflict) = Land(draft, Worded(change, verdict), originals);
            decided.Add(landed ?? change);
            if (conflict is not null) dropped.Add(conflict);
            else accepted.Add(change.Id);
            if (isRebased) rebased.Add(change.Id);
        }
        var ordered = InOrderOfLanding(decided, report.Changes, accepted);
        return new(report with { Changes = ordered }, draft.ToTree(), accepted, rebased, rejected, dropped);
    }

    internal static Change Worded(Change change, Verdict verdict) => verdict is Verdict.AcceptEdited edited
        ? change with
        {
            Edits = [.. change.Edits.Select((edit, i) => edit with { Insert = edited.Inserts[i] })],
            Rationale = change.Rationale + " Reworded by the reviewer.",
        }
        : change;

    /// <summary>Puts the change into the draft; the change as it really landed, or why it could not.</summary>
    private static (Change? Landed, bool IsRebased, ReplayConflict? Conflict) Land(MemoryDraft draft, Change change,
        IReadOnlyDictionary<string, string> originals)
    {
        var current = draft.Find(change.Path);
        var currentSha256 = current is null ? null : MemoryTree.Sha256(current);
        var moved = !string.Equals(currentSha256, change.BeforeSha256, StringComparison.Ordinal);
        if (moved && (change.Op is ChangeOp.Create or ChangeOp.Delete || current is null))
            return (null, false, new(change.Id, change.Path, Moved(change.Op, current is null), change.BeforeSha256, currentSha256));

        var edits = change.Edits;
        if (moved)
        {
            var original = change.BeforeSha256 is { } sha256 ? originals.GetValueOrDefault(sha256) : null;
            if (string.Equals(currentSha256, change.AfterSha256, StringComparison.Ordinal) || EditRebase.StandsAlready(edits, original, current!))
                return (null, false, new(change.Id, change.Path, "holds what the change puts in already", change.BeforeSha256, currentSha256));
            if (EditRebase.TryRebase(edits, original, current!) is not { } found)
                return (null, false, new(change.Id, change.Path, "changed so much that the place of the edit cannot be told", change.BeforeSha256, currentSha256));
            edits = found;
        }
        if (ChangeReplay.TryApply(current ?? "", edits) is not { } after)
            return (null, false, new(change.Id, change.Path, "has the right hash but the edits do not fit it; the report is damaged", change.BeforeSha256, currentSha256));

        var landed = change with
        {
            Status = ChangeStatus.Applied,
            BeforeSha256 = currentSha256,
            AfterSha256 = change.Op == ChangeOp.Delete ? null : MemoryTree.Sha256(after),
            Edits = edits,
        };
        var conflict = draft.Apply(landed);
        return conflict is null ? (landed, moved, null) : (null, false, conflict);
    }

    private static string Moved(ChangeOp op, bool isGone) => op switch
    {
        ChangeOp.Create => "is already there",
        ChangeOp.Delete when !isGone => "was edited since; what the dream judged is not what would be deleted",
        _ => "is not there",
    };

    /// <summary>Keeps the report's promise that applied changes stand in the order they were made, over several reviews.</summary>
    private static List<Change> InOrderOfLanding(List<Change> decided, IReadOnlyList<Change> before, List<string> accepted)
    {
        var lastApplied = -1;
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].Status == ChangeStatus.Applied) lastApplied = i;
        }
        var landed = accepted.ToHashSet(StringComparer.Ordinal);
        var head = decided.Take(lastApplied + 1).ToList();
        return [.. head.Where(change => !landed.Contains(change.Id)), .. head.Where(change => landed.Contains(change.Id)),
            .. decided.Skip(lastApplied + 1)];
    }
}
