using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Archive;

/// <summary>A session without its log.</summary>
public sealed record SessionRow
{
    public required Id<Session> Id { get; init; }

    /// <summary>Where it came from; <c>reverie</c> for one that ran here.</summary>
    public required string Source { get; init; }

    /// <summary>Its id where it came from; unique within its source.</summary>
    public required string ExternalId { get; init; }

    public required string AgentName { get; init; }

    public string? Title { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>How it was judged; null when nobody judged it.</summary>
    public SessionOutcome? Outcome { get; init; }

    public required SessionStatus Status { get; init; }

    public required long EventCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }
}
