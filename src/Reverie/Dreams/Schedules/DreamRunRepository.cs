using System.Text.Json;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Dreams.Schedules;

/// <summary>The runs of schedules: a history that only grows, and what is still to be done. A run moves forward only, whoever moves it.</summary>
public sealed class DreamRunRepository(IdGenerator ids, TimeProvider clock)
{
    private const string Columns = "id, schedule_id, trigger_type, scheduled_at, status, dream_id, sessions, new_sessions, reason, error_type, error_message, changes, created_at, started_at, ended_at";

    /// <summary>Sets a run off. Null when that moment of the schedule has a run already.</summary>
    public async ValueTask<DreamScheduleRun?> AddAsync(DbSession db, DreamScheduleRow schedule, DreamRunTrigger trigger)
    {
        var id = ids.New<DreamScheduleRun>();
        db.Wake(DreamScheduleRepository.Asked);
        return await db.FirstAsync(
            $"""
            INSERT INTO dream_schedule_runs (workspace_id, id, schedule_id, trigger_type, scheduled_at, status, created_at)
            VALUES (@workspace, @id, @schedule, @trigger, @at, 'pending', @now)
            ON CONFLICT (workspace_id, schedule_id, scheduled_at) DO NOTHING RETURNING {Columns}
            """, Read, ("@workspace", schedule.WorkspaceId), ("@id", id.Value), ("@schedule", schedule.Schedule.Id.Value), ("@trigger", trigger.Type),
            ("@at", trigger.ScheduledAt is { } at ? DbTime.ToMicros(at) : null), ("@now", DbTime.ToMicros(clock.GetUtcNow())));
    }

