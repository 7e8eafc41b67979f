using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;

namespace Reverie.Agents;

/// <summary>What a request says of an agent: everything for a new one, some of it for an update or for a session's overrides.</summary>
public sealed record AgentEdit
{
    /// <summary>Cannot be cleared.</summary>
    public Sent<string> Name { get; init; }

    public Sent<string?> Description { get; init; }

    /// <summary>Cannot be cleared.</summary>
    public Sent<ModelEdit> Model { get; init; }

    public Sent<string?> System { get; init; }

    public Sent<IReadOnlyList<AgentTool>> Tools { get; init; }

    public Sent<IReadOnlyList<McpServer>> McpServers { get; init; }

    /// <summary>Versions may be <c>latest</c> until they are resolved.</summary>
    public Sent<IReadOnlyList<SkillReference>> Skills { get; init; }

    public Sent<MultiagentEdit?> Multiagent { get; init; }
}

/// <summary>A model as a request names it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Effort">Left out: what is stored for the same model, else the model's default. Null: the model's default.</param>
/// <param name="InferenceGeo">Null for anywhere.</param>
/// <param name="Speed">How fast.</param>
public sealed record ModelEdit(string Id, Sent<EffortLevel?> Effort, string? InferenceGeo, ModelSpeed Speed);

/// <summary>A <c>multiagent</c> block as a request has it.</summary>
public abstract record MultiagentEdit;

/// <summary>Replaces whatever is stored.</summary>
public sealed record CoordinatorEdit(IReadOnlyList<RosterEdit> Agents) : MultiagentEdit;

/// <summary>Merges level by level with a stored block of the same form. Null values mean the default.</summary>
public sealed record Multiagent20261001Edit(Sent<DelegatesEdit?> Subagents, Sent<DelegatesEdit?> Workflows, Sent<Advisor?> Advisor) : MultiagentEdit;

/// <summary>Subagents or workflows as a request has them.</summary>
public abstract record DelegatesEdit;

/// <summary>On.</summary>
public sealed record EnabledDelegatesEdit(Sent<InlineAgents?> InlineAgents, Sent<IReadOnlyList<RosterEdit>?> PredefinedAgents) : DelegatesEdit;

/// <summary>Off.</summary>
public sealed record NoDelegatesEdit : DelegatesEdit;

/// <summary>An entry of a list of agents.</summary>
public abstract record RosterEdit;

/// <summary>A saved agent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Null for the newest there is now.</param>
public sealed record AgentEntry(Id<Agent> Id, int? Version) : RosterEdit;

/// <summary>The agent itself.</summary>
public sealed record SelfEntry : RosterEdit;

/// <summary>A model asked for advice.</summary>
public sealed record AdvisorEntry(string Model) : RosterEdit;
