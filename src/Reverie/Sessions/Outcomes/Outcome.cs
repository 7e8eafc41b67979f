using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Outcomes;

/// <summary>An outcome as the log tells it.</summary>
/// <param name="Id">Begins with <c>outc_</c>.</param>
/// <param name="Description">The task.</param>
/// <param name="Rubric">How the work is judged, checks included.</param>
/// <param name="MaxIterations">Evaluations it may have, 1 to 20.</param>
/// <param name="Examples">Files that show what good work looks like.</param>
public sealed record Outcome(string Id, string Description, string Rubric, int MaxIterations, IReadOnlyList<string> Examples)
{
    /// <summary>Evaluations when a client asks for no number.</summary>
    public const int DefaultIterations = 3;

    /// <summary>The most it may ask for.</summary>
    public const int IterationsMax = 20;

    /// <summary>The number of the event that defined it: an older interrupt does not end it.</summary>
    public long Seq { get; init; }

    /// <summary><c>running</c> while the agent works, <c>evaluating</c>, or how it ended.</summary>
    public string Result { get; init; } = OutcomeResults.Running;

    /// <summary>0 for the first attempt.</summary>
    public int Iteration { get; init; }

    /// <summary>What the grader said last; null before it said anything.</summary>
    public string? Explanation { get; init; }

    /// <summary>0.0 to 1.0 by the last evaluation; null before there was one.</summary>
    public double? Score { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The event of the evaluation under way; null for none.</summary>
    public string? EvaluationId { get; init; }

    /// <summary>What its agent is told to do.</summary>
    public string Task =>
        $"""
        # Task

        {Description}

        # How the work is judged

        {Rubric}

        Put what you hand over into /mnt/session/outputs/. When the work is done, end your turn: a separate grader then judges it by the rubric.
        """;

    /// <summary>As the session shows it.</summary>
    public OutcomeEvaluation Show() => new() { OutcomeId = Id, Description = Description, Result = Result, Iteration = Iteration, Explanation = Explanation, CompletedAt = CompletedAt };
}

/// <summary>How an outcome stands (public contract, "Session field outcome_evaluations").</summary>
public static class OutcomeResults
{
    public const string Running = "running";
    public const string Evaluating = "evaluating";
    public const string NeedsRevision = "needs_revision";
    public const string Satisfied = "satisfied";
    public const string MaxIterationsReached = "max_iterations_reached";
    public const string Failed = "failed";
    public const string Interrupted = "interrupted";

    /// <summary>Nothing follows.</summary>
    public static bool IsTerminal(string result) => result is Satisfied or MaxIterationsReached or Failed or Interrupted;
}
