using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Selection;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Dreams.Selection;

/// <summary>What a session filter would choose, and what it chose for a dream (beyond the public contract).</summary>
internal sealed class SessionFilterEndpoints(Database database, SessionSelector selector, DreamRepository dreams, DreamSessionRepository sessions)
{
    private const string ListName = "dream_sessions";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/reverie/session_filters/preview", PreviewAsync).Describe("What a session filter finds now", typeof(SessionFilterShape), typeof(SessionFilterPreview), Parameter.Limit(20, 1000, "Sessions shown."));
        routes.MapGet("/v1/reverie/dreams/{dream}/sessions", ListAsync).Describe("The sessions of a dream, and the filter that chose them", null, typeof(DreamSessions), Parameter.Limit(100, 1000), Parameter.Page);
    }

    private async Task PreviewAsync(HttpContext http)
    {
        var limit = http.Limit(20, 1000);
        using var body = await JsonBody.ReadAsync(http);
        var filter = SessionFilterFields.Read(JsonPart.Of(body));
        body.ThrowIfWrong();
        var (selection, isCut) = await selector.SelectAsync(Caller.Of(http).WorkspaceId, filter, null, null, http.RequestAborted);
        await http.WriteAsync(new SessionFilterPreview
        {
            Matched = selection.Matched,
            Chosen = selection.Chosen.Count,
            Truncated = isCut,
            Data = [.. selection.Chosen.Take(limit).Select(s => Show(filter, s))],
        }, WireJson.Wire.SessionFilterPreview);
    }

    private async Task ListAsync(HttpContext http)
    {
        var id = DreamEndpoints.DreamId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var limit = http.Limit(100, 1000);
        var after = Cursor.Read(http, ListName, 1) is [var seen] ? seen : "";
        var (filter, found) = await database.ReadAsync(async db =>
        {
            _ = await dreams.FindAsync(db, workspace, id) ?? throw DreamEndpoints.NotFound(id);
            return (await sessions.FilterAsync(db, workspace, id), await sessions.ListAsync(db, workspace, id, after, limit + 1));
        }, http.RequestAborted);
        var page = found.ToPage(limit, static s => s, static s => Cursor.Write(ListName, s));
        await http.WriteAsync(new DreamSessions { Filter = filter?.Filter, Matched = filter?.Matched, Data = page.Data, NextPage = page.NextPage }, WireJson.Wire.DreamSessions);
    }

    private static FilteredSession Show(DreamSessionFilter filter, SessionCandidate session)
    {
        var signs = SessionSelection.NeedsSigns(filter) ? session.Signs : null;
        return new FilteredSession
        {
            SessionId = session.Id,
            Agent = session.Agent,
            Source = session.Source,
            CreatedAt = session.CreatedAt,
            EndedAt = session.EndedAt,
            EventCount = session.EventCount,
            Result = session.Result,
            Score = session.Outcome?.Score,
            Errors = signs?.Errors,
            SuspectLines = signs?.SuspectLines,
            Weight = SessionSelection.Weight(filter, session),
            Reason = SessionSelection.Reason(filter, session),
        };
    }
}
