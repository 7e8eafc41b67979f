namespace Reverie.Protocol.Sessions;

/// <summary>What one evaluation of an outcome found, criterion by criterion.</summary>
/// <param name="Id">The event that ended it.</param>
/// <param name="OutcomeId">Begins with <c>outc_</c>.</param>
/// <param name="Iteration">0 for the first attempt.</param>
/// <param name="Result">How the outcome went on: <c>satisfied</c>, <c>needs_revision</c>, <c>max_iterations_reached</c>, <c>failed</c> or <c>interrupted</c>.</param>
/// <param name="Score">0.0 to 1.0, the mean of the criteria; null when nothing was judged.</param>
/// <param name="Criteria">In the order of the rubric, checks first.</param>
/// <param name="EvaluatedAt">When it ended.</param>
public sealed record OutcomeScores(string Id, string OutcomeId, int Iteration, string Result, double? Score, IReadOnlyList<CriterionScore> Criteria, DateTimeOffset EvaluatedAt)
{
    /// <summary>Always <c>outcome_scores</c>.</summary>
    public string Type { get; } = "outcome_scores";
}

/// <summary>How one criterion was judged.</summary>
/// <param name="Name">The criterion.</param>
/// <param name="Met">It holds fully.</param>
/// <param name="Score">0.0 to 1.0.</param>
/// <param name="Explanation">Why; empty for a check that holds.</param>
/// <param name="IsCheck">It was checked without a model.</param>
public sealed record CriterionScore(string Name, bool Met, double Score, string Explanation, bool IsCheck);

/// <summary>Settings of a workspace.</summary>
/// <param name="GraderModel">The model that judges outcomes; null for that of the agent whose work is judged.</param>
public sealed record WorkspaceSettings(string? GraderModel);
