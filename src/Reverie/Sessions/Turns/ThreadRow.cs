using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>A thread of a session besides its primary one, without its log.</summary>
public sealed record ThreadRow
{
    public required Id<SessionThread> Id { get; init; }

    /// <summary>A copy taken when the thread began.</summary>
    public required SessionSubagent Agent { get; init; }

    public required SessionStatus Status { get; init; }

    /// <summary>What it has used, as <see cref="SessionCost"/> spells it; null until its first turn ended.</summary>
    public string? Usage { get; init; }

    /// <summary>Time at work until <see cref="RunningSince"/>.</summary>
    public TimeSpan Active { get; init; }

    /// <summary>When its present turn began; null when none is open.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null while it is not archived.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }
}
