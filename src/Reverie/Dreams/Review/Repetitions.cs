using Reverie.Dreams.Provenance;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;

namespace Reverie.Dreams.Review;

/// <summary>What a dream says that earlier dreams over the same store have said. Pure.</summary>
public static class Repetitions
{
    /// <summary>
    /// Turns down what a person turned down before, unless the evidence grew: half as many sessions again bear it out,
    /// counted over all that ever did. An open proposal that says the same as a change which stays gives way to it.
    /// </summary>
    /// <param name="report">As it was thought out.</param>
    /// <param name="sources">The sessions that bear out its changes.</param>
    /// <param name="earlier">The open proposals and what people rejected.</param>
    public static Repetition Find(DreamReport report, IReadOnlyList<SessionSource> sources, IReadOnlyList<EarlierChange> earlier)
    {
        var bySession = sources.ToLookup(static s => s.ChangeId, static s => s.SessionId, StringComparer.Ordinal);
        var kept = new List<Change>(report.Changes.Count);
        var refused = new List<Refusal>();
        var superseded = new List<(EarlierChange, Change)>();
        foreach (var change in report.Changes)
        {
            var same = earlier.Where(e => SaysTheSame(e.Change, change)).ToList();
            var rejected = same.Where(static e => e.IsRejected).ToList();
            var before = rejected.SelectMany(static e => e.SessionIds).ToHashSet(StringComparer.Ordinal);
            var after = before.Union(bySession[change.Id], StringComparer.Ordinal).Count();
            if (rejected.Count > 0 && !HasGrown(before.Count, after))
            {
                kept.Add(change with { Status = ChangeStatus.Rejected });
                refused.Add(new Refusal(change.Summary, $"a person rejected {rejected[0].Dream}/{rejected[0].Change.Id}, which says the same, and no more than {after} sessions bear it out now, {before.Count} then", bySession[change.Id].Count()));
                continue;
            }
            kept.Add(change);
            superseded.AddRange(same.Where(static e => !e.IsRejected).Select(e => (e, change)));
        }
        return new Repetition(report with { Changes = kept, Refused = [.. report.Refused, .. refused] }, superseded);
    }

    /// <summary>True when half as many sessions again bear something out.</summary>
    public static bool HasGrown(int before, int after) => after > before && after * 2 >= before * 3;

    /// <summary>
    /// True for the same kind at the same path with the same edits, wherever they stand, or with the same summary, which has no
    /// counts in it. Summaries of quarantined texts and of what rests on no session say too little.
    /// </summary>
    public static bool SaysTheSame(Change one, Change other) => one.Kind == other.Kind && one.Path == other.Path
        && ((one.Edits.Count > 0 && one.Edits.Select(Words).SequenceEqual(other.Edits.Select(Words))) || (IsTold(one) && IsTold(other) && one.Summary == other.Summary));

    private static (string Delete, string Insert) Words(TextEdit edit) => (edit.Delete, edit.Insert);

    private static bool IsTold(Change change) => change.Status != ChangeStatus.Quarantined && change.Kind is not (ChangeKind.Merge or ChangeKind.Reorganize);
}

/// <summary>A change of an earlier dream over the same store.</summary>
/// <param name="Dream">The dream.</param>
/// <param name="Change">As it was thought out.</param>
/// <param name="Seq">Its place in the report of that dream.</param>
/// <param name="IsRejected">True when a person rejected it, false while it is open.</param>
/// <param name="SessionIds">The sessions that bear it out, where it was rejected and they are still there.</param>
public sealed record EarlierChange(Id<Dream> Dream, Change Change, long Seq, bool IsRejected, IReadOnlyList<string> SessionIds);

/// <summary>A report with what is said again taken care of.</summary>
/// <param name="Report">With what is turned down at once, and why.</param>
/// <param name="Superseded">Open proposals that give way, each with the change that says the same.</param>
public sealed record Repetition(DreamReport Report, IReadOnlyList<(EarlierChange Earlier, Change By)> Superseded);
