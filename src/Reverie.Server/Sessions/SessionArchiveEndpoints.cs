using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Sessions in and out in the interchange format, thousands in one request, never a whole body in memory.</summary>
internal sealed class SessionArchiveEndpoints(Database database, SessionRepository sessions)
{
    /// <summary>Bytes of one import as they are sent (1 GiB).</summary>
    public const long ImportBytesMax = 1L << 30;

    /// <summary>Sessions written at a time: they share commits.</summary>
    private const int WritesAhead = 32;

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

    /// <summary>
    /// Each session is kept whole or not at all. Without <c>skip_bad=true</c> the first line that is no session ends the
    /// import; what came before stays, and sending the whole again goes on from there.
    /// </summary>
    private async Task ImportAsync(HttpContext http)
    {
        var workspace = Caller.Of(http).WorkspaceId;
        var skipsBad = http.Flag("skip_bad");
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = ImportBytesMax;
        var (imported, known, skipped, events) = (0, 0, 0, 0L);
        var writing = new Queue<Task<(bool IsNew, int Events)>>();
        TranscriptFileException? problem = null;
        try
        {
            await foreach (var raw in TranscriptFiles.ReadStreamAsync("body", http.Request.Body, http.RequestAborted))
            {
                SessionTranscript session;
                try
                {
                    session = raw.Parse();
                }
                catch (TranscriptFileException) when (skipsBad)
                {
                    skipped++;
                    continue;
                }
                writing.Enqueue(WriteAsync(session));
                if (writing.Count >= WritesAhead) Count(await writing.Dequeue());
            }
        }
        catch (TranscriptFileException error)
        {
            problem = error;
        }
        while (writing.TryDequeue(out var next)) Count(await next);
        if (problem is not null)
            throw ApiException.Invalid($"line {problem.Line ?? 1} of the body: {problem.Problem.Replace("skip bad lines", "send skip_bad=true", StringComparison.Ordinal)}. {imported} sessions were imported before it and {known} were known already; sending all again is safe.");
        await http.WriteAsync(new ImportSummary(imported, known, skipped, events), WireJson.Wire.ImportSummary);

        async Task<(bool, int)> WriteAsync(SessionTranscript session)
        {
            using (session) return ((await database.WriteAsync(db => sessions.ImportAsync(db, workspace, session), http.RequestAborted)).IsNew, session.Events.Count);
        }

        void Count((bool IsNew, int Events) one)
        {
            if (one.IsNew) (imported, events) = (imported + 1, events + one.Events);
            else known++;
        }
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
        (long, string)? after = Cursor.Read(http, ListName, 2) is [var at, var id] ? (Cursor.Number(at), id) : null;
        var found = await database.ReadAsync(db => sessions.ListAsync(db, workspace, filter, false, after, limit + 1), http.RequestAborted);
        var next = found.Count > limit ? Cursor.Write(ListName, DbTime.ToMicros(found[limit - 1].CreatedAt).ToString(), found[limit - 1].Id.Value) : null;
        await http.WriteAsync(new Page<ArchivedSession>([.. found.Take(limit).Select(static r => new ArchivedSession(r.Id, r.Source, r.ExternalId, r.AgentName, r.Title, r.Outcome?.Satisfied, r.EventCount, r.CreatedAt))], next), WireJson.Wire.PageArchivedSession);
    }

    private static SessionFilter Filter(HttpContext http) =>
        new(http.Times("created_at"), http.Flag("include_archived"), [], http.Text("agent"), http.Text("source"), http.Text("external_id"));
}
