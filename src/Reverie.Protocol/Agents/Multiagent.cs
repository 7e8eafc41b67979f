using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Agents;

/// <summary>Whom an agent may set to work.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Coordinator), "coordinator")]
[JsonDerivedType(typeof(Multiagent20261001), "multiagent_20261001")]
public abstract record Multiagent;

/// <summary>The older form: a list of agents.</summary>
/// <param name="Agents">1 to 20 distinct entries, an advisor last.</param>
public sealed record Coordinator(IReadOnlyList<RosterEntry> Agents) : Multiagent;

/// <summary>The form of October 2026: subagents, workflows and an advisor, each on or off.</summary>
public sealed record Multiagent20261001 : Multiagent
{
    /// <summary>Agents it may talk to.</summary>
    public required Delegates Subagents { get; init; }

    /// <summary>Agents its workflows may use.</summary>
    public required Delegates Workflows { get; init; }

    /// <summary>A model it may ask for advice.</summary>
    public required Advisor Advisor { get; init; }
}

/// <summary>An entry of a coordinator's list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AgentReference), "agent")]
[JsonDerivedType(typeof(AdvisorReference), "advisor")]
public abstract record RosterEntry;

/// <summary>An agent at one version.</summary>
/// <param name="Id">The agent.</param>
/// <param name="Version">Its version; later ones do not move it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AgentReference), "agent")]
// Not sealed, and a family of its own: where it stands alone in a list its type is written too.
public record AgentReference(Id<Agent> Id, int Version) : RosterEntry;

/// <summary>A model asked for advice.</summary>
/// <param name="Model">Its name.</param>
public sealed record AdvisorReference(string Model) : RosterEntry;

/// <summary>Agents that may be set to work.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(EnabledDelegates), "enabled")]
[JsonDerivedType(typeof(NoDelegates), "disabled")]
public abstract record Delegates;

/// <summary>Those that are listed, those it makes up, or both.</summary>
/// <param name="InlineAgents">Whether it may make agents up.</param>
/// <param name="PredefinedAgents">At most 20, distinct.</param>
public sealed record EnabledDelegates(InlineAgents InlineAgents, IReadOnlyList<AgentReference> PredefinedAgents) : Delegates;

/// <summary>Nobody.</summary>
public sealed record NoDelegates : Delegates;

/// <summary>Whether an agent may make agents up as it goes.</summary>
/// <param name="Type">On or off.</param>
public sealed record InlineAgents(Switch Type);

/// <summary>On or off.</summary>
[JsonConverter(typeof(WireNames<Switch>))]
public enum Switch
{
    /// <summary>On.</summary>
    Enabled,

    /// <summary>Off.</summary>
    Disabled,
}

/// <summary>A model asked for advice, or none.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(EnabledAdvisor), "enabled")]
[JsonDerivedType(typeof(NoAdvisor), "disabled")]
public abstract record Advisor;

/// <summary>This model.</summary>
/// <param name="Model">Its name.</param>
public sealed record EnabledAdvisor(string Model) : Advisor;

/// <summary>None.</summary>
public sealed record NoAdvisor : Advisor;
