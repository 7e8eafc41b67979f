using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Reverie.Files;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Files;

/// <summary>Files (public contract, "Files").</summary>
internal sealed class FileEndpoints(Database database, FileRepository files, FileBlobs blobs)
{
    private const string ListName = "files";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/files");
        group.MapPost("", UploadAsync).Describe(new Operation("Upload a file") { TakesMedia = "multipart/form-data", Gives = typeof(StoredFile) });
        group.MapGet("", ListAsync).Describe("List files, newest first", null, typeof(Page<StoredFile>), Parameter.Limit(20, 1000), Parameter.Page, new Parameter("scope_id", "Only files of this session."), Parameter.Many("ids", "Only these, at most 100."));
        group.MapGet("/{file}", RetrieveAsync).Describe("Get what is known about a file", gives: typeof(StoredFile));
        group.MapGet("/{file}/content", DownloadAsync).Describe(new Operation("Download a file that a session made") { GivesMedia = "application/octet-stream" });
        group.MapDelete("/{file}", DeleteAsync).Describe("Delete a file", gives: typeof(Deleted));
    }

    private async Task UploadAsync(HttpContext http)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = FileLimits.SizeBytesMax + FileUpload.EnvelopeBytesMax;
        var upload = await FileUpload.ReadAsync(http, blobs);
        var workspace = Caller.Of(http).WorkspaceId;
        var file = await database.WriteAsync(db => files.AddAsync(db, workspace, upload.Blob, upload.Filename, upload.MimeType, null, upload.ExpiresAfter), http.RequestAborted);
        await http.WriteAsync(file ?? throw ApiException.Invalid("The upload took longer than a day; send the file again."), WireJson.Wire.StoredFile);
    }

    private async Task ListAsync(HttpContext http)
    {
        var workspace = Caller.Of(http).WorkspaceId;
        if (http.Many("ids") is { Count: > 0 } ids)
        {
            await ListNamedAsync(http, workspace, [.. ids.Distinct(StringComparer.Ordinal)]);
            return;
        }
        var limit = http.Limit(20, 1000);
        var scope = http.Text("scope_id");
        if (scope is not null && !BetaHeader.ManagedAgents.IsSent(http.Request)) throw ApiException.Invalid($"scope_id needs the header anthropic-beta: {BetaHeader.ManagedAgents.AnyOf[0]}.");
        var after = Cursor.ReadCreated(http, ListName);
        var found = await database.ReadAsync(db => files.ListAsync(db, workspace, scope, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static r => r.File, static r => Cursor.Write(ListName, r.File.CreatedAt, r.File.Id.Value)), WireJson.Wire.PageStoredFile);
    }

    private async Task ListNamedAsync(HttpContext http, string workspace, List<string> ids)
    {
        if (http.Text("page") is not null || http.Text("limit") is not null) throw ApiException.Invalid("ids[] cannot be combined with page or limit; leave them out.");
        if (ids.Count > FileLimits.IdsMax) throw ApiException.Invalid($"ids[] may name {FileLimits.IdsMax} files, not {ids.Count}.");
        var found = await database.ReadAsync(async db =>
        {
            var rows = new List<StoredFile>();
            foreach (var text in ids)
            {
                if (Id<StoredFile>.TryParse(text, out var id) && await files.FindAsync(db, workspace, id) is { } row) rows.Add(row.File);
            }
            return rows;
        }, http.RequestAborted);
        var newestFirst = found.OrderByDescending(static f => f.CreatedAt).ThenByDescending(static f => f.Id.Value, StringComparer.Ordinal);
        await http.WriteAsync(new Page<StoredFile>([.. newestFirst], null), WireJson.Wire.PageStoredFile);
    }

    private async Task RetrieveAsync(HttpContext http) => await http.WriteAsync((await FindAsync(http)).File, WireJson.Wire.StoredFile);

    private async Task DownloadAsync(HttpContext http)
    {
        var (file, blob) = await FindAsync(http);
        if (blob is null || files.IsExpired(file)) throw new ApiException(ErrorType.NotFound, $"The file {file.Id} has expired.", "file_expired");
        if (!file.Downloadable) throw new ApiException(ErrorType.InvalidRequest, $"The file {file.Id} was uploaded and cannot be downloaded; only files that a session made can.", "file_not_downloadable");
        http.Response.ContentType = file.MimeType;
        http.Response.ContentLength = file.SizeBytes;
        // A page that an agent wrote must not run as one of this server's.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Filename);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        try
        {
            await foreach (var chunk in blobs.ReadAsync(blob, file.SizeBytes, http.RequestAborted)) await http.Response.BodyWriter.WriteAsync(chunk, http.RequestAborted);
        }
        catch (FileGoneException) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            throw NotFound(file.Id);
        }
        catch (FileGoneException)
        {
            // Half an answer cannot be taken back; cutting the connection tells the client that it is none.
            http.Abort();
        }
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var id = FileId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        if (!await database.WriteAsync(db => files.DeleteAsync(db, workspace, id), http.RequestAborted)) throw NotFound(id);
        await http.WriteAsync(new Deleted(id.Value, "file_deleted"), WireJson.Wire.Deleted);
    }

    private async ValueTask<FileRow> FindAsync(HttpContext http)
    {
        var id = FileId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        return await database.ReadAsync(db => files.FindAsync(db, workspace, id), http.RequestAborted) ?? throw NotFound(id);
    }

    private static Id<StoredFile> FileId(HttpContext http) => http.RouteId<StoredFile>("file", "file");

    private static ApiException NotFound(Id<StoredFile> id) => ApiException.NotFound("file", id.Value);
}
