using System.Collections.Concurrent;
using Reverie.Dreams.Selection;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams.Schedules;

/// <summary>
/// Whether enough that is new has ended for a schedule to run. Where nothing came to rest since the look before, nothing is
/// counted; when that was is kept in this process.
/// </summary>
internal sealed class EndedSessions(SessionSelector selector, TimeProvider clock)
{
    /// <summary>How long a commit may come after the time it writes.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Look> _futile = new(StringComparer.Ordinal);

    /// <summary>What a run has seen already does not set off another by itself, so that a dream that fails is not asked for again and again.</summary>
    public async Task<bool> SufficeAsync(DreamScheduleRow due, SessionEndTrigger trigger, CancellationToken cancellationToken)
    {
        var look = new Look(due.Schedule.UpdatedAt, due.SeenAt, clock.GetUtcNow().AddSeconds(-trigger.QuietSeconds));
        if (_futile.TryGetValue(due.Schedule.Id.Value, out var last) && (last.UpdatedAt, last.SeenAt) == (look.UpdatedAt, look.SeenAt)
            && (await FindAsync(due, last.Until - Overlap, look.Until, cancellationToken)).Count == 0)
        {
            return false;
        }
        var ended = await FindAsync(due, DateTimeOffset.MinValue, look.Until, cancellationToken);
        var suffices = ended.Count >= trigger.MinNewSessions && ended.Sum(static s => s.EventCount) >= trigger.MinNewEvents
            && ended.Exists(s => s.ChangedAt.AddSeconds(trigger.QuietSeconds) > due.SeenAt);
        // A run that could not be noted must be found again.
        if (suffices) _futile.TryRemove(due.Schedule.Id.Value, out _);
        else _futile[due.Schedule.Id.Value] = look;
        return suffices;
    }

    private async Task<List<SessionCandidate>> FindAsync(DreamScheduleRow due, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var filter = due.Schedule.Sessions with { Limit = SessionCandidateRepository.CandidatesMax };
        var (selection, _) = await selector.SelectAsync(due.WorkspaceId, filter, due.Schedule.MemoryStoreId.Value, new ChangedBetween(after, until), cancellationToken);
        return [.. selection.Chosen.Where(static s => s.IsNew)];
    }

    /// <summary>A look that found too little.</summary>
    /// <param name="UpdatedAt">When the schedule was set.</param>
    /// <param name="SeenAt">As of when its last run looked.</param>
    /// <param name="Until">Sessions at rest since then at the latest were counted.</param>
    private sealed record Look(DateTimeOffset UpdatedAt, DateTimeOffset SeenAt, DateTimeOffset Until);
}
