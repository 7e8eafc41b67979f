using Reverie.Dreaming;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>
/// Plays the applied changes of a report over a store, or takes them back. All or nothing: each change must find exactly
/// the content it was made for.
/// </summary>
public static class ReportReplay
{
    /// <summary>The store after every applied change, in the report's order.</summary>
    public static ReplayOutcome Apply(DreamReport report, MemoryTree memory) =>
        Play(report.Changes.Where(IsApplied), memory, static (draft, change) => draft.Apply(change));

    /// <summary>The store before every applied change: the exact inverse of <see cref="Apply"/>, last change first.</summary>
    public static ReplayOutcome Revert(DreamReport report, MemoryTree memory) =>
        Play(report.Changes.Where(IsApplied).Reverse(), memory, static (draft, change) => draft.Revert(change));

    private static bool IsApplied(Change change) => change.Status == ChangeStatus.Applied;

    private static ReplayOutcome Play(IEnumerable<Change> changes, MemoryTree memory, Func<MemoryDraft, Change, ReplayConflict?> step)
    {
        var draft = new MemoryDraft(memory);
        var conflicts = new List<ReplayConflict>();
        // Once a memory is not as expected, what later changes find there says nothing new.
        var spoiled = new HashSet<string>(StringComparer.Ordinal);
        var played = 0;
        foreach (var change in changes)
        {
            string[] paths = change.NewPath is { } target ? [change.Path, target] : [change.Path];
            if (!paths.Any(spoiled.Contains))
            {
                if (step(draft, change) is not { } conflict)
                {
                    played++;
                    continue;
                }
                conflicts.Add(conflict);
            }
            spoiled.UnionWith(paths);
        }
        return conflicts.Count > 0 ? new ReplayOutcome.Conflicted(conflicts) : new ReplayOutcome.Replayed(draft.ToTree(), played);
    }
}
