using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Dreams.Review;
using Reverie.Memory.Stores;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Server.Http;
using Reverie.Server.Review;
using Reverie.Storage;

namespace Reverie.Server.Memory;

/// <summary>Memory stores (public contract, "Memory stores, memories, memory versions").</summary>
internal sealed class MemoryStoreEndpoints(Database database, MemoryStoreRepository stores, ReviewPolicyRepository policies, AuditLog audit)
{
    private const string ListName = "memory_stores";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/memory_stores").WithMetadata(BetaHeader.Memory);
        group.MapPost("", CreateAsync).Describe("Make a memory store", typeof(NewMemoryStore), typeof(MemoryStore));
        group.MapGet("", ListAsync).Describe("List memory stores, newest first", null, typeof(Page<MemoryStore>), [Parameter.Limit(20, 100), Parameter.Page, Parameter.IncludeArchived, .. Parameter.Times()]);
        group.MapGet("/{store}", RetrieveAsync).Describe("Get a memory store", gives: typeof(MemoryStore));
        group.MapPost("/{store}", UpdateAsync).Describe("Change name, description or metadata of a memory store", typeof(MemoryStoreUpdate), typeof(MemoryStore));
        group.MapDelete("/{store}", DeleteAsync).Describe("Delete a memory store with its memories and their history", gives: typeof(Deleted));
        group.MapPost("/{store}/archive", ArchiveAsync).Describe("Archive a memory store, for good", gives: typeof(MemoryStore));
    }

    /// <summary>The store a request names, in the caller's workspace.</summary>
    public static MemoryScope Scope(HttpContext http) => new(Caller.Of(http).WorkspaceId, http.RouteId<MemoryStore>("store", "memory store"));

    public static ApiException NotFound(MemoryScope scope) => ApiException.NotFound("memory store", scope.StoreId.Value);

    public static ApiException Archived(MemoryScope scope) => ApiException.Invalid($"The memory store {scope.StoreId} is archived: it can be read, and its memories deleted, but nothing can be written to it.");

    private async Task CreateAsync(HttpContext http)
    {
        using var body = (await JsonBody.ReadAsync(http)).Knows("name", "description", "metadata");
        var name = ReadName(body, isRequired: true);
        var description = ReadDescription(body) ?? "";
        var metadata = MetadataField.Merge(body, new Dictionary<string, string>(StringComparer.Ordinal));
        body.ThrowIfWrong();
        var caller = Caller.Of(http);
        var store = await database.WriteAsync(async db =>
        {
            var created = await stores.CreateAsync(db, caller.WorkspaceId, name!, description, metadata);
            audit.Record(db, caller.WorkspaceId, caller.Actor, AuditActions.StoreCreated, "memory_store", created.Id.Value);
            return created;
        }, http.RequestAborted);
        await http.WriteAsync(store, WireJson.Wire.MemoryStore);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var scope = Scope(http);
        var store = await database.ReadAsync(db => stores.FindAsync(db, scope), http.RequestAborted) ?? throw NotFound(scope);
        await http.WriteAsync(store, WireJson.Wire.MemoryStore);
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var created = http.Times("created_at");
        var isArchivedShown = http.Flag("include_archived");
        var after = Cursor.ReadCreated(http, ListName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => stores.ListAsync(db, workspace, created, isArchivedShown, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static s => s, static s => Cursor.Write(ListName, s.CreatedAt, s.Id.Value)), WireJson.Wire.PageMemoryStore);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var scope = Scope(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows("name", "description", "metadata");
        var name = ReadName(body, isRequired: false);
        var description = ReadDescription(body);
        MetadataField.Merge(body, new Dictionary<string, string>(StringComparer.Ordinal));
        body.ThrowIfWrong();
        var after = await database.WriteAsync(async db =>
        {
            var before = await stores.HoldAsync(db, scope) ?? throw NotFound(scope);
            if (before.ArchivedAt is not null) throw Archived(scope);
            var metadata = MetadataField.Merge(body, before.Metadata);
            body.ThrowIfWrong();
            return await stores.UpdateAsync(db, scope.WorkspaceId, before, before with { Name = name ?? before.Name, Description = description ?? before.Description, Metadata = metadata });
        }, http.RequestAborted);
        await http.WriteAsync(after, WireJson.Wire.MemoryStore);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var scope = Scope(http);
        var store = await database.WriteAsync(async db =>
        {
            var held = await stores.HoldAsync(db, scope) ?? throw NotFound(scope);
            ReviewPolicyEndpoints.RequireOwner(await policies.FindAsync(db, scope), Caller.Of(http).Actor);
            if (held.ArchivedAt is null) audit.Record(db, scope.WorkspaceId, Caller.Of(http).Actor, AuditActions.StoreArchived, "memory_store", scope.StoreId.Value);
            return await stores.ArchiveAsync(db, scope.WorkspaceId, held);
        }, http.RequestAborted);
        await http.WriteAsync(store, WireJson.Wire.MemoryStore);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var scope = Scope(http);
        await database.WriteAsync(async db =>
        {
            _ = await stores.HoldAsync(db, scope) ?? throw NotFound(scope);
            ReviewPolicyEndpoints.RequireOwner(await policies.FindAsync(db, scope), Caller.Of(http).Actor);
            await stores.DeleteAsync(db, scope);
            audit.Record(db, scope.WorkspaceId, Caller.Of(http).Actor, AuditActions.StoreDeleted, "memory_store", scope.StoreId.Value);
            return true;
        }, http.RequestAborted);
        await http.WriteAsync(new Deleted(scope.StoreId.Value, "memory_store_deleted"), WireJson.Wire.Deleted);
    }

    public static string? ReadName(JsonBody body, bool isRequired)
    {
        var name = body.Text("name", isRequired, 1, MemoryLimits.StoreNameCharsMax);
        if (name is not null && name.Any(char.IsControl)) body.Problem("name", "must not contain control characters");
        return name;
    }

    private static string? ReadDescription(JsonBody body)
    {
        var description = body.Text("description", isRequired: false, 0, MemoryLimits.StoreDescriptionCharsMax);
        if (description is not null && description.Contains('\0')) body.Problem("description", "must not contain the character U+0000");
        return description;
    }
}
