using System.Text.Json;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Dreams.Schedules;

/// <summary>The dream schedules of a workspace, as resources and as what is due.</summary>
public sealed class DreamScheduleRepository(IdGenerator ids, TimeProvider clock)
{
    /// <summary>Schedules of a workspace that are not archived.</summary>
    public const int SchedulesMax = 1_000;

    /// <summary>The topic that is woken when a schedule may be due earlier than before, or somebody asks for a run.</summary>
    public static readonly object Asked = new();

    private const string Columns = """
        s.workspace_id, s.body, s.status, s.paused_reason, s.next_at, s.seen_at, s.memories, s.bytes, s.streak, s.streak_since, s.last_run_at, s.created_at, s.updated_at, s.archived_at,
        s.alarm_id, (SELECT data FROM alarms a WHERE a.workspace_id = s.workspace_id AND a.id = s.alarm_id)
        """;

    /// <summary>Its id and times are given here.</summary>
    public async ValueTask<DreamScheduleRow> CreateAsync(DbSession db, DreamScheduleRow row)
    {
        var now = DbTime.UtcNow(clock);
        var made = row with { Schedule = row.Schedule with { Id = ids.New<DreamSchedule>(), CreatedAt = now, UpdatedAt = now } };
        db.Wake(Asked);
        await db.ExecuteAsync("""
            INSERT INTO dream_schedules (workspace_id, id, memory_store_id, body, status, next_at, seen_at, memories, bytes, created_at, updated_at)
            VALUES (@workspace, @id, @store, @body, 'active', @next, @seen, @memories, @bytes, @now, @now)
            """, ("@workspace", made.WorkspaceId), ("@id", made.Schedule.Id.Value), ("@store", made.Schedule.MemoryStoreId.Value), ("@body", Write(made.Schedule)), ("@next", Micros(made.NextAt)),
            ("@seen", DbTime.ToMicros(made.SeenAt)), ("@now", DbTime.ToMicros(now)), ("@memories", made.Size.Memories), ("@bytes", made.Size.Bytes));
        return made;
    }

    public async ValueTask<long> CountAsync(DbSession db, string workspaceId) => await db.FirstAsync(
        "SELECT count(*) FROM dream_schedules WHERE workspace_id = @workspace AND archived_at IS NULL", static r => r.GetInt64(0), ("@workspace", workspaceId));

