using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Agents;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Starting;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Starting sessions and changing them (public contract, "Create body" and "Update body").</summary>
internal sealed class SessionStartEndpoints(Database database, SessionStarter starter, SessionRepository sessions, SessionSetupRepository setups, SessionLog log, SessionView view, AttachedFiles files, RubricFiles rubrics, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions").WithMetadata(BetaHeader.ManagedAgents);
        group.MapPost("", CreateAsync).Describe("Start a session", typeof(NewSession), typeof(Session));
        group.MapPost("/{session}", UpdateAsync).Describe("Change a session", typeof(SessionUpdate), typeof(Session));
    }

    private async Task CreateAsync(HttpContext http)
    {
        using var body = (await JsonBody.ReadAsync(http, SessionSendEndpoints.BodyBytesMax)).Knows("agent", "environment_id", "title", "metadata", "resources", "vault_ids", "initial_events", "budget");
        var root = JsonPart.Of(body);
        var (agent, overrides) = ReadAgent(root);
        var environment = ReadId<AgentEnvironment>(root, "environment_id");
        var title = SessionFields.Title(root);
        var metadata = MetadataField.Merge(body, new Dictionary<string, string>(StringComparer.Ordinal));
        var resources = SessionFields.Resources(root);
        SessionFields.Vaults(root);
        var events = ClientEventFields.ReadInitial(root);
        var budget = SessionFields.Budget(root);
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        events = await rubrics.FillInAsync(workspace, events, http.RequestAborted);
        var start = new SessionStart
        {
            Agent = agent!,
            Overrides = overrides,
            EnvironmentId = environment!.Value,
            Title = title,
            Metadata = metadata,
            Resources = resources,
            InitialEvents = events,
            BudgetCents = budget,
        };
        StartOutcome outcome;
        try
        {
            outcome = await database.WriteAsync(async db =>
            {
                await files.CheckAsync(db, workspace, events);
                return await starter.StartAsync(db, workspace, start);
            }, http.RequestAborted);
        }
        catch (StartRefusedException refused)
        {
            outcome = refused.Outcome;
        }
        switch (outcome)
        {
            case StartOutcome.Missing missing:
                throw ApiException.NotFound(missing.What, missing.Id);
            case StartOutcome.Refused refused:
                throw new ApiException(ErrorType.InvalidRequest, string.Join("; ", refused.Problems.Select(static p => $"{p.Field} {p.Rule}")) + ".", refused.Code);
            case StartOutcome.Started started:
                await http.WriteAsync(await view.ReadAsync(workspace, started.Id, http.RequestAborted), WireJson.Wire.Session);
                break;
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows("title", "metadata", "agent", "budget", "vault_ids");
        var root = JsonPart.Of(body);
        var title = SessionFields.Title(root);
        MetadataField.Merge(body, new Dictionary<string, string>(StringComparer.Ordinal));
        if (root.Has("vault_ids")) root.Problem("vault_ids", "can be set only when a session is created");
        Sent<IReadOnlyList<AgentTool>> tools = default;
        Sent<IReadOnlyList<McpServer>> servers = default;
        if (root.Object("agent") is { } agent)
        {
            agent.Knows("tools", "mcp_servers");
            tools = ToolFields.Read(agent);
            servers = AgentFields.ReadServers(agent);
        }
        var budget = SessionFields.Budget(root);
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        await database.WriteAsync(async db =>
        {
            var row = await sessions.HoldAsync(db, workspace, id) ?? throw SessionEndpoints.NotFound(id);
            if (row.Status == SessionStatus.Terminated) throw ApiException.Invalid($"The session {id} is archived and can only be read.");
            var changed = row with { Title = root.IsSent("title") ? title : row.Title, Metadata = MetadataField.Merge(body, row.Metadata) };
            body.ThrowIfWrong();
            var setup = await setups.FindAsync(db, workspace, id);
            var after = setup is null ? null : Change(row, setup, tools, servers, root.IsSent("budget"), budget);
            if (setup is null && (tools.IsSent || servers.IsSent || root.IsSent("budget"))) throw ApiException.Invalid($"The session {id} did not start here: only its title and metadata can be changed.");
            await sessions.UpdateAsync(db, changed);
            if (after is not null && after != setup) await setups.UpdateAsync(db, after);
            if (SessionUpdated.Between(row, changed, setup, after) is { } updated) await log.AppendAsync(db, workspace, id, [updated]);
            return true;
        }, http.RequestAborted);
        await http.WriteAsync(await view.ReadAsync(workspace, id, http.RequestAborted), WireJson.Wire.Session);
    }

    private SessionSetup Change(SessionRow row, SessionSetup setup, Sent<IReadOnlyList<AgentTool>> tools, Sent<IReadOnlyList<McpServer>> servers, bool isBudgetSent, long? budget)
    {
        var after = setup;
        if (tools.IsSent || servers.IsSent)
        {
            if (row.Status != SessionStatus.Idle) throw ApiException.Invalid($"The session {row.Id} is {WireNames<SessionStatus>.Of(row.Status)}; its agent can be changed while it is idle.");
            var (agent, problems) = AgentRules.Update(setup.Agent, tools, servers);
            if (problems.Count > 0) throw ApiException.Invalid(string.Join("; ", problems.Select(static p => $"agent.{p.Field} {p.Rule}")) + ".");
            after = after with { Agent = agent };
        }
        if (!isBudgetSent) return after;
        if (budget is not { } cents) return after with { BudgetCents = null };
        if (setup.BudgetCents is null) throw new ApiException(ErrorType.InvalidRequest, "budget can only be set when a session is created, and not again once it was removed.", "budget_create_only");
        var spent = SessionCost.Read(row.Usage).Total(row.ActiveFor(clock));
        if (spent is null) throw new ApiException(ErrorType.InvalidRequest, "budget cannot be changed: the session used a model without a list price. It can only be removed.", "model_not_budgetable");
        if (cents <= spent * 100) throw new ApiException(ErrorType.InvalidRequest, "budget.max_list_cost must be greater than the session's consumed list cost", "budget_not_raised");
        return after with { BudgetCents = cents };
    }

    private static (AgentEntry? Agent, AgentEdit? Overrides) ReadAgent(JsonPart root)
    {
        if (!root.Has("agent"))
        {
            root.Problem("agent", "is required");
            return (null, null);
        }
        if (root.Value.GetProperty("agent").ValueKind == System.Text.Json.JsonValueKind.String)
            return (ReadId<Agent>(root, "agent") is { } bare ? new AgentEntry(bare, null) : null, null);
        if (root.Object("agent") is not { } agent) return (null, null);
        var isOverriding = agent.OneOf("type", true, "agent", "agent_with_overrides") == "agent_with_overrides";
        if (isOverriding) agent.Knows("type", "id", "version", "model", "system", "tools", "mcp_servers", "skills");
        else agent.Knows("type", "id", "version");
        var version = agent.Number("version", 1, int.MaxValue);
        var overrides = isOverriding ? AgentFields.ReadOverrides(agent, isModelRequired: false) : null;
        return (ReadId<Agent>(agent, "id") is { } id ? new AgentEntry(id, version) : null, overrides);
    }

    private static Id<T>? ReadId<T>(JsonPart part, string field) where T : IResource
    {
        if (part.Text(field, true, 1, 128) is not { } text) return null;
        if (Id<T>.TryParse(text, out var id)) return id;
        part.Problem(field, $"must be an id that begins with {T.IdPrefix}_");
        return null;
    }
}
