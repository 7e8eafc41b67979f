using System.Diagnostics;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;

namespace Reverie.Agents;

/// <summary>What a <c>multiagent</c> block becomes by a request, and whether it may. Pure: who calls brings the agents it names.</summary>
public static class MultiagentRules
{
    private const string Field = "multiagent";

    /// <summary>The name an advisor speaks under.</summary>
    private const string AdvisorName = "anthropic.advisor";

    private static readonly EnabledDelegatesEdit Default = new(new InlineAgents(Protocol.Agents.Switch.Enabled), new Sent<IReadOnlyList<RosterEdit>?>(true, []));

    /// <summary>The whole block: what was sent over what is stored. Everything in it is set; null for none.</summary>
    /// <param name="sent">The request.</param>
    /// <param name="stored">What the agent has; null for none.</param>
    /// <param name="self">The agent; where it lists itself it goes on doing so at each new version.</param>
    public static MultiagentEdit? Merge(Sent<MultiagentEdit?> sent, Multiagent? stored, Id<Agent> self)
    {
        if (!sent.IsSent) return AsEdit(stored, self);
        if (sent.Value is not Multiagent20261001Edit edit) return sent.Value;
        var before = AsEdit(stored, self) as Multiagent20261001Edit;
        return new Multiagent20261001Edit(Merge(edit.Subagents, before?.Subagents.Value), Merge(edit.Workflows, before?.Workflows.Value),
            edit.Advisor.IsSent ? edit.Advisor.Value ?? new NoAdvisor() : before?.Advisor.Value ?? new NoAdvisor());
    }

    /// <summary>The saved agents a block names.</summary>
    public static IReadOnlyList<AgentEntry> Named(MultiagentEdit? block) => [.. RostersOf(block).SelectMany(static r => r).OfType<AgentEntry>().Distinct()];

