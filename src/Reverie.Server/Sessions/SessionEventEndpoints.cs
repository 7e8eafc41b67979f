using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>The log of a session, as a list and as a stream (public contract, "Session events").</summary>
internal sealed class SessionEventEndpoints(Database database, SessionRepository sessions, SessionLog log, SessionStream stream)
{
    private const string ListName = "session_events";
    private const int PageMax = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions/{session}/events").WithMetadata(BetaHeader.ManagedAgents);
        group.MapGet("", ListAsync).Describe("List the events of a session", null, typeof(Page<EventShape>),
            [Parameter.Limit(PageMax, PageMax), Parameter.Page, Parameter.OneOf("order", "", "asc", "desc"), Parameter.Many("types", "Only events of these types, at most 50."), .. Parameter.Times()]);
        group.MapGet("/stream", http => stream.FollowAsync(http, SessionEndpoints.SessionId(http), thread: null))
            .Describe(new Operation("Follow the events of a session from now on") { GivesMedia = "text/event-stream", Query = [SessionStream.Deltas] });
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
        await WriteAsync(http, found.ToPage(limit, static e => e.Json, e => Cursor.Write(ListName, order, e.Seq.ToString())));
    }

    /// <summary>A page of events as the log holds them, byte for byte.</summary>
    public static async Task WriteAsync(HttpContext http, Page<string> page)
    {
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var json in page.Data) writer.WriteRawValue(json, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteString("next_page", page.NextPage);
        writer.WriteEndObject();
    }
}
