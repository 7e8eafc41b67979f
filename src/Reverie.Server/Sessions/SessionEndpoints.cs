using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Dreams.Withdrawals;
using Reverie.Files;
using Reverie.Memory.Search;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Hands;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Sessions: list, retrieve, archive and delete (public contract, "Sessions").</summary>
internal sealed class SessionEndpoints(Database database, SessionRepository sessions, SessionSetupRepository setups, ThreadArchive threads, SessionLog log, FileRepository files, OpenSandboxes sandboxes, SessionView view,
    WithdrawalPlanning planning, SessionWithdrawals withdrawals, MemorySearch search, AuditLog audit)
{
    private const string ListName = "sessions";

    /// <summary>How often a deletion is thought out; the last time with the writer held.</summary>
    private const int PlansMax = 4;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions").WithMetadata(BetaHeader.ManagedAgents);
        group.MapGet("", ListAsync).Describe("List sessions by age", null, typeof(SessionPage),
        [
            Parameter.Limit(20, 100), new Parameter("page", "A next_page or prev_page; nothing for the first."), Parameter.OneOf("order", "", "asc", "desc"), Parameter.IncludeArchived,
            Parameter.Many("statuses", "", "idle", "running", "rescheduling", "terminated"), new Parameter("agent_id"), new Parameter("agent_version", "Only together with agent_id.") { Type = "integer", Min = 1, Max = int.MaxValue }, new Parameter("deployment_id"), new Parameter("memory_store_id"), .. Parameter.Times(),
        ]);
        group.MapGet("/{session}", RetrieveAsync).Describe("Get a session", gives: typeof(Session));
        group.MapDelete("/{session}", DeleteAsync).Describe("Delete a session with its log", gives: typeof(Deleted));
        group.MapPost("/{session}/archive", ArchiveAsync).Describe("Archive a session, for good", gives: typeof(Session));
    }

    public static Id<Session> SessionId(HttpContext http) => http.RouteId<Session>("session", "session");

    public static ApiException NotFound(Id<Session> id) => ApiException.NotFound("session", id.Value);

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        await http.WriteAsync(await view.ReadAsync(workspace, id, http.RequestAborted), WireJson.Wire.Session);
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var order = http.OneOf("order", "asc", "desc") ?? "desc";
        var version = http.Number("agent_version", 0, 1, int.MaxValue);
        var filter = new SessionFilter(http.Times("created_at"), http.Flag("include_archived"), http.Many<SessionStatus>("statuses"), null, null, null)
        {
            AgentId = http.Text("agent_id"),
            AgentVersion = version == 0 ? null : version,
            MemoryStoreId = http.Text("memory_store_id"),
        };
        if (filter is { AgentVersion: not null, AgentId: null }) throw ApiException.Invalid("agent_version goes together with agent_id only.");
        var workspace = Caller.Of(http).WorkspaceId;
        // There are no deployments yet that could have started one.
        var isNone = http.Text("deployment_id") is not null;
        var cursor = Cursor.Read(http, ListName, 4);
        if (cursor is not null && cursor[0] != order) throw ApiException.Invalid($"page was made with order={cursor[0]}; go on with that order, or start again without page.");
        (long, string)? after = cursor is null ? null : (Cursor.Number(cursor[2]), cursor[3]);
        var isBack = cursor?[1] == "back";
        var isAscending = order == "asc" != isBack;
        var found = isNone ? [] : await database.ReadAsync(db => sessions.ListAsync(db, workspace, filter, isAscending, after, limit + 1), http.RequestAborted);
        var hasMore = found.Count > limit;
        var page = found.Take(limit).ToList();
        if (isBack) page.Reverse();
        // Going back, what was left lies ahead; the first page has nothing before it.
        var next = page.Count > 0 && (isBack || hasMore) ? Position("on", page[^1]) : null;
        var previous = page.Count > 0 && cursor is not null && (!isBack || hasMore) ? Position("back", page[0]) : null;
        var shown = await database.ReadAsync(async db =>
        {
            var setup = new List<Session>(page.Count);
            foreach (var row in page) setup.Add(view.Show(row, await setups.FindAsync(db, workspace, row.Id)));
            return setup;
        }, http.RequestAborted);
        await http.WriteAsync(new SessionPage(shown, next, previous), WireJson.Wire.SessionPage);

        string Position(string direction, SessionRow row) => Cursor.Write(ListName, order, direction, DbTime.ToMicros(row.CreatedAt).ToString(), row.Id.Value);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var id = SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.WriteAsync(async db =>
        {
            var session = await RestingAsync(db, workspace, id);
            if (session.ArchivedAt is null && await setups.FindAsync(db, workspace, id) is { } setup)
            {
                foreach (var thread in await ThreadRepository.ListAsync(db, workspace, id)) await threads.ArchiveAsync(db, session, thread);
                await log.AppendAsync(db, workspace, id, [TurnEvents.ThreadTerminated(new ThreadName(setup.PrimaryThreadId.Value, setup.Agent.Name))]);
            }
            return await sessions.ArchiveAsync(db, workspace, session);
        }, http.RequestAborted);
        await http.WriteAsync(await view.ReadAsync(workspace, row.Id, http.RequestAborted), WireJson.Wire.Session);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var id = SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var actor = Caller.Of(http).Actor;
        var withdrawn = await WithdrawAsync(id, workspace, actor, http.RequestAborted);
        // What was taken out of a store is out of its index too before this is answered.
        foreach (var scope in withdrawn) await search.CatchUpAsync(scope, CancellationToken.None);
        if (withdrawn.Count > 0) await search.ForgetAsync(CancellationToken.None);
        await sandboxes.DeleteAsync(id);
        await http.WriteAsync(new Deleted(id.Value, "session_deleted"), WireJson.Wire.Deleted);
    }

    /// <summary>Thinks first and writes then, so that writers wait for the second alone; anew where something changed in between.</summary>
    private async Task<IReadOnlyList<MemoryScope>> WithdrawAsync(Id<Session> id, string workspace, Actor actor, CancellationToken cancellationToken)
    {
        for (var plans = 1; ; plans++)
        {
            var plan = plans < PlansMax ? await database.ReadAsync(db => planning.PlanAsync(db, workspace, id), cancellationToken) : null;
            if (await database.WriteAsync(db => DeleteAsync(db, id, workspace, plan, actor), cancellationToken) is { } withdrawn) return withdrawn;
        }
    }

    /// <returns>Null, and nothing done, when the plan no longer holds.</returns>
    /// <param name="plan">Null to make it in the transaction.</param>
    private async ValueTask<IReadOnlyList<MemoryScope>?> DeleteAsync(DbSession db, Id<Session> id, string workspace, WithdrawalPlan? plan, Actor actor)
    {
        var session = await RestingAsync(db, workspace, id);
        if (await withdrawals.WithdrawAsync(db, session, plan ?? await planning.PlanAsync(db, workspace, id), actor) is not { } touched) return null;
        await files.DeleteOfSessionAsync(db, workspace, id);
        await setups.DeleteAsync(db, workspace, id);
        await sessions.DeleteAsync(db, workspace, id);
        audit.Record(db, workspace, actor, AuditActions.SessionDeleted, "session", id.Value);
        return touched;
    }

    private async ValueTask<SessionRow> RestingAsync(DbSession db, string workspace, Id<Session> id)
    {
        var session = await sessions.HoldAsync(db, workspace, id) ?? throw NotFound(id);
        return session.Status is SessionStatus.Idle or SessionStatus.Terminated ? session
            : throw ApiException.Invalid($"The session {id} is {WireNames<SessionStatus>.Of(session.Status)}; wait until it is idle, interrupt it, or cancel the dream it belongs to.");
    }
}
