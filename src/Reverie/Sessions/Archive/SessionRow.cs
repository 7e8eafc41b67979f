using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Archive;

/// <summary>A session without its log.</summary>
public sealed record SessionRow
{
    public required string WorkspaceId { get; init; }

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

    /// <summary>The outcomes of a session that runs here, in order.</summary>
    public IReadOnlyList<OutcomeEvaluation> Evaluations { get; init; } = [];

    /// <summary>The calls that wait for a client, as <c>WaitingCalls</c> spells them.</summary>
    public string Waiting { get; init; } = "";

    /// <summary>What it has used, as <c>SessionCost</c> spells it; null for a session that never asked a model here.</summary>
    public string? Usage { get; init; }

    /// <summary>Its own thread, as <c>ThreadProgress</c> spells it; null where the session is as its thread is.</summary>
    public string? PrimaryThread { get; init; }

    /// <summary>Microseconds at work until <see cref="RunningSince"/>.</summary>
    public long ActiveMicros { get; init; }

    /// <summary>When the present turn began; null when none is open.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>How long it has been at work.</summary>
    public TimeSpan ActiveFor(TimeProvider clock) => TimeSpan.FromMicroseconds(ActiveMicros) + (RunningSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero);
}