    /// <summary>Newest first.</summary>
    /// <param name="after">The last one seen; null from the start.</param>
    public ValueTask<List<DreamScheduleRun>> ListAsync(DbSession db, string workspaceId, Id<DreamSchedule> schedule, IReadOnlyList<DreamRunStatus> statuses, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM dream_schedule_runs
        WHERE workspace_id = @workspace AND schedule_id = @schedule AND (created_at < @after OR (created_at = @after AND id < @id))
            {(statuses.Count == 0 ? "" : $"AND status IN ({string.Join(", ", statuses.Select(static s => $"'{WireNames<DreamRunStatus>.Of(s)}'"))})")}
        ORDER BY created_at DESC, id DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@schedule", schedule.Value), ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", limit));

    /// <summary>Runs whose sessions are to be chosen, the oldest first.</summary>
    public ValueTask<List<(string WorkspaceId, DreamScheduleRun Run)>> PendingAsync(DbSession db, int limit) => db.QueryAsync(
        $"SELECT {Columns}, workspace_id FROM dream_schedule_runs WHERE status = 'pending' AND ended_at IS NULL ORDER BY created_at, id LIMIT @limit", static r => (r.GetString(15), Read(r)), ("@limit", limit));

    /// <summary>Runs whose dream has ended, the oldest first.</summary>
    public ValueTask<List<(string WorkspaceId, DreamScheduleRun Run)>> DreamtAsync(DbSession db, int limit) => db.QueryAsync(
        $"""
        SELECT {string.Join(", ", Columns.Split(", ").Select(static c => "r." + c))}, r.workspace_id FROM dream_schedule_runs r JOIN dreams d ON d.workspace_id = r.workspace_id AND d.id = r.dream_id
        WHERE r.status = 'dreaming' AND r.ended_at IS NULL AND d.ended_at IS NOT NULL ORDER BY r.created_at, r.id LIMIT @limit
        """, static r => (r.GetString(15), Read(r)), ("@limit", limit));

    /// <summary>A run of the schedule is not over.</summary>
    public async ValueTask<bool> IsOneOpenAsync(DbSession db, DreamScheduleRow schedule) => await db.FirstAsync(
        "SELECT 1 FROM dream_schedule_runs WHERE workspace_id = @workspace AND schedule_id = @schedule AND ended_at IS NULL LIMIT 1",
        static r => (long?)r.GetInt64(0), ("@workspace", schedule.WorkspaceId), ("@schedule", schedule.Schedule.Id.Value)) is not null;

    /// <summary>Its sessions are still to be chosen.</summary>
    public async ValueTask<bool> IsPendingAsync(DbSession db, string workspaceId, DreamScheduleRun run) => await db.FirstAsync(
        "SELECT 1 FROM dream_schedule_runs WHERE workspace_id = @workspace AND id = @id AND status = 'pending'", static r => (long?)r.GetInt64(0), ("@workspace", workspaceId), ("@id", run.Id.Value)) is not null;

    /// <summary>The run has a dream. The caller holds the schedule; so it does below.</summary>
    public ValueTask<int> BeginAsync(DbSession db, string workspaceId, DreamScheduleRun run, Id<Dream> dream, long sessions, long newSessions) => db.ExecuteAsync(
        "UPDATE dream_schedule_runs SET status = 'dreaming', dream_id = @dream, sessions = @sessions, new_sessions = @new, started_at = @now WHERE workspace_id = @workspace AND id = @id AND status = 'pending'",
        ("@dream", dream.Value), ("@sessions", sessions), ("@new", newSessions), ("@now", Now), ("@workspace", workspaceId), ("@id", run.Id.Value));

    /// <summary>There is nothing to do.</summary>
    public ValueTask<int> SkipAsync(DbSession db, string workspaceId, DreamScheduleRun run, string reason, long? sessions, long? newSessions) => db.ExecuteAsync(
        "UPDATE dream_schedule_runs SET status = 'skipped', reason = @reason, sessions = @sessions, new_sessions = @new, ended_at = @now WHERE workspace_id = @workspace AND id = @id AND status = 'pending'",
        ("@reason", reason), ("@sessions", sessions), ("@new", newSessions), ("@now", Now), ("@workspace", workspaceId), ("@id", run.Id.Value));

    /// <summary>It cannot begin.</summary>
    public ValueTask<int> FailAsync(DbSession db, string workspaceId, DreamScheduleRun run, DreamError error) => db.ExecuteAsync(
        "UPDATE dream_schedule_runs SET status = 'failed', error_type = @type, error_message = @message, ended_at = @now WHERE workspace_id = @workspace AND id = @id AND status = 'pending'",
        ("@type", error.Type), ("@message", error.Message), ("@now", Now), ("@workspace", workspaceId), ("@id", run.Id.Value));

    /// <summary>Its dream has ended. False when that was noted already.</summary>
    public async ValueTask<bool> EndAsync(DbSession db, string workspaceId, DreamScheduleRun run, DreamRunStatus status, DreamError? error, DreamChangeCounts changes, DateTimeOffset endedAt) => await db.ExecuteAsync(
        "UPDATE dream_schedule_runs SET status = @status, error_type = @type, error_message = @message, changes = @changes, ended_at = @ended WHERE workspace_id = @workspace AND id = @id AND status = 'dreaming'",
        ("@status", WireNames<DreamRunStatus>.Of(status)), ("@type", error?.Type), ("@message", error?.Message), ("@changes", JsonSerializer.Serialize(changes, WireJson.Wire.DreamChangeCounts)),
        ("@ended", DbTime.ToMicros(endedAt)), ("@workspace", workspaceId), ("@id", run.Id.Value)) == 1;

    private long Now => DbTime.ToMicros(clock.GetUtcNow());

    private static DreamScheduleRun Read(DbRow row) => new()
    {
        Id = Id<DreamScheduleRun>.Parse(row.GetString(0)),
        DreamScheduleId = Id<DreamSchedule>.Parse(row.GetString(1)),
        Trigger = new DreamRunTrigger(row.GetString(2), row.TimeOrNull(3)),
        Status = WireNames<DreamRunStatus>.Parse(row.GetString(4)),
        DreamId = row.TextOrNull(5),
        Sessions = row.LongOrNull(6),
        NewSessions = row.LongOrNull(7),
        Reason = row.TextOrNull(8),
        Error = row.TextOrNull(9) is { } type ? new DreamError(type, row.GetString(10)) : null,
        Changes = row.TextOrNull(11) is { } changes ? JsonSerializer.Deserialize(changes, WireJson.Wire.DreamChangeCounts) : null,
        CreatedAt = row.Time(12),
        StartedAt = row.TimeOrNull(13),
        EndedAt = row.TimeOrNull(14),
    };
}
