using System.Diagnostics;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Sessions;

namespace Reverie.Agents;

/// <summary>Copies saved agents for a session. Pure.</summary>
public static class SessionAgents
{
    /// <summary>The saved agents a session of <paramref name="agent"/> needs besides it, each once.</summary>
    public static IReadOnlyList<AgentReference> NamedBy(Agent agent) => agent.Multiagent switch
    {
        Coordinator coordinator => [.. coordinator.Agents.OfType<AgentReference>().Where(r => r.Id != agent.Id).Distinct()],
        Multiagent20261001 block => [.. ListOf(block.Subagents).Concat(ListOf(block.Workflows)).Where(r => r.Id != agent.Id).Distinct()],
        _ => [],
    };

    /// <summary>The copy a session keeps. Where the agent lists itself, it is listed as it is here, overrides included.</summary>
    /// <param name="agent">With the session's overrides.</param>
    /// <param name="named">Every agent of <see cref="NamedBy"/>.</param>
    public static SessionAgent Copy(Agent agent, IReadOnlyDictionary<AgentReference, Agent> named)
    {
        return new SessionAgent
        {
            Id = agent.Id,
            Version = agent.Version,
            Name = agent.Name,
            Description = agent.Description,
            Model = agent.Model,
            System = agent.System,
            Tools = agent.Tools,
            McpServers = agent.McpServers,
            Skills = agent.Skills,
            ExecutionIdentity = agent.ExecutionIdentity,
            Multiagent = agent.Multiagent switch
            {
                null => null,
                Coordinator coordinator => new SessionCoordinator([.. coordinator.Agents.Select(Entry)]),
                Multiagent20261001 block => new SessionMultiagent20261001 { Subagents = Written(block.Subagents), Workflows = Written(block.Workflows), Advisor = block.Advisor },
                _ => throw new UnreachableException(),
            },
        };

        ISessionRosterEntry Entry(RosterEntry entry) => entry switch
        {
            AgentReference reference => Subagent(reference),
            AdvisorReference advisor => new SessionAdvisor(advisor.Model),
            _ => throw new UnreachableException(),
        };

        SessionDelegates Written(Delegates delegates) => delegates switch
        {
            EnabledDelegates on => new EnabledSessionDelegates(on.InlineAgents, [.. on.PredefinedAgents.Select(Subagent)]),
            _ => new NoSessionDelegates(),
        };

        SessionSubagent Subagent(AgentReference reference)
        {
            var listed = reference.Id == agent.Id ? agent : named[reference];
            return new SessionSubagent
            {
                Id = listed.Id,
                Version = listed.Version,
                Name = listed.Name,
                Description = listed.Description,
                Model = listed.Model,
                System = listed.System,
                Tools = listed.Tools,
                McpServers = listed.McpServers,
                Skills = listed.Skills,
                ExecutionIdentity = listed.ExecutionIdentity,
            };
        }
    }

    private static IReadOnlyList<AgentReference> ListOf(Delegates delegates) => (delegates as EnabledDelegates)?.PredefinedAgents ?? [];
}
