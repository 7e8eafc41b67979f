using System.Text.Json.Serialization;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Sessions;

/// <summary>The agent of a session: a copy taken when the session began, after overrides and later updates of the session.</summary>
public sealed record SessionAgent : AgentConfig
{
    /// <summary>The saved agent, overridden or not; for an imported session one id for each agent's name.</summary>
    public required Id<Agent> Id { get; init; }

    /// <summary>Always <c>agent</c>.</summary>
    public string Type { get; } = "agent";

    /// <summary>The version it was copied from; 1 for an imported session.</summary>
    public required int Version { get; init; }

    /// <summary>Whom it may set to work, written out; null when it works alone.</summary>
    public required SessionMultiagent? Multiagent { get; init; }
}

/// <summary>Whom the agent of a session may set to work, each agent written out in full.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionCoordinator), "coordinator")]
[JsonDerivedType(typeof(SessionMultiagent20261001), "multiagent_20261001")]
public abstract record SessionMultiagent;

/// <summary>The older form: a list of agents.</summary>
/// <param name="Agents">An advisor comes last.</param>
public sealed record SessionCoordinator(IReadOnlyList<ISessionRosterEntry> Agents) : SessionMultiagent;

/// <summary>The form of October 2026.</summary>
public sealed record SessionMultiagent20261001 : SessionMultiagent
{
    /// <summary>Agents it may talk to.</summary>
    public required SessionDelegates Subagents { get; init; }

    /// <summary>Agents its workflows may use.</summary>
    public required SessionDelegates Workflows { get; init; }

    /// <summary>A model it may ask for advice.</summary>
    public required Advisor Advisor { get; init; }
}

/// <summary>An entry of a coordinator's list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionSubagent), "agent")]
[JsonDerivedType(typeof(SessionAdvisor), "advisor")]
public interface ISessionRosterEntry;

/// <summary>An agent that works for another one. It has nobody to work for it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionSubagent), "agent")]
// Not sealed, and a family of its own: where it stands alone in a list its type is written too.
public record SessionSubagent : AgentConfig, ISessionRosterEntry
{
    /// <summary>The saved agent.</summary>
    public required Id<Agent> Id { get; init; }

    /// <summary>The version it was copied from.</summary>
    public required int Version { get; init; }
}

/// <summary>A model asked for advice.</summary>
/// <param name="Model">Its name.</param>
public sealed record SessionAdvisor(string Model) : ISessionRosterEntry;

/// <summary>Agents that may be set to work.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(EnabledSessionDelegates), "enabled")]
[JsonDerivedType(typeof(NoSessionDelegates), "disabled")]
public abstract record SessionDelegates;

/// <summary>Those that are listed, those it makes up, or both.</summary>
/// <param name="InlineAgents">Whether it may make agents up.</param>
/// <param name="PredefinedAgents">At most 20, distinct.</param>
public sealed record EnabledSessionDelegates(InlineAgents InlineAgents, IReadOnlyList<SessionSubagent> PredefinedAgents) : SessionDelegates;

/// <summary>Nobody.</summary>
public sealed record NoSessionDelegates : SessionDelegates;
