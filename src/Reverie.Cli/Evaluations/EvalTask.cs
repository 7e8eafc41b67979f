namespace Reverie.Cli.Evaluations;

/// <summary>One task of an evaluation.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Text">What the agent is asked.</param>
/// <param name="Files">Paths of what is mounted for it.</param>
/// <param name="Checks">What must hold afterwards.</param>
/// <param name="Outcome">What a grader must be satisfied with; null for no grader.</param>
internal sealed record EvalTask(string Name, string Text, IReadOnlyList<string> Files, IReadOnlyList<TaskCheck> Checks, TaskOutcome? Outcome);

/// <summary>The outcome a task defines.</summary>
/// <param name="Rubric">How it is scored.</param>
/// <param name="IterationsMax">Attempts, 1 to 20; null for the server's default.</param>
internal sealed record TaskOutcome(string Rubric, int? IterationsMax);
