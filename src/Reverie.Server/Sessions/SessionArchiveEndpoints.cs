using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Sessions in and out in the interchange format, thousands in one request, never a whole body in memory.</summary>
internal sealed class SessionArchiveEndpoints(Database database, SessionRepository sessions, SessionImport import, AuditLog audit)
{
    /// <summary>Bytes of one import as they are sent (1 GiB).</summary>
    public const long ImportBytesMax = 1L << 30;

    private const string ListName = "archive";

    private const string Lines = "application/x-ndjson";

    private static readonly Parameter[] Filters = [new("agent"), new("source"), new("external_id"), Parameter.IncludeArchived, .. Parameter.Times()];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/reverie/sessions/import", ImportAsync).Describe(new Operation("Sessions in, one a line, plain or gzip")
        {
            TakesMedia = Lines,
            Gives = typeof(ImportSummary),
            Query = [Parameter.Flag("skip_bad", "Whether lines that are no session are passed over.")],
        });
        routes.MapGet("/v1/reverie/sessions/export", ExportAsync).Describe(new Operation("Sessions out, one a line, oldest first") { GivesMedia = Lines, Query = Filters });
        routes.MapGet("/v1/reverie/sessions", FindAsync).Describe("Find sessions by where they came from, newest first", null, typeof(Page<ArchivedSession>), [Parameter.Limit(20, 1000), Parameter.Page, .. Filters]);
    }

    private async Task ImportAsync(HttpContext http)
    {
        var skipsBad = http.Flag("skip_bad");
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = ImportBytesMax;
        if (http.Request.ContentLength > ImportBytesMax) throw new ApiException(ErrorType.TooLarge, $"The body has {http.Request.ContentLength} bytes; the limit is {ImportBytesMax}. Send the sessions in several imports.");
        // An import is many transactions: it is recorded before the first, and counted after the last.
        await RecordAsync(AuditActions.ImportBegun);
        var (done, problem) = await import.RunAsync(Caller.Of(http).WorkspaceId, http.Request.Body, skipsBad, http.RequestAborted);
        await RecordAsync(AuditActions.ImportEnded, ("imported", done.Imported.ToString()), ("already_there", done.AlreadyThere.ToString()), ("skipped", done.Skipped.ToString()), ("problem", problem is null ? null : "ended early"));
        var kept = $"{done.Imported} sessions were imported before it and {done.AlreadyThere} were known already; sending all again is safe";
        switch (problem)
        {
            case TranscriptFileException bad:
                throw ApiException.Invalid($"line {bad.Line ?? 1} of the body: {bad.Problem.Replace("skip bad lines", "send skip_bad=true", StringComparison.Ordinal)}. {kept}.");
            case TranscriptLengthException:
                throw new ApiException(ErrorType.TooLarge, $"The body unpacks to more than {SessionImport.TextBytesMax} bytes of text, the limit of one import. {kept}, and better in several imports.");
            default:
                await http.WriteAsync(done, WireJson.Wire.ImportSummary);
                return;
        }

        Task<bool> RecordAsync(string action, params (string, string?)[] details) => database.WriteAsync(db =>
        {
            audit.Record(db, Caller.Of(http).WorkspaceId, Caller.Of(http).Actor, action, "import", http.TraceIdentifier, details);
            return ValueTask.FromResult(true);
        }, http.RequestAborted);
    }

    /// <summary>Oldest first, one session a line; gzip where the client accepts it. Sessions added meanwhile may be missing.</summary>
    private async Task ExportAsync(HttpContext http)
    {
        var workspace = Caller.Of(http).WorkspaceId;
        var filter = Filter(http);
        http.Response.ContentType = Lines;
        var isGzip = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (isGzip) http.Response.Headers.ContentEncoding = "gzip";
        await using var output = isGzip ? new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true) : http.Response.Body;
        (long, string)? after = null;
        while (true)
        {
            var rows = await database.ReadAsync(db => sessions.ListAsync(db, workspace, filter, true, after, 100), http.RequestAborted);
            foreach (var row in rows)
            {
                // Deleted since it was listed: gone is gone.
                if (await database.ReadAsync(db => sessions.ExportAsync(db, workspace, row.Id), http.RequestAborted) is not { } line) continue;
                await output.WriteAsync(line, http.RequestAborted);
                await output.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
            }
            if (rows.Count == 0) return;
            after = (DbTime.ToMicros(rows[^1].CreatedAt), rows[^1].Id.Value);
        }
    }

    /// <summary>Finds sessions by where they came from, which the contract's list cannot; newest first.</summary>
    private async Task FindAsync(HttpContext http)
    {
        var workspace = Caller.Of(http).WorkspaceId;
        var limit = http.Limit(20, 1000);
        var filter = Filter(http);
        var after = Cursor.ReadCreated(http, ListName);
        var found = await database.ReadAsync(db => sessions.ListAsync(db, workspace, filter, false, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, ToArchived, static r => Cursor.Write(ListName, r.CreatedAt, r.Id.Value)), WireJson.Wire.PageArchivedSession);
    }

    private static ArchivedSession ToArchived(SessionRow row) => new(row.Id, row.Source, row.ExternalId, row.AgentName, row.Title, row.Outcome?.Satisfied, row.EventCount, row.CreatedAt);

    private static SessionFilter Filter(HttpContext http) =>
        new(http.Times("created_at"), http.Flag("include_archived"), [], http.Text("agent"), http.Text("source"), http.Text("external_id"));
}
