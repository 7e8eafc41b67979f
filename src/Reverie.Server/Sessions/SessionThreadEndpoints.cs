using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>The threads of a session (public contract, "Threads"). So far each session has one.</summary>
internal sealed class SessionThreadEndpoints(Database database, SessionRepository sessions, SessionSetupRepository setups, SessionLog log, SessionView view, SessionStream stream)
{
    private const string EventListName = "thread_events";
    private const int PageMax = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions/{session}/threads").WithMetadata(BetaHeader.ManagedAgents);
        group.MapGet("", ListAsync).Describe("List the threads of a session", null, typeof(Page<SessionThread>), Parameter.Limit(PageMax, PageMax), Parameter.Page, Parameter.Many("statuses", "", [.. WireNames<SessionStatus>.All]));
        group.MapGet("/{thread}", async http => await http.WriteAsync(await FindAsync(http), WireJson.Wire.SessionThread)).Describe("Get a thread", gives: typeof(SessionThread));
        group.MapPost("/{thread}/archive", ArchiveAsync).Describe("Archive a thread; the session's own is archived with the session", gives: typeof(SessionThread));
        group.MapGet("/{thread}/events", ListEventsAsync).Describe("List the events of a thread", null, typeof(Page<EventShape>), Parameter.Limit(PageMax, PageMax), Parameter.Page);
        group.MapGet("/{thread}/stream", FollowAsync).Describe(new Operation("Follow the events of a thread from now on") { GivesMedia = "text/event-stream", Query = [SessionStream.Deltas] });
    }

    private async Task ListAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        _ = http.Limit(PageMax, PageMax);
        var statuses = http.Many<SessionStatus>("statuses");
        if (http.Text("page") is not null) throw Cursor.Wrong();
        var primary = await PrimaryAsync(http, id);
        IReadOnlyList<SessionThread> threads = primary is not null && (statuses.Count == 0 || statuses.Contains(primary.Status)) ? [primary] : [];
        await http.WriteAsync(new Page<SessionThread>(threads, null), WireJson.Wire.PageSessionThread);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var thread = await FindAsync(http);
        throw ApiException.Invalid($"The thread {thread.Id} is the session's own and is archived with the session.");
    }

    private async Task ListEventsAsync(HttpContext http)
    {
        var thread = await FindAsync(http);
        var limit = http.Limit(PageMax, PageMax);
        long? after = Cursor.Read(http, EventListName, 1) is [var seq] ? Cursor.Number(seq) : null;
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => log.ListThreadAsync(db, workspace, thread.SessionId, ThreadView.SessionOnly, after, limit + 1), http.RequestAborted);
        await SessionEventEndpoints.WriteAsync(http, found.ToPage(limit, static e => e.Json, static e => Cursor.Write(EventListName, e.Seq.ToString())));
    }

    private async Task FollowAsync(HttpContext http)
    {
        var thread = await FindAsync(http);
        await stream.FollowAsync(http, thread.SessionId, isThread: true);
    }

    private async Task<SessionThread> FindAsync(HttpContext http)
    {
        var id = http.RouteId<SessionThread>("thread", "thread");
        return await PrimaryAsync(http, SessionEndpoints.SessionId(http)) is { } primary && primary.Id == id ? primary : throw ApiException.NotFound("thread", id.Value);
    }

    /// <summary>Null for a session that did not start here.</summary>
    private async Task<SessionThread?> PrimaryAsync(HttpContext http, Id<Session> id)
    {
        var workspace = Caller.Of(http).WorkspaceId;
        var (row, setup) = await database.ReadAsync(async db => (await sessions.FindAsync(db, workspace, id), await setups.FindAsync(db, workspace, id)), http.RequestAborted);
        if (row is null) throw SessionEndpoints.NotFound(id);
        return setup is null ? null : view.Primary(row, setup);
    }
}
