using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Sessions: list, retrieve, archive and delete (public contract, "Sessions").</summary>
internal sealed class SessionEndpoints(Database database, SessionRepository sessions)
{
    private const string ListName = "sessions";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sessions").WithMetadata(BetaHeader.ManagedAgents);
        group.MapGet("", ListAsync);
        group.MapGet("/{session}", RetrieveAsync);
        group.MapDelete("/{session}", DeleteAsync);
        group.MapPost("/{session}/archive", ArchiveAsync);
    }

    public static Id<Session> SessionId(HttpContext http) => http.RouteId<Session>("session", "session");

    public static ApiException NotFound(Id<Session> id) => ApiException.NotFound("session", id.Value);

    /// <summary>The wire's shape. What an imported session never had is empty.</summary>
    public static Session ToSession(SessionRow row) => new()
    {
        Id = row.Id,
        Status = row.Status,
        Agent = new SessionAgent { Id = StandIn("agent", row.AgentName), Name = row.AgentName, Model = new SessionModel("unknown") },
        EnvironmentId = StandIn("env", row.Source),
        Title = row.Title,
        Metadata = row.Metadata,
        OutcomeEvaluations = row.Outcome is not { } outcome ? [] :
        [
            new OutcomeEvaluation
            {
                OutcomeId = StandIn("outc", row.Id.Value),
                Description = row.Title ?? "",
                Result = outcome.Satisfied ? "satisfied" : "failed",
                Explanation = outcome.Explanation,
                CompletedAt = row.UpdatedAt,
            },
        ],
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        ArchivedAt = row.ArchivedAt,
    };

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.ReadAsync(db => sessions.FindAsync(db, workspace, id), http.RequestAborted) ?? throw NotFound(id);
        await http.WriteAsync(ToSession(row), WireJson.Wire.Session);
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var order = http.OneOf("order", "asc", "desc") ?? "desc";
        var filter = new SessionFilter(http.Times("created_at"), http.Flag("include_archived"), http.Many<SessionStatus>("statuses"), null, null, null);
        var workspace = Caller.Of(http).WorkspaceId;
        // Agents, deployments and attached stores come with sessions that run here; no session has any yet.
        var isNone = http.Text("agent_id") is not null || http.Text("deployment_id") is not null || http.Text("memory_store_id") is not null;
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
        await http.WriteAsync(new SessionPage([.. page.Select(ToSession)], next, previous), WireJson.Wire.SessionPage);

        string Position(string direction, SessionRow row) => Cursor.Write(ListName, order, direction, DbTime.ToMicros(row.CreatedAt).ToString(), row.Id.Value);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var id = SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.WriteAsync(async db => await sessions.ArchiveAsync(db, workspace, await RestingAsync(db, workspace, id)), http.RequestAborted);
        await http.WriteAsync(ToSession(row), WireJson.Wire.Session);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var id = SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        await database.WriteAsync(async db =>
        {
            _ = await RestingAsync(db, workspace, id);
            await sessions.DeleteAsync(db, workspace, id);
            return true;
        }, http.RequestAborted);
        await http.WriteAsync(new Deleted(id.Value, "session_deleted"), WireJson.Wire.Deleted);
    }

    private async ValueTask<SessionRow> RestingAsync(DbSession db, string workspace, Id<Session> id)
    {
        var session = await sessions.FindAsync(db, workspace, id) ?? throw NotFound(id);
        return session.Status != SessionStatus.Running ? session : throw ApiException.Invalid($"The session {id} is running; wait until it is idle, or cancel the dream it belongs to.");
    }

    /// <summary>An id for what an imported session only knows by name: the same name gives the same id.</summary>
    private static string StandIn(string prefix, string name) => $"{prefix}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24]}";
}
