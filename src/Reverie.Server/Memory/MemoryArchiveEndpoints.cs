using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Memory.Archives;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Memory;

/// <summary>Stores as files: out with their history, and back in (beyond the public contract).</summary>
internal sealed class MemoryArchiveEndpoints(Database database, MemoryStoreArchives archives, IdGenerator ids, TimeProvider clock, AuditLog audit)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reverie/memory_stores/{store}/export", ExportAsync).Describe(new Operation("A store with its history as a .tar.gz") { GivesMedia = "application/gzip" });
        routes.MapPost("/v1/reverie/memory_stores/import", ImportAsync).Describe(new Operation("A store from such a file, or from plain files") { TakesMedia = "application/gzip", Gives = typeof(MemoryStoreImport), Query = [new("name", "Unless set, the name in the archive.")] });
    }

    private async Task ExportAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        // Packed first and sent second: one consistent state is not held open for as long as a client takes to read it.
        await using var packed = Spool.Create();
        await using (var tar = new TarTarget(packed))
        {
            _ = await database.ReadAsync(db => archives.ExportAsync(db, scope, tar, http.RequestAborted), http.RequestAborted) ?? throw MemoryStoreEndpoints.NotFound(scope);
        }
        packed.Position = 0;
        http.Response.ContentType = "application/gzip";
        http.Response.ContentLength = packed.Length;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{scope.StoreId}.tar.gz\"";
        await packed.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private async Task ImportAsync(HttpContext http)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = ArchiveLimits.SentBytesMax;
        if (http.Request.ContentLength > ArchiveLimits.SentBytesMax) throw new ApiException(ErrorType.TooLarge, $"The archive has {http.Request.ContentLength} bytes; the limit is {ArchiveLimits.SentBytesMax}.");
        var name = http.Text("name");
        if (name is not null && MemoryStoreRules.NameProblem(name) is { } problem) throw ApiException.Invalid($"name {problem}.");
        var caller = Caller.Of(http);
        try
        {
            await using var received = await ReceivedStore.ReadAsync(ArchiveEntries.OfTarAsync(http.Request.Body, http.RequestAborted), ids, caller.Actor, clock, http.RequestAborted);
            var made = await database.WriteAsync(async db =>
            {
                var imported = await archives.ImportAsync(db, caller.WorkspaceId, received, name);
                audit.Record(db, caller.WorkspaceId, caller.Actor, AuditActions.StoreImported, "memory_store", imported.MemoryStore.Id.Value, ("memory_count", imported.MemoryCount.ToString()), ("version_count", imported.VersionCount.ToString()));
                return imported;
            }, http.RequestAborted);
            await http.WriteAsync(made, WireJson.Wire.MemoryStoreImport);
        }
        catch (ArchiveException error)
        {
            throw ApiException.Invalid($"The archive cannot be imported, and nothing was kept: {error.Message}.");
        }
    }
}
