namespace Reverie.Agents;

/// <summary>A rule that an agent would break.</summary>
/// <param name="Field">The field of the request, e.g. <c>model.effort</c>.</param>
/// <param name="Rule">What holds and what to do; goes on after the field's name.</param>
public sealed record AgentProblem(string Field, string Rule);