    /// <summary>The block as it is saved: each agent at one version, an advisor last.</summary>
    /// <param name="block">From <see cref="Merge(Sent{MultiagentEdit?}, Multiagent?, Id{Agent})"/>.</param>
    /// <param name="self">The agent as it will be saved.</param>
    /// <param name="found">The agents it names, as far as they exist; the others are left out.</param>
    public static Multiagent? Resolve(MultiagentEdit? block, Agent self, IReadOnlyDictionary<AgentEntry, Agent> found) => block switch
    {
        null => null,
        CoordinatorEdit coordinator => new Coordinator([.. References(coordinator.Agents, self, found), .. coordinator.Agents.OfType<AdvisorEntry>().Select(static a => new AdvisorReference(a.Model))]),
        Multiagent20261001Edit edit => new Multiagent20261001
        {
            Subagents = Resolve(edit.Subagents.Value, self, found),
            Workflows = Resolve(edit.Workflows.Value, self, found),
            Advisor = edit.Advisor.Value!,
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>What breaks a rule about the agents of a block; empty when nothing does.</summary>
    public static IReadOnlyList<AgentProblem> ProblemsOf(MultiagentEdit? block, Agent self, IReadOnlyDictionary<AgentEntry, Agent> found, IModelCatalog models)
    {
        var problems = new List<AgentProblem>();
        foreach (var entry in Named(block))
        {
            if (!found.TryGetValue(entry, out var agent)) Add(entry.Version is null ? $"names the agent {entry.Id}, which is not in this workspace" : $"names version {entry.Version} of the agent {entry.Id}, which is not in this workspace");
            else if (agent.ArchivedAt is not null) Add($"names the agent {entry.Id}, which is archived");
            else if (agent.Multiagent is not null && agent.Id != self.Id) Add($"names the agent {entry.Id}, which has a multiagent block of its own; delegation is one level deep");
        }
        foreach (var roster in RostersOf(block))
        {
            var ids = roster.OfType<AgentEntry>().Select(static e => e.Id).Concat(roster.OfType<SelfEntry>().Select(_ => self.Id)).ToList();
            if (ids.Distinct().Count() < ids.Count) Add("names an agent more than once in one list");
        }
        var advisor = AdvisorOf(block);
        if (advisor is not null)
        {
            foreach (var problem in models.Check(new ModelConfig { Id = advisor }, null).Problems) problems.Add(problem with { Field = $"{Field}.advisor.{problem.Field}" });
            if (found.Values.Any(static a => a.Name == AdvisorName) || (self.Name == AdvisorName && RostersOf(block).Any(static r => r.OfType<SelfEntry>().Any())))
                Add($"names an agent called {AdvisorName}, which is the advisor's name; rename the agent or disable the advisor");
        }
        switch (block)
        {
            case CoordinatorEdit { Agents.Count: 0 }:
                Add("must name at least one agent in agents");
                break;
            case CoordinatorEdit coordinator when coordinator.Agents.OfType<AdvisorEntry>().Count() > 1:
                Add("names more than one advisor");
                break;
            case Multiagent20261001Edit edit:
                AddIfNobody("subagents", edit.Subagents.Value);
                AddIfNobody("workflows", edit.Workflows.Value);
                break;
        }
        return problems;

        void Add(string rule) => problems.Add(new AgentProblem(Field, rule));

        void AddIfNobody(string name, DelegatesEdit? delegates)
        {
            if (delegates is EnabledDelegatesEdit { InlineAgents.Value.Type: Protocol.Agents.Switch.Disabled, PredefinedAgents.Value.Count: 0 })
                problems.Add(new AgentProblem($"{Field}.{name}", "has inline_agents disabled and no predefined_agents, which leaves nobody; disable it instead"));
        }
    }

    /// <summary>That all agents are served in one place; null when they are.</summary>
    public static AgentProblem? GeoProblem(Agent self, IEnumerable<Agent> listed) =>
        listed.FirstOrDefault(a => a.Model.InferenceGeo != self.Model.InferenceGeo) is { } other
            ? new AgentProblem("model.inference_geo", $"is {self.Model.InferenceGeo ?? "unset"}, but the agent {other.Id} that multiagent names has {other.Model.InferenceGeo ?? "none"}; all must be equal or all unset")
            : null;

    private static Sent<DelegatesEdit?> Merge(Sent<DelegatesEdit?> sent, DelegatesEdit? stored)
    {
        if (!sent.IsSent) return stored ?? Default;
        if (sent.Value is not EnabledDelegatesEdit edit) return sent.Value ?? Default;
        var before = stored as EnabledDelegatesEdit ?? Default;
        return new EnabledDelegatesEdit(
            edit.InlineAgents.IsSent ? edit.InlineAgents.Value ?? Default.InlineAgents.Value : before.InlineAgents,
            edit.PredefinedAgents.IsSent ? new Sent<IReadOnlyList<RosterEdit>?>(true, edit.PredefinedAgents.Value ?? []) : before.PredefinedAgents);
    }

    private static MultiagentEdit? AsEdit(Multiagent? stored, Id<Agent> self) => stored switch
    {
        null => null,
        Coordinator coordinator => new CoordinatorEdit([.. coordinator.Agents.Select(e => AsEdit(e, self))]),
        Multiagent20261001 block => new Multiagent20261001Edit(AsEdit(block.Subagents, self), AsEdit(block.Workflows, self), block.Advisor),
        _ => throw new UnreachableException(),
    };

    private static DelegatesEdit AsEdit(Delegates stored, Id<Agent> self) => stored switch
    {
        EnabledDelegates on => new EnabledDelegatesEdit(on.InlineAgents, new Sent<IReadOnlyList<RosterEdit>?>(true, [.. on.PredefinedAgents.Select(a => AsEdit(a, self))])),
        _ => new NoDelegatesEdit(),
    };

    private static RosterEdit AsEdit(RosterEntry entry, Id<Agent> self) => entry switch
    {
        AgentReference agent when agent.Id == self => new SelfEntry(),
        AgentReference agent => new AgentEntry(agent.Id, agent.Version),
        AdvisorReference advisor => new AdvisorEntry(advisor.Model),
        _ => throw new UnreachableException(),
    };

    private static Delegates Resolve(DelegatesEdit? edit, Agent self, IReadOnlyDictionary<AgentEntry, Agent> found) => edit switch
    {
        EnabledDelegatesEdit on => new EnabledDelegates(on.InlineAgents.Value!, References(on.PredefinedAgents.Value!, self, found)),
        _ => new NoDelegates(),
    };

    private static List<AgentReference> References(IReadOnlyList<RosterEdit> roster, Agent self, IReadOnlyDictionary<AgentEntry, Agent> found) =>
    [
        .. roster.Select(entry => entry switch
        {
            SelfEntry => new AgentReference(self.Id, self.Version),
            AgentEntry named when found.TryGetValue(named, out var agent) => new AgentReference(agent.Id, agent.Id == self.Id ? self.Version : agent.Version),
            _ => null,
        }).OfType<AgentReference>(),
    ];

    private static string? AdvisorOf(MultiagentEdit? block) => block switch
    {
        CoordinatorEdit coordinator => coordinator.Agents.OfType<AdvisorEntry>().FirstOrDefault()?.Model,
        Multiagent20261001Edit { Advisor.Value: EnabledAdvisor advisor } => advisor.Model,
        _ => null,
    };

    private static IReadOnlyList<IReadOnlyList<RosterEdit>> RostersOf(MultiagentEdit? block) => block switch
    {
        CoordinatorEdit coordinator => [coordinator.Agents],
        Multiagent20261001Edit edit => [RosterOf(edit.Subagents.Value), RosterOf(edit.Workflows.Value)],
        _ => [],
    };

    private static IReadOnlyList<RosterEdit> RosterOf(DelegatesEdit? edit) => (edit as EnabledDelegatesEdit)?.PredefinedAgents.Value ?? [];
}
