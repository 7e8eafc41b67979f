using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>The log of a session, as a list and as a stream (public contract, "Session events").</summary>
internal sealed class SessionEventEndpoints(Database database, SessionRepository sessions, SessionLog log, IdGenerator ids, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const string ListName = "session_events";
    private const int PageMax = 1000;

    /// <summary>How often a stream says that it is alive.</summary>
    public static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>How often a stream looks for events that another process wrote.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions/{session}/events").WithMetadata(BetaHeader.ManagedAgents);
        group.MapGet("", ListAsync);
        group.MapGet("/stream", StreamAsync);
    }

    private async Task ListAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var limit = http.Limit(PageMax, PageMax);
        var order = http.OneOf("order", "asc", "desc") ?? "asc";
        var types = http.Many("types");
        if (types.Count > 50) throw ApiException.Invalid($"types[] may be given 50 times, not {types.Count}.");
        var processed = http.Times("created_at");
        var cursor = Cursor.Read(http, ListName, 2);
        if (cursor is not null && cursor[0] != order) throw ApiException.Invalid($"page was made with order={cursor[0]}; go on with that order, or start again without page.");
        long? after = cursor is null ? null : Cursor.Number(cursor[1]);
        var found = await database.ReadAsync(async db =>
        {
            _ = await sessions.FindAsync(db, workspace, id) ?? throw SessionEndpoints.NotFound(id);
            return await log.ListAsync(db, workspace, id, types, processed, order == "asc", after, limit + 1);
        }, http.RequestAborted);
        var page = found.ToPage(limit, static e => e.Json, e => Cursor.Write(ListName, order, e.Seq.ToString()));
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var json in page.Data) writer.WriteRawValue(json, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteString("next_page", page.NextPage);
        writer.WriteEndObject();
    }

    /// <summary>What is appended from now on, in the order of the log; ends when the session is deleted or the server stops.</summary>
    private async Task StreamAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var seen = await database.ReadAsync(async db =>
        {
            _ = await sessions.FindAsync(db, workspace, id) ?? throw SessionEndpoints.NotFound(id);
            return await log.LastAsync(db, workspace, id);
        }, ending.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        await WriteAsync(http, "ping", """{"type":"ping"}""", ending.Token);
        var pinged = clock.GetTimestamp();
        try
        {
            while (true)
            {
                var grown = database.WakeUps.Next(id);
                var (exists, events) = await database.ReadAsync(async db => (await sessions.FindAsync(db, workspace, id) is not null,
                    await log.ListAsync(db, workspace, id, [], TimeRange.All, true, seen, PageMax)), ending.Token);
                foreach (var entry in events)
                {
                    await WriteAsync(http, entry.Type, entry.Json, ending.Token);
                    seen = entry.Seq;
                }
                if (!exists)
                {
                    await WriteAsync(http, "session.deleted", $$"""{"id":"{{ids.New("sevt")}}","type":"session.deleted","processed_at":"{{Rfc3339.Write(clock.GetUtcNow())}}"}""", ending.Token);
                    return;
                }
                if (events.Count == PageMax) continue;
                if (clock.GetElapsedTime(pinged) >= PingEvery)
                {
                    await WriteAsync(http, "ping", """{"type":"ping"}""", ending.Token);
                    pinged = clock.GetTimestamp();
                }
                await WakeUps.WaitAsync(grown, LookEvery, clock, ending.Token);
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The server stops: the stream ends in order, and the client finds the rest in the list.
        }
    }

    private static async Task WriteAsync(HttpContext http, string name, string json, CancellationToken cancellationToken)
    {
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: {json.ReplaceLineEndings(" ")}\n\n"), cancellationToken);
        await http.Response.BodyWriter.FlushAsync(cancellationToken);
    }
}
