using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Protocol.Dreams;

/// <summary>A standing instruction to dream over a store (beyond the public contract).</summary>
public sealed record DreamSchedule : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "dsch";

    /// <summary>Unique; never used again.</summary>
    public required Id<DreamSchedule> Id { get; init; }

    /// <summary>Always <c>dream_schedule</c>.</summary>
    public string Type { get; } = "dream_schedule";

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The store its dreams read.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>The sessions its dreams read, chosen anew for each run.</summary>
    public required DreamSessionFilter Sessions { get; init; }

    /// <summary>When it runs.</summary>
    public required DreamTrigger Trigger { get; init; }

    /// <summary>What dreams.</summary>
    public required DreamModel Model { get; init; }

    /// <summary>Tokens of all kinds each of its dreams may use; null for no bound.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>US dollars at list price each of its dreams may cost; null for no bound.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Share of the sessions that one attacker may control, 0 to 0.5: what no more bear out is proposed; null for 0.</summary>
    public decimal? AttackerShare { get; init; }

    /// <summary>The steering text; null for none.</summary>
    public required string? Instructions { get; init; }

    /// <summary><c>auto</c>, or <c>review</c> to leave every change proposed.</summary>
    public required string Mode { get; init; }

    /// <summary>Where its dreams write.</summary>
    public required OutputBehavior OutputBehavior { get; init; }

    /// <summary>Dreams in a row that change nothing until an alarm is raised.</summary>
    public required int NoOpAlarmAfter { get; init; }

    /// <summary><c>active</c> or <c>paused</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is paused; null while it is not.</summary>
    public required DreamSchedulePause? PausedReason { get; init; }

    /// <summary>When its newest run began a dream; null before the first.</summary>
    public required DateTimeOffset? LastRunAt { get; init; }

    /// <summary>The next moments of a <c>cron</c> trigger, up to five; empty for other triggers and once archived.</summary>
    public required IReadOnlyList<DateTimeOffset> UpcomingRunsAt { get; init; }

    /// <summary>What is wrong; null while nothing is.</summary>
    public required DreamScheduleAlarm? Alarm { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When people last changed it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was archived; null while it is not.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}

/// <summary>When a schedule runs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CronTrigger), CronTrigger.TypeName)]
[JsonDerivedType(typeof(SessionEndTrigger), SessionEndTrigger.TypeName)]
[JsonDerivedType(typeof(StoreGrowthTrigger), StoreGrowthTrigger.TypeName)]
[JsonDerivedType(typeof(ManualTrigger), ManualTrigger.TypeName)]
public abstract record DreamTrigger
{
    /// <summary>Its <c>type</c> on the wire.</summary>
    [JsonIgnore]
    public abstract string Name { get; }
}

/// <summary>At moments that a clock shows.</summary>
/// <param name="Expression">POSIX cron: minute, hour, day of month, month, day of week.</param>
/// <param name="Timezone">An IANA name.</param>
public sealed record CronTrigger(string Expression, string Timezone) : DreamTrigger
{
    /// <summary>Its <c>type</c> on the wire.</summary>
    public const string TypeName = "cron";

    /// <inheritdoc />
    public override string Name => TypeName;
}

/// <summary>When sessions have ended.</summary>
/// <param name="QuietSeconds">A session has ended once it was not written to for so long.</param>
/// <param name="MinNewSessions">Ended sessions that the store's dreams have not read, at least.</param>
/// <param name="MinNewEvents">Events of these together, at least.</param>
public sealed record SessionEndTrigger(int QuietSeconds, int MinNewSessions, int MinNewEvents) : DreamTrigger
{
    /// <summary>Its <c>type</c> on the wire.</summary>
    public const string TypeName = "session_end";

    /// <inheritdoc />
    public override string Name => TypeName;
}

/// <summary>When the store has grown since the last run left it.</summary>
/// <param name="MemoriesAdded">By so many memories; null for any number.</param>
/// <param name="BytesAdded">By so many bytes of text; null for any number.</param>
public sealed record StoreGrowthTrigger(int? MemoriesAdded, int? BytesAdded) : DreamTrigger
{
    /// <summary>Its <c>type</c> on the wire.</summary>
    public const string TypeName = "store_growth";

