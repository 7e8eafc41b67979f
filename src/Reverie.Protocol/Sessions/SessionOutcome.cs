namespace Reverie.Protocol.Sessions;

/// <summary>How a session was judged by a grader, a test or a person; never by the agent that ran it.</summary>
/// <param name="Satisfied">True for <c>satisfied</c>, false for <c>failed</c>.</param>
/// <param name="Score">0.0 to 1.0; null when the judge gave none.</param>
/// <param name="Explanation">The judge's words; null when it gave none.</param>
public sealed record SessionOutcome(bool Satisfied, double? Score, string? Explanation);
