using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Alarms;

/// <summary>Something that people should look at (beyond the public contract).</summary>
public sealed record Alarm : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "alrm";

    /// <summary>Unique; never used again.</summary>
    public required Id<Alarm> Id { get; init; }

    /// <summary>What kind; an open set.</summary>
    public string Type { get; } = NoOpStreak.AlarmType;

    /// <summary>What is known of it.</summary>
    public required NoOpStreak Data { get; init; }

    /// <summary>When it was raised.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was over or acknowledged; null while it lasts.</summary>
    public required DateTimeOffset? ClearedAt { get; init; }
}

/// <summary>A schedule whose dreams change nothing, as of the alarm's last dream.</summary>
/// <param name="Id">The schedule.</param>
/// <param name="Name">What people call it.</param>
/// <param name="MemoryStoreId">Its store.</param>
/// <param name="Reason">For people.</param>
/// <param name="Since">When the first dream of the streak ended.</param>
/// <param name="Streak">Dreams in a row that changed nothing.</param>
/// <param name="DreamId">The last of them.</param>
public sealed record NoOpStreak(string Id, string Name, string MemoryStoreId, string Reason, DateTimeOffset Since, int Streak, string DreamId)
{
    /// <summary>The type of its alarm.</summary>
    public const string AlarmType = "dream_schedule.no_op_streak";
}
