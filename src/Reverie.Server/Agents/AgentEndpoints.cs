using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Agents;
using Reverie.Audit;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Agents;

/// <summary>Agents and their versions (public contract, "Agents").</summary>
internal sealed class AgentEndpoints(Database database, AgentRepository agents, AgentSaving saving, AuditLog audit)
{
    /// <summary>Bytes of a request that makes or changes an agent (32 MiB).</summary>
    private const int BodyBytesMax = 32 * 1024 * 1024;

    private const string ListName = "agents";
    private const string VersionListName = "agent_versions";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/agents").WithMetadata(BetaHeader.ManagedAgents);
        group.MapPost("", CreateAsync).Describe("Save an agent", typeof(NewAgent), typeof(Agent));
        group.MapGet("", ListAsync).Describe("List agents, newest first", null, typeof(Page<Agent>), [Parameter.Limit(20, 100), Parameter.Page, Parameter.IncludeArchived, .. Parameter.Times()]);
        group.MapGet("/{agent}", RetrieveAsync).Describe("Get an agent", null, typeof(Agent), new Parameter("version", "The newest unless set.") { Type = "integer", Min = 1, Max = int.MaxValue });
        group.MapPost("/{agent}", UpdateAsync).Describe("Save a new version of an agent", typeof(AgentUpdate), typeof(Agent));
        group.MapPost("/{agent}/archive", ArchiveAsync).Describe("Archive an agent, for good", gives: typeof(Agent));
        group.MapGet("/{agent}/versions", ListVersionsAsync).Describe("List the versions of an agent, newest first", null, typeof(Page<Agent>), Parameter.Limit(20, 100), Parameter.Page);
    }

    private async Task CreateAsync(HttpContext http)
    {
        using var body = (await JsonBody.ReadAsync(http, BodyBytesMax)).Knows(AgentFields.Names);
        var edit = AgentFields.Read(JsonPart.Of(body), isNew: true);
        var metadata = MetadataField.Merge(body, new Dictionary<string, string>(StringComparer.Ordinal));
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        var outcome = await database.WriteAsync(async db =>
        {
            var saved = await saving.CreateAsync(db, workspace, edit, metadata);
            if (saved is AgentSaveOutcome.Saved { Agent: var created }) audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.AgentCreated, "agent", created.Id.Value);
            return saved;
        }, http.RequestAborted);
        await AnswerAsync(http, outcome, default);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var id = AgentId(http);
        using var body = (await JsonBody.ReadAsync(http, BodyBytesMax)).Knows([.. AgentFields.Names, "version"]);
        var root = JsonPart.Of(body);
        var edit = AgentFields.Read(root, isNew: false);
        var version = root.Number("version", 1, int.MaxValue);
        MetadataField.Merge(body, new Dictionary<string, string>(StringComparer.Ordinal));
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        var outcome = await database.WriteAsync(db => saving.UpdateAsync(db, workspace, id, version, edit, before =>
        {
            var after = MetadataField.Merge(body, before);
            body.ThrowIfWrong();
            return after;
        }), http.RequestAborted);
        await AnswerAsync(http, outcome, id);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = AgentId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var version = http.Number("version", 0, 1, int.MaxValue);
        var agent = await database.ReadAsync(db => version == 0 ? agents.FindAsync(db, workspace, id) : agents.FindAsync(db, workspace, id, (int)version), http.RequestAborted);
        await http.WriteAsync(agent ?? throw (version == 0 ? NotFound(id) : new ApiException(ErrorType.NotFound, $"There is no version {version} of an agent {id} in this workspace.")), WireJson.Wire.Agent);
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var created = http.Times("created_at");
        var isArchivedShown = http.Flag("include_archived");
        var after = Cursor.ReadCreated(http, ListName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => agents.ListAsync(db, workspace, created, isArchivedShown, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static a => a, static a => Cursor.Write(ListName, a.CreatedAt, a.Id.Value)), WireJson.Wire.PageAgent);
    }

    private async Task ListVersionsAsync(HttpContext http)
    {
        var id = AgentId(http);
        var limit = http.Limit(20, 100);
        var before = Cursor.Read(http, VersionListName, 1) is [var version] ? Cursor.Number(version) : long.MaxValue;
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(async db =>
        {
            _ = await agents.FindAsync(db, workspace, id) ?? throw NotFound(id);
            return await agents.ListVersionsAsync(db, workspace, id, before, limit + 1);
        }, http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static a => a, static a => Cursor.Write(VersionListName, a.Version.ToString())), WireJson.Wire.PageAgent);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var id = AgentId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var agent = await database.WriteAsync(async db =>
        {
            var held = await agents.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            if (held.ArchivedAt is null) audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.AgentArchived, "agent", id.Value);
            return await agents.ArchiveAsync(db, workspace, held);
        }, http.RequestAborted);
        await http.WriteAsync(agent, WireJson.Wire.Agent);
    }

    private static Task AnswerAsync(HttpContext http, AgentSaveOutcome outcome, Id<Agent> id) => outcome switch
    {
        AgentSaveOutcome.Saved saved => http.WriteAsync(saved.Agent, WireJson.Wire.Agent),
        AgentSaveOutcome.NoAgent => throw NotFound(id),
        AgentSaveOutcome.Archived => throw ApiException.Invalid($"The agent {id} is archived and can only be read."),
        AgentSaveOutcome.VersionMismatch mismatch => throw new ApiException(ErrorType.Conflict, $"version is not the newest: the agent {id} is at version {mismatch.Current}. Read it again and decide anew.") { IsPermanent = true },
        AgentSaveOutcome.Refused refused => throw ApiException.Invalid(string.Join("; ", refused.Problems.Select(static p => $"{p.Field} {p.Rule}")) + "."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Id<Agent> AgentId(HttpContext http) => http.RouteId<Agent>("agent", "agent");

    private static ApiException NotFound(Id<Agent> id) => ApiException.NotFound("agent", id.Value);
}
