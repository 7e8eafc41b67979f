using System.Diagnostics;
using System.Globalization;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Models;
using Reverie.Dreams.Selection;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Storage;

namespace Reverie.Dreams.Schedules;

/// <summary>
/// Moves schedules and their runs forward, one committed step at a time: a moment becomes a run, a run a dream or a reason
/// for none, an ended dream the end of its run. Each step is guarded by what it found, so any number of processes may take
/// it and one does; what a process leaves when it dies, the next look of any finds.
/// </summary>
public sealed class DreamScheduling(Database database, DreamScheduleRepository schedules, DreamRunRepository runs, DreamRepository dreams, DreamSessionRepository dreamSessions,
    MemoryStoreRepository stores, SessionSelector selector, DreamRunEnding ending, AuditLog audit, TimeProvider clock)
{
    private readonly EndedSessions _ended = new(selector, clock);

    /// <summary>Rows taken up in one look; the rest at the next.</summary>
    private const int BatchMax = 200;

    /// <summary>The store of a schedule was archived or deleted.</summary>
    public const string StoreUnavailable = "memory_store_unavailable";

    /// <summary>Takes every moment that is due.</summary>
    /// <param name="failed">Told why a step failed, with the id of its schedule or run: what is wrong with one must not hold up the others. It is tried again at the next look.</param>
    public async Task SetOffDueAsync(Action<Exception, string> failed, CancellationToken cancellationToken)
    {
        foreach (var schedule in await database.ReadAsync(db => schedules.DueAsync(db, BatchMax), cancellationToken))
            await TryAsync(() => SetOffAsync(schedule, cancellationToken), schedule.Schedule.Id.Value, failed);
    }

    /// <summary>Ends the runs whose dream has ended, and begins those that wait.</summary>
    /// <param name="failed">As for <see cref="SetOffDueAsync"/>.</param>
    public async Task MoveRunsAsync(Action<Exception, string> failed, CancellationToken cancellationToken)
    {
        foreach (var (workspace, run) in await database.ReadAsync(db => runs.DreamtAsync(db, BatchMax), cancellationToken))
            await TryAsync(() => database.WriteAsync(db => ending.EndAsync(db, workspace, run), cancellationToken), run.Id.Value, failed);
        foreach (var (workspace, run) in await database.ReadAsync(db => runs.PendingAsync(db, BatchMax), cancellationToken))
            await TryAsync(() => BeginAsync(workspace, run, cancellationToken), run.Id.Value, failed);
    }

    /// <summary>Takes the moment a schedule is due at, with a run if there is reason for one. However many moments have passed, that is one.</summary>
    internal async Task SetOffAsync(DreamScheduleRow due, CancellationToken cancellationToken)
    {
        var next = DreamScheduleRow.NextLook(due.Schedule.Trigger, clock.GetUtcNow());
        var (isRun, now) = await IsRunAsync(due, cancellationToken);
        await database.WriteAsync(async db =>
        {
            if (!await schedules.TakeAsync(db, due, next, now) || !isRun) return false;
            return await runs.AddAsync(db, due, new DreamRunTrigger(due.Schedule.Trigger.Name, due.NextAt)) is not null;
        }, cancellationToken);
    }

    /// <summary>Chooses the sessions of a run and asks for its dream, or says why there is none.</summary>
    internal async Task BeginAsync(string workspaceId, DreamScheduleRun run, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(db => schedules.FindAsync(db, workspaceId, run.DreamScheduleId), cancellationToken);
        if (found is null) return;
        var seenAt = clock.GetUtcNow();
        var store = found.Schedule.MemoryStoreId.Value;
        var (selection, _) = await selector.SelectAsync(workspaceId, found.Schedule.Sessions, store, null, cancellationToken);
        await database.WriteAsync(async db =>
        {
            // Held, so that another process that chose for the same run finds it begun.
            if (await schedules.HoldAsync(db, workspaceId, run.DreamScheduleId) is not { } schedule || !await runs.IsPendingAsync(db, workspaceId, run)) return false;
            // Held, so that two dreams for one store are not let in at once.
            if (await stores.HoldAsync(db, schedule.Store) is not { ArchivedAt: null })
            {
                await runs.FailAsync(db, workspaceId, run, new DreamError(StoreUnavailable, $"the memory store {store} was archived or deleted; the schedule is paused"));
                if (schedule.IsActive) await schedules.UpdateAsync(db, schedule with { NextAt = null, Schedule = schedule.Schedule with { Status = DreamScheduleRow.Paused, PausedReason = new DreamSchedulePause("error", new DreamScheduleProblem(StoreUnavailable)) } });
                return true;
            }
            var news = selection.Chosen.Count(static s => s.IsNew);
            if (await ReasonToSkipAsync(db, schedule, run, selection, news) is { } reason)
            {
                await schedules.SeeAsync(db, schedule, seenAt, hasBegun: false);
                await runs.SkipAsync(db, workspaceId, run, reason, selection.Chosen.Count, news);
                return true;
            }
            var dream = await dreams.CreateAsync(db, NewDream(schedule, selection));
            audit.Record(db, workspaceId, null, AuditActions.DreamCreated, "dream", dream.Id.Value, ("memory_store_id", store), ("dream_schedule_id", schedule.Schedule.Id.Value),
                ("session_count", dream.SessionIds.Count.ToString(CultureInfo.InvariantCulture)));
            await runs.BeginAsync(db, workspaceId, run, dream.Id, selection.Chosen.Count, news);
            await dreamSessions.KeepFilterAsync(db, dream, schedule.Schedule.Sessions, selection.Matched);
            await schedules.SeeAsync(db, schedule, seenAt, hasBegun: true);
            return true;
        }, cancellationToken);
    }

    private static async Task TryAsync(Func<Task> step, string id, Action<Exception, string> failed)
    {
        try
        {
            await step();
        }
#pragma warning disable CA1031 // Whatever is wrong with one schedule, the others go on.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            failed(error, id);
        }
    }

    private static DreamRow NewDream(DreamScheduleRow schedule, SessionSelection selection) => new()
    {
        WorkspaceId = schedule.WorkspaceId,
        Id = default,
        Status = DreamStatus.Pending,
        IsReview = schedule.Schedule.Mode == "review",
        Model = schedule.Schedule.Model.Id,
        Caps = new DreamCaps(schedule.Schedule.MaxTokens, schedule.Schedule.MaxCost),
        AttackerShare = schedule.Schedule.AttackerShare ?? 0,
        Instructions = schedule.Schedule.Instructions,
        MemoryStoreId = schedule.Schedule.MemoryStoreId,
        SessionIds = [.. selection.Chosen.Select(static s => s.Id).Order(StringComparer.Ordinal)],
        UpdatesExisting = schedule.Schedule.OutputBehavior is OutputBehavior.ToExistingStore,
        CreatedAt = default,
        Fence = 0,
    };

    /// <summary>Null when the run has something to learn from.</summary>
    private async ValueTask<string?> ReasonToSkipAsync(DbSession db, DreamScheduleRow schedule, DreamScheduleRun run, SessionSelection selection, int news)
    {
        if (schedule.Schedule.ArchivedAt is not null) return "the schedule was archived";
        if (await dreams.OpenOnAsync(db, schedule.Store) is { } other) return $"a dream on this store has not ended: {other}";
        if (selection.Chosen.Count == 0) return "no session meets the filter";
        // A store that has grown is news by itself.
        if (news > 0 || run.Trigger.Type == StoreGrowthTrigger.TypeName) return null;
        var since = schedule.Schedule.LastRunAt is { } last ? $" since {Protocol.Sessions.Rfc3339.Write(last)}" : "";
        return $"nothing new: 0 of {selection.Chosen.Count} sessions are new to this store{since}";
    }

    /// <summary>Whether a schedule that is looked at is to run, and how much its store holds where that was asked.</summary>
    private async Task<(bool IsRun, StoreSize? Now)> IsRunAsync(DreamScheduleRow due, CancellationToken cancellationToken)
    {
        switch (due.Schedule.Trigger)
        {
            case CronTrigger:
                return (true, null);
            case SessionEndTrigger trigger:
                return (!await IsBusyAsync(due, cancellationToken) && await _ended.SufficeAsync(due, trigger, cancellationToken), null);
            case StoreGrowthTrigger trigger:
                var now = await database.ReadAsync(db => schedules.SizeAsync(db, due.Store), cancellationToken);
                return (due.Size.HasGrown(trigger, now) && !await IsBusyAsync(due, cancellationToken), now);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A run or a dream is under way, after which one looks again.</summary>
    private async Task<bool> IsBusyAsync(DreamScheduleRow due, CancellationToken cancellationToken) => await database.ReadAsync(
        async db => await runs.IsOneOpenAsync(db, due) || await dreams.OpenOnAsync(db, due.Store) is not null, cancellationToken);
}
