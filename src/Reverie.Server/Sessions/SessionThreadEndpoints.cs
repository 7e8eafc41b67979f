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

/// <summary>The threads of a session (public contract, "Threads").</summary>
internal sealed class SessionThreadEndpoints(Database database, SessionRepository sessions, SessionSetupRepository setups, ThreadArchive archive, SessionLog log, SessionView view, SessionStream stream)
{
    private const string ListName = "threads";
    private const string EventListName = "thread_events";
    private const int PageMax = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions/{session}/threads").WithMetadata(BetaHeader.ManagedAgents);
        group.MapGet("", ListAsync).Describe("List the threads of a session", null, typeof(Page<SessionThread>), Parameter.Limit(PageMax, PageMax), Parameter.Page, Parameter.Many("statuses", "", [.. WireNames<SessionStatus>.All]));
        group.MapGet("/{thread}", async http => await http.WriteAsync(await FindAsync(http), WireJson.Wire.SessionThread)).Describe("Get a thread", gives: typeof(SessionThread));
        group.MapPost("/{thread}/archive", ArchiveAsync).Describe("Archive a thread that waits; the session's own is archived with the session", gives: typeof(SessionThread));
        group.MapGet("/{thread}/events", ListEventsAsync).Describe("List the events of a thread", null, typeof(Page<EventShape>), Parameter.Limit(PageMax, PageMax), Parameter.Page);
        group.MapGet("/{thread}/stream", FollowAsync).Describe(new Operation("Follow the events of a thread from now on") { GivesMedia = "text/event-stream", Query = [SessionStream.Deltas] });
    }

    private async Task ListAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        var limit = http.Limit(PageMax, PageMax);
        var statuses = http.Many<SessionStatus>("statuses");
        var after = Cursor.Read(http, ListName, 1) is [var last] ? last : null;
        var all = await AllAsync(http, id);
        // A session has some dozens of threads in its life; ids grow, and the primary thread is the oldest.
        var found = all.SkipWhile(t => after is not null && t.Id.Value != after).Skip(after is null ? 0 : 1).Where(t => statuses.Count == 0 || statuses.Contains(t.Status)).Take(limit + 1).ToList();
        await http.WriteAsync(found.ToPage(limit, static t => t, static t => Cursor.Write(ListName, t.Id.Value)), WireJson.Wire.PageSessionThread);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var thread = await FindAsync(http);
        if (thread.ParentThreadId is null) throw ApiException.Invalid($"The thread {thread.Id} is the session's own and is archived with the session.");
        var workspace = Caller.Of(http).WorkspaceId;
        var archived = await database.WriteAsync(async db =>
        {
            var session = await sessions.HoldAsync(db, workspace, thread.SessionId) ?? throw SessionEndpoints.NotFound(thread.SessionId);
            var row = await ThreadRepository.FindAsync(db, workspace, thread.SessionId, thread.Id) ?? throw ApiException.NotFound("thread", thread.Id.Value);
            if (row.Progress.Status is SessionStatus.Running or SessionStatus.Rescheduling) throw ApiException.Invalid($"The thread {thread.Id} is at work: interrupt it first (user.interrupt with its session_thread_id).");
            return await archive.ArchiveAsync(db, session, row);
        }, http.RequestAborted);
        await http.WriteAsync(view.Show(archived, thread.SessionId, thread.ParentThreadId.Value), WireJson.Wire.SessionThread);
    }

    private async Task ListEventsAsync(HttpContext http)
    {
        var thread = await FindAsync(http);
        var limit = http.Limit(PageMax, PageMax);
        long? after = Cursor.Read(http, EventListName, 1) is [var seq] ? Cursor.Number(seq) : null;
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => log.ListThreadAsync(db, workspace, thread.SessionId, thread.ParentThreadId is null ? null : thread.Id.Value, after, limit + 1), http.RequestAborted);
        await SessionEventEndpoints.WriteAsync(http, found.ToPage(limit, static e => e.Json, static e => Cursor.Write(EventListName, e.Seq.ToString())));
    }

    private async Task FollowAsync(HttpContext http)
    {
        var thread = await FindAsync(http);
        await stream.FollowAsync(http, thread.SessionId, thread);
    }

    private async Task<SessionThread> FindAsync(HttpContext http)
    {
        var id = http.RouteId<SessionThread>("thread", "thread");
        return (await AllAsync(http, SessionEndpoints.SessionId(http))).FirstOrDefault(t => t.Id == id) ?? throw ApiException.NotFound("thread", id.Value);
    }

    /// <summary>The primary thread, then the others in the order they were made; none for a session that did not start here.</summary>
    private async Task<IReadOnlyList<SessionThread>> AllAsync(HttpContext http, Id<Session> id)
    {
        var workspace = Caller.Of(http).WorkspaceId;
        var (row, setup, rows) = await database.ReadAsync(async db =>
            (await sessions.FindAsync(db, workspace, id), await setups.FindAsync(db, workspace, id), await ThreadRepository.ListAsync(db, workspace, id)), http.RequestAborted);
        if (row is null) throw SessionEndpoints.NotFound(id);
        return setup is null ? [] : [view.Primary(row, setup), .. rows.Select(r => view.Show(r, id, setup.PrimaryThreadId))];
    }
}