    /// <inheritdoc />
    public override string Name => TypeName;
}

/// <summary>Only when somebody asks.</summary>
public sealed record ManualTrigger : DreamTrigger
{
    /// <summary>Its <c>type</c> on the wire.</summary>
    public const string TypeName = "manual";

    /// <inheritdoc />
    public override string Name => TypeName;
}

/// <summary>Why a schedule is paused.</summary>
/// <param name="Type"><c>manual</c>, or <c>error</c> where its last run could not go on.</param>
/// <param name="Error">What was wrong; null where somebody paused it.</param>
public sealed record DreamSchedulePause(string Type, DreamScheduleProblem? Error);

/// <summary>What stands in the way of a schedule.</summary>
/// <param name="Type">E.g. <c>memory_store_unavailable</c>; an open set.</param>
public sealed record DreamScheduleProblem(string Type);

/// <summary>What is wrong with a schedule.</summary>
/// <param name="Id">The alarm.</param>
/// <param name="Reason">For people.</param>
/// <param name="Since">When the first dream of the streak ended.</param>
/// <param name="Streak">Dreams in a row that changed nothing.</param>
public sealed record DreamScheduleAlarm(string Id, string Reason, DateTimeOffset Since, int Streak);

/// <summary>One run of a schedule and what came of it.</summary>
public sealed record DreamScheduleRun : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "dsrn";

    /// <summary>Unique; never used again.</summary>
    public required Id<DreamScheduleRun> Id { get; init; }

    /// <summary>Always <c>dream_schedule_run</c>.</summary>
    public string Type { get; } = "dream_schedule_run";

    /// <summary>The schedule.</summary>
    public required Id<DreamSchedule> DreamScheduleId { get; init; }

    /// <summary>What set it off.</summary>
    public required DreamRunTrigger Trigger { get; init; }

    /// <summary>Where it stands.</summary>
    public required DreamRunStatus Status { get; init; }

    /// <summary>The dream it began; null when it began none.</summary>
    public required string? DreamId { get; init; }

    /// <summary>Sessions chosen; null before they were.</summary>
    public required long? Sessions { get; init; }

    /// <summary>Of these, sessions that no dream on the store had read; null before they were chosen.</summary>
    public required long? NewSessions { get; init; }

    /// <summary>Why it was skipped; null unless it was.</summary>
    public required string? Reason { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public required DreamError? Error { get; init; }

    /// <summary>What the dream found; null until it has ended.</summary>
    public required DreamChangeCounts? Changes { get; init; }

    /// <summary>When it was set off.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began its dream; null when it began none.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was over; null before.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What set a run off.</summary>
/// <param name="Type"><c>cron</c>, <c>session_end</c>, <c>store_growth</c> or <c>manual</c>.</param>
/// <param name="ScheduledAt">The moment it was due; null where somebody asked for it.</param>
public sealed record DreamRunTrigger(string Type, DateTimeOffset? ScheduledAt);

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(WireNames<DreamRunStatus>))]
public enum DreamRunStatus
{
    /// <summary>Its sessions are about to be chosen.</summary>
    Pending,

    /// <summary>Its dream waits or is at work.</summary>
    Dreaming,

    /// <summary>Its dream has completed.</summary>
    Completed,

    /// <summary>There was nothing to do.</summary>
    Skipped,

    /// <summary>It could not begin, or its dream failed.</summary>
    Failed,

    /// <summary>Its dream was canceled.</summary>
    Canceled,
}

/// <summary>Changes of a dream by where they stand when it ends.</summary>
/// <param name="Applied">In the store.</param>
/// <param name="Proposed">Wait for a person.</param>
/// <param name="Quarantined">Wait for a person to look closely.</param>
public sealed record DreamChangeCounts(int Applied, int Proposed, int Quarantined)
{
    /// <summary>The dream found nothing to change.</summary>
    [JsonIgnore]
    public bool IsNoOp => Applied + Proposed + Quarantined == 0;
}
