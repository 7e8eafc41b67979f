using System.Diagnostics;
using Reverie.Alarms;
using Reverie.Dreams.Jobs;
using Reverie.Protocol.Alarms;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Dreams.Schedules;

/// <summary>Ends the runs whose dream has ended, and raises the alarm where dreams change nothing one after the other.</summary>
public sealed class DreamRunEnding(DreamScheduleRepository schedules, DreamRunRepository runs, DreamRepository dreams, DreamChangeRepository changes, AlarmRepository alarms)
{
    /// <summary>False when that was done already.</summary>
    public async ValueTask<bool> EndAsync(DbSession db, string workspaceId, DreamScheduleRun run)
    {
        if (await schedules.HoldAsync(db, workspaceId, run.DreamScheduleId) is not { } schedule) return false;
        var dream = await dreams.FindAsync(db, workspaceId, Id<Dream>.Parse(run.DreamId!)) ?? throw new UnreachableException("dreams are not deleted");
        var counts = Count(await changes.ListAsync(db, workspaceId, dream.Id));
        var status = dream.Status switch
        {
            DreamStatus.Completed => DreamRunStatus.Completed,
            DreamStatus.Failed => DreamRunStatus.Failed,
            DreamStatus.Canceled => DreamRunStatus.Canceled,
            _ => throw new UnreachableException("the dream has ended"),
        };
        var endedAt = dream.EndedAt!.Value;
        if (!await runs.EndAsync(db, workspaceId, run, status, dream.Error, counts, endedAt)) return false;
        var size = await schedules.SizeAsync(db, schedule.Store);
        var alarmId = schedule.Schedule.Alarm?.Id;
        if (status != DreamRunStatus.Completed) await schedules.NoteAsync(db, schedule, size, schedule.Streak, schedule.StreakSince, alarmId);
        else if (!counts.IsNoOp) await ClearAsync(db, schedule, size);
        else await LengthenAsync(db, schedule, size, dream, endedAt);
        return true;
    }

    /// <summary>Begins a new streak: a dream has changed something, or a person has seen the alarm. The caller holds the schedule.</summary>
    public async ValueTask ClearAsync(DbSession db, DreamScheduleRow schedule, StoreSize size)
    {
        if (schedule.Schedule.Alarm is { } alarm) await alarms.ClearAsync(db, schedule.WorkspaceId, Id<Alarm>.Parse(alarm.Id));
        await schedules.NoteAsync(db, schedule, size, 0, null, null);
    }

    private async ValueTask LengthenAsync(DbSession db, DreamScheduleRow schedule, StoreSize size, DreamRow dream, DateTimeOffset endedAt)
    {
        var (streak, since) = (schedule.Streak + 1, schedule.StreakSince ?? endedAt);
        var alarmId = schedule.Schedule.Alarm?.Id;
        var data = new NoOpStreak(schedule.Schedule.Id.Value, schedule.Schedule.Name, schedule.Schedule.MemoryStoreId.Value, Reason(streak, dream), since, streak, dream.Id.Value);
        if (alarmId is not null) await alarms.UpdateAsync(db, schedule.WorkspaceId, Id<Alarm>.Parse(alarmId), data);
        else if (streak >= schedule.Schedule.NoOpAlarmAfter) alarmId = (await alarms.RaiseAsync(db, schedule.WorkspaceId, data)).Value;
        await schedules.NoteAsync(db, schedule, size, streak, since, alarmId);
    }

    private static string Reason(int streak, DreamRow dream)
    {
        var last = dream.Report?.Refused is [var first, ..] ? $"; the last one left out: {first.What} ({first.Reason})" : "";
        return $"{(streak == 1 ? "the last dream" : $"{streak} dreams in a row")} changed nothing{last}";
    }

    private static DreamChangeCounts Count(IEnumerable<DreamChange> all)
    {
        var byStatus = all.CountBy(static c => c.ToChange().Status).ToDictionary();
        return new DreamChangeCounts(byStatus.GetValueOrDefault(ChangeStatus.Applied), byStatus.GetValueOrDefault(ChangeStatus.Proposed), byStatus.GetValueOrDefault(ChangeStatus.Quarantined));
    }
}
