using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Memory.Stores;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Memory;

/// <summary>The memories of a store.</summary>
internal sealed class MemoryEndpoints(Database database, MemoryStoreRepository stores, MemoryRepository memories, MemoryListing listing, AuditLog audit)
{
    private const int FullPageMax = 20;
    private const int BasicPageMax = 100;
    private const string ListName = "memories";

    /// <summary>Bytes of a body with one memory: six for each byte of its text, should every one be escaped, and room for the rest.</summary>
    private const int BodyBytesMax = 6 * MemoryLimits.ContentBytesMax + 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/memory_stores/{store}/memories").WithMetadata(BetaHeader.Memory);
        group.MapPost("", CreateAsync).Describe("Make a memory", typeof(NewMemory), typeof(MemoryListItem), Parameter.View);
        group.MapGet("", ListAsync).Describe("List memories by path", null, typeof(Page<MemoryListItem>), Parameter.Limit(FullPageMax, BasicPageMax, "Items of a page; at most 20 with view=full."), Parameter.Page, Parameter.View,
            Parameter.OneOf("depth", "1 to fold what lies deeper into prefixes.", "0", "1"), new Parameter("path_prefix", "Only below this directory, with slashes around it."));
        group.MapGet("/{memory}", RetrieveAsync).Describe("Get a memory", null, typeof(MemoryListItem), Parameter.View);
        group.MapPost("/{memory}", UpdateAsync).Describe("Change text or path of a memory", typeof(MemoryEdit), typeof(MemoryListItem), Parameter.View);
        group.MapDelete("/{memory}", DeleteAsync).Describe("Delete a memory; its history stays", null, typeof(Deleted), new Parameter("expected_content_sha256", "The hash its text must have."));
    }

    /// <summary>True when texts are wanted.</summary>
    public static bool IsFull(HttpContext http, bool byDefault) => http.OneOf("view", "basic", "full") switch
    {
        null => byDefault,
        var view => view == "full",
    };

    public static int PageLimit(HttpContext http, bool isFull)
    {
        var limit = http.Limit(FullPageMax, BasicPageMax);
        return !isFull || limit <= FullPageMax ? limit : throw ApiException.Invalid($"limit must be at most {FullPageMax} with view=full, not {limit}.");
    }

    /// <summary>A directory with slashes around it, <c>/</c> when none is named; null when it is none.</summary>
    public static string? PathPrefix(string? prefix) => prefix switch
    {
        null => "/",
        "/" => prefix,
        _ => prefix.EndsWith('/') && MemoryPath.AbsoluteProblem(prefix[..^1]) is null ? prefix : null,
    };

    public static ApiException WrongPrefix(string prefix) =>
        ApiException.Invalid($"path_prefix must be a directory that begins and ends with a slash, such as /projects/, not {ApiException.Quoted(prefix)}.");

    private async Task CreateAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var isFull = IsFull(http, byDefault: false);
        using var body = (await JsonBody.ReadAsync(http, BodyBytesMax)).Knows("path", "content");
        var path = ReadPath(body);
        if (path is null && !body.Has("path")) body.Problem("path", "is required");
        var content = ReadContent(body);
        if (content is null && !body.Root.TryGetProperty("content", out _)) body.Problem("content", "is required; an empty text is \"\"");
        body.ThrowIfWrong();
        var actor = Caller.Of(http).Actor;
        var outcome = await database.WriteAsync(db => memories.CreateAsync(db, scope, path!, content ?? MemoryContent.Of(""), actor), http.RequestAborted);
        await AnswerAsync(http, scope, null, outcome, isFull);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var id = MemoryId(http);
        var isFull = IsFull(http, byDefault: true);
        var memory = await database.ReadAsync(db => memories.FindAsync(db, scope, id, isFull), http.RequestAborted) ?? throw await MissingAsync(http, scope, id);
        await http.WriteAsync(memory, WireJson.Wire.MemoryListItem);
    }

    private async Task ListAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var isFull = IsFull(http, byDefault: false);
        var limit = PageLimit(http, isFull);
        var isFolded = http.OneOf("depth", "0", "1") == "1";
        var prefix = PathPrefix(http.Text("path_prefix")) ?? throw WrongPrefix(http.Text("path_prefix")!);
        var from = Cursor.Read(http, ListName, 1) is [var path] ? path : null;
        if (from?.StartsWith(prefix, StringComparison.Ordinal) == false) throw Cursor.Wrong();
        var (items, next) = await database.ReadAsync(async db =>
        {
            _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
            return await listing.ListAsync(db, scope, prefix, isFolded, from, limit, isFull);
        }, http.RequestAborted);
        await http.WriteAsync(new Page<MemoryListItem>(items, next is null ? null : Cursor.Write(ListName, next)), WireJson.Wire.PageMemoryListItem);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var id = MemoryId(http);
        var isFull = IsFull(http, byDefault: false);
        using var body = (await JsonBody.ReadAsync(http, BodyBytesMax)).Knows("path", "content", "precondition");
        var update = new MemoryUpdate(ReadContent(body), ReadPath(body), ReadPrecondition(body));
        body.ThrowIfWrong();
        var actor = Caller.Of(http).Actor;
        var outcome = await database.WriteAsync(db => memories.UpdateAsync(db, scope, id, update, actor), http.RequestAborted);
        await AnswerAsync(http, scope, id, outcome, isFull);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var id = MemoryId(http);
        var expected = http.Text("expected_content_sha256");
        if (expected is not null && !IsSha256(expected)) throw ApiException.Invalid("expected_content_sha256 must be 64 lower-case hex digits.");
        var actor = Caller.Of(http).Actor;
        var outcome = await database.WriteAsync(async db =>
        {
            var done = await memories.DeleteAsync(db, scope, id, expected, actor);
            if (done is MemoryWriteOutcome.Written { Memory: var gone })
                audit.Record(db, scope.WorkspaceId, actor, AuditActions.MemoryDeleted, "memory", id.Value, ("memory_store_id", scope.StoreId.Value), ("path", gone.Path), ("content_sha256", gone.ContentSha256), ("memory_version_id", gone.MemoryVersionId.Value));
            return done;
        }, http.RequestAborted);
        if (outcome is MemoryWriteOutcome.Written) await http.WriteAsync(new Deleted(id.Value, "memory_deleted"), WireJson.Wire.Deleted);
        else await AnswerAsync(http, scope, id, outcome, isFull: false);
    }

    private static Task AnswerAsync(HttpContext http, MemoryScope scope, Id<StoredMemory>? id, MemoryWriteOutcome outcome, bool isFull)
    {
        switch (outcome)
        {
            case MemoryWriteOutcome.Written written:
                return http.WriteAsync(isFull ? written.Memory : written.Memory with { Content = null }, WireJson.Wire.MemoryListItem);
            case MemoryWriteOutcome.PreconditionFailed failed:
                return http.WriteConflictAsync(ErrorType.MemoryPreconditionFailed,
                    $"The content of {id} now has the hash {failed.ContentSha256}; read it again, make the change on what it holds now, and send that hash as the precondition.");
            case MemoryWriteOutcome.PathTaken taken:
                return http.WriteConflictAsync(ErrorType.MemoryPathConflict,
                    $"The path is taken by the memory {taken.MemoryId} at {ApiException.Quoted(taken.Path)}, or lies above or below it; update that memory, or choose another path.", taken);
            case MemoryWriteOutcome.NoStore: throw MemoryStoreEndpoints.NotFound(scope);
            case MemoryWriteOutcome.NoMemory: throw ApiException.NotFound("memory", id!.Value.Value);
            case MemoryWriteOutcome.StoreArchived: throw MemoryStoreEndpoints.Archived(scope);
            case MemoryWriteOutcome.StoreFull: throw ApiException.Invalid($"The memory store {scope.StoreId} holds {MemoryLimits.MemoriesMax} memories, the limit; delete or merge some first.");
            default: throw new UnreachableException();
        }
    }

    private async Task<ApiException> MissingAsync(HttpContext http, MemoryScope scope, Id<StoredMemory> id) =>
        await database.ReadAsync(db => stores.FindAsync(db, scope), http.RequestAborted) is null ? MemoryStoreEndpoints.NotFound(scope) : ApiException.NotFound("memory", id.Value);

    private static Id<StoredMemory> MemoryId(HttpContext http) => http.RouteId<StoredMemory>("memory", "memory");

    private static string? ReadPath(JsonBody body)
    {
        if (body.Text("path") is not { } path) return null;
        if (MemoryPath.AbsoluteProblem(path) is { } problem) body.Problem("path", problem);
        return path;
    }

    private static MemoryContent? ReadContent(JsonBody body)
    {
        if (body.Text("content") is not { } text) return null;
        var content = MemoryContent.Of(text);
        if (content.Problem is { } problem) body.Problem("content", problem);
        return content;
    }

    private static string? ReadPrecondition(JsonBody body)
    {
        if (body.Object("precondition") is not { } sent) return null;
        const string name = "precondition";
        foreach (var field in sent.EnumerateObject())
        {
            if (field.Name is not ("type" or "content_sha256")) body.Problem($"{name}.{ApiException.Quoted(field.Name)}", "is not a field of a precondition");
        }
        if (body.TextIn(sent, "type", name) is { } type && type != "content_sha256") body.Problem($"{name}.type", "must be \"content_sha256\"");
        var sha256 = body.TextIn(sent, "content_sha256", name);
        if (sha256 is not null && !IsSha256(sha256)) body.Problem($"{name}.content_sha256", "must be 64 lower-case hex digits");
        return sha256;
    }

    private static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
