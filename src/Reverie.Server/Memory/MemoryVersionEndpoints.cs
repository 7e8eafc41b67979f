using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Memory;

/// <summary>The history of a store.</summary>
internal sealed class MemoryVersionEndpoints(Database database, MemoryStoreRepository stores, MemoryVersionRepository versions, AuditLog audit)
{
    private const string ListName = "memory_versions";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/memory_stores/{store}/memory_versions").WithMetadata(BetaHeader.Memory);
        group.MapGet("", ListAsync).Describe("List versions, newest first", null, typeof(Page<MemoryVersion>),
        [
            Parameter.Limit(20, 100, "Items of a page; at most 20 with view=full."), Parameter.Page, Parameter.View, new Parameter("memory_id"), Parameter.OneOf("operation", "", "created", "modified", "deleted"),
            new Parameter("session_id", "Only by this session."), new Parameter("api_key_id", "Only by this key."), new Parameter("service_account_id", "Only by this service account."), .. Parameter.Times(),
        ]);
        group.MapGet("/{version}", RetrieveAsync).Describe("Get a version", null, typeof(MemoryVersion), Parameter.View);
        group.MapPost("/{version}/redact", RedactAsync).Describe("Take text and path out of a version that is not the current one", gives: typeof(MemoryVersion));
    }

    private async Task ListAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var isFull = MemoryEndpoints.IsFull(http, byDefault: false);
        var limit = MemoryEndpoints.PageLimit(http, isFull);
        var filter = Filter(http);
        long? after = Cursor.Read(http, ListName, 1) is [var seq] ? Cursor.Number(seq) : null;
        var found = await database.ReadAsync(async db =>
        {
            _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
            return filter is null ? [] : await versions.ListAsync(db, scope, filter, after, limit + 1, isFull);
        }, http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static v => v.Version, static v => Cursor.Write(ListName, v.Seq.ToString())), WireJson.Wire.PageMemoryVersion);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var id = VersionId(http);
        var isFull = MemoryEndpoints.IsFull(http, byDefault: true);
        var version = await database.ReadAsync(async db =>
        {
            _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
            return await versions.FindAsync(db, scope, id, isFull);
        }, http.RequestAborted) ?? throw ApiException.NotFound("memory version", id.Value);
        await http.WriteAsync(version, WireJson.Wire.MemoryVersion);
    }

    private async Task RedactAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var id = VersionId(http);
        var actor = Caller.Of(http).Actor;
        var (version, isHead) = await database.WriteAsync(async db =>
        {
            _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
            var isRedacted = await versions.FindAsync(db, scope, id, isFull: false) is { RedactedAt: not null };
            var done = await versions.RedactAsync(db, scope, id, actor);
            if (done is { IsHead: false, Version: { } redacted } && !isRedacted)
                audit.Record(db, scope.WorkspaceId, actor, AuditActions.VersionRedacted, "memory_version", id.Value, ("memory_store_id", scope.StoreId.Value), ("memory_id", redacted.MemoryId.Value));
            return done;
        }, http.RequestAborted);
        if (version is null) throw ApiException.NotFound("memory version", id.Value);
        if (isHead) throw ApiException.Invalid($"{id} is the current version of the memory {version.MemoryId}; write a new version or delete the memory first, then redact this one.");
        await http.WriteAsync(version, WireJson.Wire.MemoryVersion);
    }

    /// <summary>Null when the filters ask for what cannot be, such as a version written by two actors.</summary>
    private static MemoryVersionFilter? Filter(HttpContext http)
    {
        var operation = http.OneOf<MemoryOperation>("operation");
        Id<StoredMemory>? memory = null;
        if (http.Text("memory_id") is { } text)
        {
            if (!Id<StoredMemory>.TryParse(text, out var id)) throw ApiException.Invalid($"memory_id must be the id of a memory, not {ApiException.Quoted(text)}.");
            memory = id;
        }
        (string Type, string? Id)[] actors =
        [
            ("session_actor", http.Text("session_id")),
            ("api_actor", http.Text("api_key_id")),
            ("service_account_actor", http.Text("service_account_id")),
        ];
        var asked = actors.Where(static a => a.Id is not null).ToList();
        if (asked.Count > 1) return null;
        return new MemoryVersionFilter(memory, operation, asked.Count == 1 ? asked[0].Type : null, asked.Count == 1 ? asked[0].Id : null, http.Times("created_at"));
    }

    private static Id<MemoryVersion> VersionId(HttpContext http) => http.RouteId<MemoryVersion>("version", "memory version");
}
