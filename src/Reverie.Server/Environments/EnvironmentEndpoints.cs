using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Environments;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Environments;

/// <summary>Environments (public contract, "Environments and the self-hosted work queue").</summary>
internal sealed class EnvironmentEndpoints(Database database, EnvironmentRepository environments, AuditLog audit)
{
    private const string ListName = "environments";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/environments").WithMetadata(BetaHeader.ManagedAgents);
        group.MapPost("", CreateAsync).Describe("Make an environment", typeof(NewEnvironment), typeof(AgentEnvironment));
        group.MapGet("", ListAsync).Describe("List environments, newest first", null, typeof(Page<AgentEnvironment>), Parameter.Limit(20, 100), Parameter.Page, Parameter.IncludeArchived);
        group.MapGet("/{environment}", RetrieveAsync).Describe("Get an environment", gives: typeof(AgentEnvironment));
        group.MapPost("/{environment}", UpdateAsync).Describe("Change an environment; sandboxes made afterwards have it", typeof(EnvironmentUpdate), typeof(AgentEnvironment));
        group.MapDelete("/{environment}", DeleteAsync).Describe("Delete an environment that nothing uses", gives: typeof(Deleted));
        group.MapPost("/{environment}/archive", ArchiveAsync).Describe("Archive an environment, for good", gives: typeof(AgentEnvironment));
    }

    private async Task CreateAsync(HttpContext http)
    {
        using var body = (await JsonBody.ReadAsync(http)).Knows(EnvironmentFields.Names);
        var metadata = MergeMetadata(body, new Dictionary<string, string>(StringComparer.Ordinal));
        var root = JsonPart.Of(body);
        var name = EnvironmentFields.ReadName(root, isRequired: true);
        var description = root.Text("description", false, 0, EnvironmentRules.DescriptionCharsMax);
        var config = EnvironmentFields.ReadConfig(root, null);
        EnvironmentFields.CheckScope(root);
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        var environment = await database.WriteAsync(async db =>
        {
            var created = await environments.CreateAsync(db, workspace, name!, description, config, metadata);
            audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.EnvironmentCreated, "environment", created.Id.Value);
            return created;
        }, http.RequestAborted);
        await http.WriteAsync(environment, WireJson.Wire.AgentEnvironment);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = EnvironmentId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var environment = await database.ReadAsync(db => environments.FindAsync(db, workspace, id), http.RequestAborted) ?? throw NotFound(id);
        await http.WriteAsync(environment, WireJson.Wire.AgentEnvironment);
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var isArchivedShown = http.Flag("include_archived");
        var after = Cursor.ReadCreated(http, ListName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => environments.ListAsync(db, workspace, isArchivedShown, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static e => e, static e => Cursor.Write(ListName, e.CreatedAt, e.Id.Value)), WireJson.Wire.PageAgentEnvironment);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var id = EnvironmentId(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows(EnvironmentFields.Names);
        var root = JsonPart.Of(body);
        var name = EnvironmentFields.ReadName(root, isRequired: false);
        var description = root.Text("description", false, 0, EnvironmentRules.DescriptionCharsMax);
        EnvironmentFields.CheckScope(root);
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        var after = await database.WriteAsync(async db =>
        {
            var before = await environments.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            if (before.ArchivedAt is not null) throw new ApiException(ErrorType.InvalidRequest, $"The environment {id} is archived and can only be read.", "environment_archived");
            var metadata = MergeMetadata(body, before.Metadata);
            var config = EnvironmentFields.ReadConfig(root, before.Config);
            body.ThrowIfWrong();
            return await environments.UpdateAsync(db, workspace, before, before with
            {
                Name = name ?? before.Name,
                Description = root.IsSent("description") ? description : before.Description,
                Config = config,
                Metadata = metadata,
            });
        }, http.RequestAborted);
        await http.WriteAsync(after, WireJson.Wire.AgentEnvironment);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var id = EnvironmentId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var environment = await database.WriteAsync(async db =>
        {
            var held = await environments.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            if (held.ArchivedAt is null) audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.EnvironmentArchived, "environment", id.Value);
            return await environments.ArchiveAsync(db, workspace, held);
        }, http.RequestAborted);
        await http.WriteAsync(environment, WireJson.Wire.AgentEnvironment);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var id = EnvironmentId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        await database.WriteAsync(async db =>
        {
            _ = await environments.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            if (!await environments.DeleteAsync(db, workspace, id)) throw new ApiException(ErrorType.Conflict, $"The environment {id} is used by a session; delete its sessions first, or archive the environment.") { IsPermanent = true };
            audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.EnvironmentDeleted, "environment", id.Value);
            return true;
        }, http.RequestAborted);
        await http.WriteAsync(new Deleted(id.Value, "environment_deleted"), WireJson.Wire.Deleted);
    }

    private static IReadOnlyDictionary<string, string> MergeMetadata(JsonBody body, IReadOnlyDictionary<string, string> before)
    {
        body.ThrowIfWrong();
        var after = MetadataField.Merge(body, before, emptyRemoves: true);
        body.ThrowIfWrong("invalid_metadata");
        return after;
    }

    private static Id<AgentEnvironment> EnvironmentId(HttpContext http) => http.RouteId<AgentEnvironment>("environment", "environment");

    private static ApiException NotFound(Id<AgentEnvironment> id) => ApiException.NotFound("environment", id.Value);
}
