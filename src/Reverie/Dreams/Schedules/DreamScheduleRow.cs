using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Scheduling;

namespace Reverie.Dreams.Schedules;

/// <summary>A schedule as it is kept: what people set, and what drives it.</summary>
public sealed record DreamScheduleRow
{
    private const int UpcomingMax = 5;

    /// <summary>How often it is looked whether sessions have ended or a store has grown.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    public required string WorkspaceId { get; init; }

    /// <summary>Without what only the wire shows.</summary>
    public required DreamSchedule Schedule { get; init; }

    /// <summary>When to look at it next: the moment of a cron trigger. Null for never.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>As of when its last run looked for sessions; 1970 before the first, which may begin with what is there.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The store as its last run left it.</summary>
    public required StoreSize Size { get; init; }

    /// <summary>Dreams in a row that changed nothing.</summary>
    public int Streak { get; init; }

    /// <summary>When the first of them ended; null while there are none.</summary>
    public DateTimeOffset? StreakSince { get; init; }

    public MemoryScope Store => new(WorkspaceId, Schedule.MemoryStoreId);

    public bool IsActive => Schedule.Status == Active && Schedule.ArchivedAt is null;

    public const string Active = "active";

    public const string Paused = "paused";

    /// <summary>When to look at a trigger after <paramref name="now"/>; null for never.</summary>
    public static DateTimeOffset? NextLook(DreamTrigger trigger, DateTimeOffset now) => trigger switch
    {
        CronTrigger cron => CronSchedule.Parse(cron.Expression, cron.Timezone).Next(now),
        ManualTrigger => null,
        _ => now + LookEvery,
    };

    /// <summary>What the wire shows.</summary>
    public DreamSchedule ToWire(DateTimeOffset now) => Schedule with
    {
        UpcomingRunsAt = Schedule is { ArchivedAt: null, Trigger: CronTrigger cron } ? CronSchedule.Parse(cron.Expression, cron.Timezone).Upcoming(now, UpcomingMax) : [],
    };
}

/// <summary>How much a store holds.</summary>
/// <param name="Memories">Memories.</param>
/// <param name="Bytes">Bytes of their text.</param>
public readonly record struct StoreSize(long Memories, long Bytes)
{
    /// <summary>Whether a store of this size has grown to <paramref name="now"/> as the trigger wants.</summary>
    public bool HasGrown(StoreGrowthTrigger trigger, StoreSize now) =>
        (trigger.MemoriesAdded is { } memories && now.Memories - Memories >= memories) || (trigger.BytesAdded is { } bytes && now.Bytes - Bytes >= bytes);
}