    /// <summary>Null when the workspace has no such schedule. Archived ones are found.</summary>
    public ValueTask<DreamScheduleRow?> FindAsync(DbSession db, string workspaceId, Id<DreamSchedule> id) => db.FirstAsync(
        $"SELECT {Columns} FROM dream_schedules s WHERE s.workspace_id = @workspace AND s.id = @id", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Like <see cref="FindAsync"/>, and nobody else moves the schedule before this transaction ends.</summary>
    public ValueTask<DreamScheduleRow?> HoldAsync(DbSession db, string workspaceId, Id<DreamSchedule> id) => db.FirstAsync(
        $"SELECT {Columns} FROM dream_schedules s WHERE s.workspace_id = @workspace AND s.id = @id {db.Dialect.ForUpdate}", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Newest first.</summary>
    /// <param name="after">The last one seen; null from the start.</param>
    public ValueTask<List<DreamScheduleRow>> ListAsync(DbSession db, string workspaceId, string? storeId, string? status, bool isArchivedShown, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM dream_schedules s
        WHERE s.workspace_id = @workspace {(isArchivedShown ? "" : "AND s.archived_at IS NULL")} {(storeId is null ? "" : "AND s.memory_store_id = @store")} {(status is null ? "" : "AND s.status = @status")}
            AND (s.created_at < @after OR (s.created_at = @after AND s.id < @id))
        ORDER BY s.created_at DESC, s.id DESC LIMIT @limit
        """, Read, [("@workspace", workspaceId), ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", limit),
            .. storeId is null ? Array.Empty<(string, object?)>() : [("@store", storeId)], .. status is null ? Array.Empty<(string, object?)>() : [("@status", status)]]);

    /// <summary>Those to be looked at, the longest overdue first.</summary>
    public ValueTask<List<DreamScheduleRow>> DueAsync(DbSession db, int limit) => db.QueryAsync(
        $"SELECT {Columns} FROM dream_schedules s WHERE s.next_at <= @now ORDER BY s.next_at, s.workspace_id, s.id LIMIT @limit", Read, ("@now", DbTime.ToMicros(clock.GetUtcNow())), ("@limit", limit));

    /// <summary>Takes the moment a schedule is due at, for good. False when another process has taken it, or the schedule was changed meanwhile.</summary>
    /// <param name="seen">As it was when it was found due.</param>
    /// <param name="next">When to look at it next.</param>
    /// <param name="now">How much the store holds: growth is measured from no more than that. Null where nobody looked.</param>
    public async ValueTask<bool> TakeAsync(DbSession db, DreamScheduleRow seen, DateTimeOffset? next, StoreSize? now) => await db.ExecuteAsync("""
        UPDATE dream_schedules SET next_at = @next, memories = CASE WHEN memories > @memories THEN @memories ELSE memories END, bytes = CASE WHEN bytes > @bytes THEN @bytes ELSE bytes END
        WHERE workspace_id = @workspace AND id = @id AND next_at = @due AND updated_at = @updated
        """, ("@next", Micros(next)), ("@memories", now?.Memories ?? long.MaxValue), ("@bytes", now?.Bytes ?? long.MaxValue), ("@workspace", seen.WorkspaceId), ("@id", seen.Schedule.Id.Value),
        ("@due", Micros(seen.NextAt)), ("@updated", DbTime.ToMicros(seen.Schedule.UpdatedAt))) == 1;

    /// <summary>What people set, and whether it runs. The caller holds it.</summary>
    public async ValueTask<DreamScheduleRow> UpdateAsync(DbSession db, DreamScheduleRow row)
    {
        // Never the same twice, so that who has looked at the schedule before sees that it was changed.
        var now = DbTime.ToMicros(clock.GetUtcNow());
        var changed = row with { Schedule = row.Schedule with { UpdatedAt = DbTime.FromMicros(Math.Max(now, DbTime.ToMicros(row.Schedule.UpdatedAt) + 1)) } };
        db.Wake(Asked);
        await db.ExecuteAsync("""
            UPDATE dream_schedules SET body = @body, status = @status, paused_reason = @reason, next_at = @next, memories = @memories, bytes = @bytes, updated_at = @updated, archived_at = @archived
            WHERE workspace_id = @workspace AND id = @id
            """, ("@body", Write(changed.Schedule)), ("@status", changed.Schedule.Status), ("@reason", Reason(changed.Schedule.PausedReason)), ("@next", Micros(changed.NextAt)),
            ("@memories", changed.Size.Memories), ("@bytes", changed.Size.Bytes), ("@updated", DbTime.ToMicros(changed.Schedule.UpdatedAt)), ("@archived", Micros(changed.Schedule.ArchivedAt)),
            ("@workspace", changed.WorkspaceId), ("@id", changed.Schedule.Id.Value));
        return changed;
    }

    /// <summary>Notes that a run has looked for sessions, and whether it began a dream.</summary>
    public ValueTask<int> SeeAsync(DbSession db, DreamScheduleRow row, DateTimeOffset seenAt, bool hasBegun) => db.ExecuteAsync(
        $"UPDATE dream_schedules SET seen_at = @seen {(hasBegun ? ", last_run_at = @now" : "")} WHERE workspace_id = @workspace AND id = @id",
        [("@seen", DbTime.ToMicros(seenAt)), ("@workspace", row.WorkspaceId), ("@id", row.Schedule.Id.Value), .. hasBegun ? [("@now", DbTime.ToMicros(clock.GetUtcNow()))] : Array.Empty<(string, object?)>()]);

    /// <summary>Notes how the dreams of late went, and the store as they left it. The caller holds the schedule.</summary>
    /// <param name="alarmId">The alarm that lasts; null for none.</param>
    public ValueTask<int> NoteAsync(DbSession db, DreamScheduleRow row, StoreSize size, int streak, DateTimeOffset? since, string? alarmId) => db.ExecuteAsync(
        "UPDATE dream_schedules SET memories = @memories, bytes = @bytes, streak = @streak, streak_since = @since, alarm_id = @alarm WHERE workspace_id = @workspace AND id = @id",
        ("@memories", size.Memories), ("@bytes", size.Bytes), ("@streak", (long)streak), ("@since", Micros(since)), ("@alarm", alarmId), ("@workspace", row.WorkspaceId), ("@id", row.Schedule.Id.Value));

    /// <summary>Removes the schedule with its runs; its dreams stay.</summary>
    public async ValueTask DeleteAsync(DbSession db, DreamScheduleRow row)
    {
        await db.ExecuteAsync("DELETE FROM dream_schedule_runs WHERE workspace_id = @workspace AND schedule_id = @id", ("@workspace", row.WorkspaceId), ("@id", row.Schedule.Id.Value));
        await db.ExecuteAsync("DELETE FROM dream_schedules WHERE workspace_id = @workspace AND id = @id", ("@workspace", row.WorkspaceId), ("@id", row.Schedule.Id.Value));
    }

    /// <summary>How much a store holds now.</summary>
    public async ValueTask<StoreSize> SizeAsync(DbSession db, MemoryScope store) => await db.FirstAsync(
        "SELECT count(*), coalesce(CAST(sum(content_size_bytes) AS BIGINT), 0) FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store",
        static r => new StoreSize(r.GetInt64(0), r.GetInt64(1)), ("@workspace", store.WorkspaceId), ("@store", store.StoreId.Value));

    private static long? Micros(DateTimeOffset? time) => time is { } at ? DbTime.ToMicros(at) : null;

    private static string Write(DreamSchedule schedule) => JsonSerializer.Serialize(schedule, WireJson.Wire.DreamSchedule);

    /// <summary><c>manual</c>, or the type of the error.</summary>
    private static string? Reason(DreamSchedulePause? pause) => pause?.Error?.Type ?? pause?.Type;

    private static DreamSchedulePause? Pause(string? reason) => reason switch
    {
        null => null,
        Manual => new DreamSchedulePause(Manual, null),
        _ => new DreamSchedulePause("error", new DreamScheduleProblem(reason)),
    };

    private const string Manual = "manual";

    private static DreamScheduleRow Read(DbRow row)
    {
        var streak = row.TextOrNull(15) is { } data ? JsonSerializer.Deserialize(data, WireJson.Wire.NoOpStreak) : null;
        return new DreamScheduleRow
        {
            WorkspaceId = row.GetString(0),
            Schedule = JsonSerializer.Deserialize(row.GetString(1), WireJson.Wire.DreamSchedule)! with
            {
                Status = row.GetString(2),
                PausedReason = Pause(row.TextOrNull(3)),
                LastRunAt = row.TimeOrNull(10),
                CreatedAt = row.Time(11),
                UpdatedAt = row.Time(12),
                ArchivedAt = row.TimeOrNull(13),
                Alarm = streak is null ? null : new DreamScheduleAlarm(row.GetString(14), streak.Reason, streak.Since, streak.Streak),
            },
            NextAt = row.TimeOrNull(4),
            SeenAt = row.Time(5),
            Size = new StoreSize(row.GetInt64(6), row.GetInt64(7)),
            Streak = (int)row.GetInt64(8),
            StreakSince = row.TimeOrNull(9),
        };
    }
}
