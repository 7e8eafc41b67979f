using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>A thread of a session besides its primary one, without its log.</summary>
public sealed record ThreadRow
{
    public required Id<SessionThread> Id { get; init; }

    /// <summary>A copy taken when the thread began.</summary>
    public required SessionSubagent Agent { get; init; }

    public required ThreadProgress Progress { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null while it is not archived.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }
}
