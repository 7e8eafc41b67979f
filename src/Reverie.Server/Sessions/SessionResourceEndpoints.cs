using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Files;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Starting;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>What is mounted in a session (public contract, "Resources").</summary>
internal sealed class SessionResourceEndpoints(Database database, SessionRepository sessions, SessionSetupRepository setups, ResourceMounting mounting, RepositoryTokens tokens, FileRepository files, TimeProvider clock)
{
    private const string ListName = "session_resources";
    private const int PageMax = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions/{session}/resources").WithMetadata(BetaHeader.ManagedAgents);
        group.MapPost("", AddAsync).Describe("Mount a file in a session", typeof(NewFileResource), typeof(SessionResource));
        group.MapGet("", ListAsync).Describe("List what is mounted in a session", null, typeof(Page<SessionResource>), Parameter.Limit(PageMax, PageMax), Parameter.Page);
        group.MapGet("/{resource}", RetrieveAsync).Describe("Get a resource", gives: typeof(SessionResource));
        group.MapPost("/{resource}", UpdateAsync).Describe("Change the token of a repository", typeof(ResourceUpdate), typeof(SessionResource));
        group.MapDelete("/{resource}", DeleteAsync).Describe("Take a file out of a session", gives: typeof(Deleted));
    }

    private async Task AddAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        using var body = await JsonBody.ReadAsync(http);
        var root = JsonPart.Of(body);
        root.OneOf("type", true, "file");
        var edit = SessionFields.File(root);
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        var added = await database.WriteAsync(async db =>
        {
            var setup = await HoldAsync(db, workspace, id);
            if (setup.Resources.OfType<FileResource>().Count() >= ResourceMounting.FilesMax) throw ApiException.Invalid($"The session {id} has {ResourceMounting.FilesMax} files, which is the limit.");
            var (resource, problem) = await mounting.MountAsync(db, workspace, id, edit!);
            if (problem is not null) throw ApiException.Invalid($"{problem.Field.TrimStart('.')} {problem.Rule}.");
            if (setup.Resources.FirstOrDefault(r => ResourceMounting.Overlap(r.MountPath, resource!.MountPath)) is { } other) throw ApiException.Invalid($"mount_path {resource!.MountPath} lies in the way of another resource at {other.MountPath}.");
            await setups.AddAsync(db, workspace, id, resource!);
            await setups.UpdateAsync(db, setup);
            return resource!;
        }, http.RequestAborted);
        await http.WriteAsync(added, WireJson.Wire.SessionResource);
    }

    private async Task ListAsync(HttpContext http)
    {
        var setup = await FindAsync(http);
        var limit = http.Limit(PageMax, PageMax);
        var skip = Cursor.Read(http, ListName, 1) is [var last] ? setup.Resources.TakeWhile(r => r.Id.Value != last).Count() + 1 : 0;
        await http.WriteAsync(setup.Resources.Skip(skip).Take(limit + 1).ToList().ToPage(limit, static r => r, static r => Cursor.Write(ListName, r.Id.Value)), WireJson.Wire.PageSessionResource);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = ResourceId(http);
        await http.WriteAsync((await FindAsync(http)).Resources.FirstOrDefault(r => r.Id == id) ?? throw NotFound(id), WireJson.Wire.SessionResource);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var id = ResourceId(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows("authorization_token");
        var token = JsonPart.Of(body).Text("authorization_token", true, 1, 1024);
        body.ThrowIfWrong();
        var session = SessionEndpoints.SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var updated = await database.WriteAsync(async db =>
        {
            var setup = await HoldAsync(db, workspace, session);
            var found = setup.Resources.FirstOrDefault(r => r.Id == id) ?? throw NotFound(id);
            if (found is not RepositoryResource repository) throw ApiException.Invalid($"The resource {id} is no repository: only a repository has a token to change.");
            repository = repository with { UpdatedAt = DbTime.UtcNow(clock) };
            await tokens.SetAsync(db, workspace, session, repository, token!);
            await setups.UpdateAsync(db, setup);
            return repository;
        }, http.RequestAborted);
        await http.WriteAsync(updated, WireJson.Wire.SessionResource);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var session = SessionEndpoints.SessionId(http);
        var id = ResourceId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        await database.WriteAsync(async db =>
        {
            var setup = await HoldAsync(db, workspace, session);
            var resource = setup.Resources.FirstOrDefault(r => r.Id == id) ?? throw NotFound(id);
            if (resource is not FileResource file) throw ApiException.Invalid($"The resource {id} stays for the lifetime of the session: only files can be taken out.");
            await setups.RemoveAsync(db, workspace, session, id);
            await files.DeleteAsync(db, workspace, Id<StoredFile>.Parse(file.FileId));
            await setups.UpdateAsync(db, setup);
            return true;
        }, http.RequestAborted);
        await http.WriteAsync(new Deleted(id.Value, "session_resource_deleted"), WireJson.Wire.Deleted);
    }

    private async ValueTask<SessionSetup> HoldAsync(DbSession db, string workspace, Id<Session> id)
    {
        var row = await sessions.HoldAsync(db, workspace, id) ?? throw SessionEndpoints.NotFound(id);
        if (row.Status == SessionStatus.Terminated) throw ApiException.Invalid($"The session {id} is archived and can only be read.");
        return await setups.FindAsync(db, workspace, id) ?? throw ApiException.Invalid($"The session {id} did not start here: nothing can be mounted in it.");
    }

    private async Task<SessionSetup> FindAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var (row, setup) = await database.ReadAsync(async db => (await sessions.FindAsync(db, workspace, id), await setups.FindAsync(db, workspace, id)), http.RequestAborted);
        if (row is null) throw SessionEndpoints.NotFound(id);
        return setup ?? throw ApiException.Invalid($"The session {id} did not start here: nothing is mounted in it.");
    }

    private static Id<SessionResource> ResourceId(HttpContext http) => http.RouteId<SessionResource>("resource", "session resource");

    private static ApiException NotFound(Id<SessionResource> id) => ApiException.NotFound("session resource", id.Value);
}
