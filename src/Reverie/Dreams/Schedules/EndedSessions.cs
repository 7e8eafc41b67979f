using System.Collections.Concurrent;
using Reverie.Dreams.Selection;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams.Schedules;

/// <summary>
/// Whether enough that is new has ended for a schedule to run. A look costs as much as has come to rest since the one before:
/// counts are kept in this process, and can only be too high, because sessions go on, are dreamt over or are deleted; where
/// they seem to suffice, everything is counted anew.
/// </summary>
internal sealed class EndedSessions(SessionSelector selector, TimeProvider clock)
{
    /// <summary>How long a commit may come after the time it writes.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>What a run has seen already does not set off another by itself, so that a dream that fails is not asked for again and again.</summary>
    public async Task<bool> SufficeAsync(DreamScheduleRow due, SessionEndTrigger trigger, CancellationToken cancellationToken)
    {
        var (id, setting) = (due.Schedule.Id.Value, (due.Schedule.UpdatedAt, due.SeenAt));
        var until = clock.GetUtcNow().AddSeconds(-trigger.QuietSeconds);
        if (_counts.TryGetValue(id, out var known) && known.Setting == setting)
        {
            var later = await FindAsync(due, known.Until - Overlap, until, cancellationToken);
            var more = known.With(later, until);
            _counts[id] = more;
            if (more.Sessions == known.Sessions || !more.Suffices(trigger)) return false;
        }
        var all = await FindAsync(due, DateTimeOffset.MinValue, until, cancellationToken);
        var count = new Count(setting, until, 0, 0, []).With(all, until);
        var suffices = count.Suffices(trigger) && all.Exists(s => s.ChangedAt.AddSeconds(trigger.QuietSeconds) > due.SeenAt);
        // A run that could not be noted must be found again.
        if (suffices) _counts.TryRemove(id, out _);
        else _counts[id] = count;
        return suffices;
    }

    private async Task<List<SessionCandidate>> FindAsync(DreamScheduleRow due, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var filter = due.Schedule.Sessions with { Limit = SessionCandidateRepository.CandidatesMax };
        var (selection, _) = await selector.SelectAsync(due.WorkspaceId, filter, due.Schedule.MemoryStoreId.Value, new ChangedBetween(after, until), cancellationToken);
        return [.. selection.Chosen.Where(static s => s.IsNew)];
    }

    /// <summary>What was counted for a schedule.</summary>
    /// <param name="Setting">The schedule as it was set, and as of when its last run looked: with either the count begins anew.</param>
    /// <param name="Until">Sessions at rest since then at the latest are counted.</param>
    /// <param name="Sessions">At least as many as there are.</param>
    /// <param name="Events">Theirs.</param>
    /// <param name="Late">The last ones counted, which are found once more.</param>
    private sealed record Count((DateTimeOffset UpdatedAt, DateTimeOffset SeenAt) Setting, DateTimeOffset Until, int Sessions, long Events, HashSet<(string Id, DateTimeOffset ChangedAt)> Late)
    {
        public bool Suffices(SessionEndTrigger trigger) => Sessions >= trigger.MinNewSessions && Events >= trigger.MinNewEvents;

        public Count With(List<SessionCandidate> found, DateTimeOffset until)
        {
            var more = found.Where(s => !Late.Contains((s.Id, s.ChangedAt))).ToList();
            return new Count(Setting, until, Sessions + more.Count, Events + more.Sum(static s => s.EventCount), [.. found.Where(s => s.ChangedAt > until - Overlap).Select(static s => (s.Id, s.ChangedAt))]);
        }
    }
}
