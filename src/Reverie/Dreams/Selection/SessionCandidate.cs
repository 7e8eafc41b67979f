using Reverie.Dreaming.Review;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Outcomes;

namespace Reverie.Dreams.Selection;

/// <summary>What is known of a session before it is read.</summary>
public sealed record SessionCandidate
{
    /// <summary>Where nobody judged it.</summary>
    public const string Unjudged = "none";

    public required string Id { get; init; }

    public required string Agent { get; init; }

    public required string Source { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of its last event.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>When it was last written to here; later than <see cref="EndedAt"/> for an imported one.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public required long EventCount { get; init; }

    /// <summary>How far its log goes.</summary>
    public required long NextSeq { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required SessionOutcome? Outcome { get; init; }

    public required IReadOnlyList<OutcomeEvaluation> Evaluations { get; init; }

    /// <summary>No completed dream that read or wrote the store asked about has read it as it is now.</summary>
    public required bool IsNew { get; init; }

    /// <summary>What a review finds in it; null where that is not known.</summary>
    public SessionSigns? Signs { get; init; }

    /// <summary>Somebody judged it.</summary>
    public bool IsGraded => Outcome is not null;

    /// <summary>How it was judged last.</summary>
    public string Result => Evaluations.LastOrDefault(static e => OutcomeResults.IsTerminal(e.Result)) is { } last ? last.Result
        : Outcome is not { } label ? Unjudged
        : label.Satisfied ? OutcomeResults.Satisfied : OutcomeResults.Failed;
}
