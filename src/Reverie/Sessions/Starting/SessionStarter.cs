using Reverie.Agents;
using Reverie.Environments;
using Reverie.Inference;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes.Network;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Inbox;
using Reverie.Sessions.Turns;
using Reverie.Skills;
using Reverie.Storage;

namespace Reverie.Sessions.Starting;

/// <summary>Starts sessions: looks up what they name, checks that it goes together, and writes all of it or nothing.</summary>
public sealed class SessionStarter(AgentRepository agents, EnvironmentRepository environments, SessionRepository sessions, SessionSetupRepository setups, ResourceMounting mounting,
    RepositoryTokens tokens, SkillResolution skills, SessionSkills sessionSkills, SessionInbox inbox, LocalLoop loop, SessionLog log, IModelCatalog catalog, ModelRegistry models, IdGenerator ids, TimeProvider clock)
{
    public async ValueTask<StartOutcome> StartAsync(DbSession db, string workspaceId, SessionStart start)
    {
        if (await FindAgentAsync(db, workspaceId, start.Agent) is not { } saved) return new StartOutcome.Missing(start.Agent.Version is { } version ? $"version {version} of an agent" : "agent", start.Agent.Id.Value);
        if (saved.ArchivedAt is not null) return Refused("agent", $"{saved.Id} is archived; a new session needs an agent in use");
        if (await environments.HoldAsync(db, workspaceId, start.EnvironmentId) is not { } environment) return new StartOutcome.Missing("environment", start.EnvironmentId.Value);
        if (environment.ArchivedAt is not null) return Refused("environment_id", $"{environment.Id} is archived; a new session needs an environment in use");
        if (environment.Config is SelfHostedEnvironment) return Refused("environment_id", $"{environment.Id} is self-hosted: this server gives no work to workers outside it yet; use one of type cloud");

        var (overrides, missing) = await skills.ResolveAsync(db, workspaceId, start.Overrides ?? new AgentEdit());
        var (agent, problems) = AgentRules.Override(saved, overrides, catalog);
        if (problems.Count + missing.Count > 0) return new StartOutcome.Refused([.. problems, .. missing]);
        if (HostProblem(environment.Config, agent) is { } host) return new StartOutcome.Refused([host]);
        if (start.BudgetCents is not null && models.Describe(agent.Model.Id)?.Price is null)
            return new StartOutcome.Refused([new AgentProblem("budget", $"needs a list price, and {agent.Model.Id} has none here; leave the budget out, or give the model a price in the models file")], "model_not_budgetable");
        var named = new Dictionary<AgentReference, Agent>();
        foreach (var reference in SessionAgents.NamedBy(agent))
        {
            if (await agents.FindAsync(db, workspaceId, reference.Id, reference.Version) is not { } other) return Refused("agent", $"names the agent {reference.Id}, which is no longer there");
            named[reference] = other;
        }

        var gathered = await sessionSkills.GatherAsync(db, workspaceId, [agent, .. SessionAgents.NamedBy(agent).Select(r => named[r])]);
        if (gathered is SessionSkillsOutcome.Refused tooMany) return new StartOutcome.Refused([tooMany.Problem]);
        if (gathered is SessionSkillsOutcome.Missing gone) return new StartOutcome.Missing($"version {gone.Reference.Version} of a skill", gone.Reference.SkillId);

        var status = start.InitialEvents.Count > 0 ? SessionStatus.Running : SessionStatus.Idle;
        var session = await sessions.BeginAsync(db, workspaceId, agent.Name, start.Title, start.Metadata, status);
        var (resources, wrong) = await mounting.MountAsync(db, workspaceId, session.Id, start.Resources);
        if (wrong.Count > 0) throw new StartRefusedException(new StartOutcome.Refused(wrong));
        await setups.CreateAsync(db, new SessionSetup
        {
            WorkspaceId = workspaceId,
            Id = session.Id,
            Agent = SessionAgents.Copy(agent, named),
            EnvironmentId = environment.Id,
            Environment = environment.Config,
            BudgetCents = start.BudgetCents,
            HadBudget = start.BudgetCents is not null,
            PrimaryThreadId = ids.New<SessionThread>(),
            Resources = resources,
            Skills = ((SessionSkillsOutcome.Gathered)gathered).Skills,
        });
        // With no problem there is a resource for each edit, in its order.
        foreach (var (resource, edit) in resources.Zip(start.Resources))
        {
            if (edit is RepositoryEdit { Token: { } token }) await tokens.SetAsync(db, workspaceId, session.Id, (RepositoryResource)resource, token);
        }
        if (start.InitialEvents.Count > 0)
        {
            var now = DbTime.UtcNow(clock);
            var entries = new List<LoggedEvent>();
            foreach (var sent in start.InitialEvents) entries.Add(log.Render(await inbox.EntryAsync(db, workspaceId, session.Id, sent), now));
            await SessionLog.ReceiveAsync(db, workspaceId, session.Id, now, entries, "", loop.IsTaking);
        }
        return new StartOutcome.Started(session.Id);
    }

    private async ValueTask<Agent?> FindAgentAsync(DbSession db, string workspaceId, AgentEntry entry)
    {
        if (entry.Version is not { } version) return await agents.FindAsync(db, workspaceId, entry.Id);
        // A version is archived with its agent.
        var pinned = await agents.FindAsync(db, workspaceId, entry.Id, version);
        return pinned is null ? null : pinned with { ArchivedAt = (await agents.FindAsync(db, workspaceId, entry.Id))?.ArchivedAt };
    }

    private static AgentProblem? HostProblem(EnvironmentConfig config, Agent agent)
    {
        if (config is not CloudEnvironment { Networking: LimitedNetworking { AllowMcpServers: false } limited }) return null;
        var outside = agent.McpServers.FirstOrDefault(s => !limited.AllowedHosts.Any(h => new EgressHost(h, null).Covers(new Uri(s.Url))));
        return outside is null ? null : new AgentProblem("environment_id", $"has limited networking that does not reach the MCP server \"{outside.Name}\"; add its host to allowed_hosts or set allow_mcp_servers");
    }

    private static StartOutcome.Refused Refused(string field, string rule) => new([new AgentProblem(field, rule)]);
}

/// <summary>Undoes a start that was refused after something had been written.</summary>
public sealed class StartRefusedException(StartOutcome.Refused outcome) : Exception("the session was refused")
{
    public StartOutcome.Refused Outcome { get; } = outcome;
}
