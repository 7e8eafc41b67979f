using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Inference;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Outcomes;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>What the contract does not have about outcomes: the scores of each criterion, and which model grades.</summary>
internal sealed class OutcomeEndpoints(Database database, SessionRepository sessions, SessionLog log, GraderSettings settings, ModelRegistry models)
{
    private const int EvaluationsMax = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reverie/sessions/{session}/evaluations", ListAsync).Describe("What each evaluation of a session's outcomes found, oldest first", null, typeof(Page<OutcomeScores>));
        routes.MapGet("/v1/reverie/settings", ReadAsync).Describe("The settings of the workspace", gives: typeof(WorkspaceSettings));
        routes.MapPost("/v1/reverie/settings", WriteAsync).Describe("Change the settings of the workspace", typeof(WorkspaceSettings), typeof(WorkspaceSettings));
    }

    private async Task ListAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var ends = await database.ReadAsync(async db =>
        {
            _ = await sessions.FindAsync(db, workspace, id) ?? throw SessionEndpoints.NotFound(id);
            return await log.ListAsync(db, workspace, id, [EventTypes.EvaluationEnd], TimeRange.All, true, null, EvaluationsMax);
        }, http.RequestAborted);
        await http.WriteAsync(new Page<OutcomeScores>([.. ends.Select(Show)], null), WireJson.Wire.PageOutcomeScores);
    }

    private static OutcomeScores Show(LoggedEvent end)
    {
        var entry = JsonElement.Parse(end.Json);
        // One of an imported session says how it went, and no more.
        var note = end.Kept is { } kept ? VerdictNote.Read(kept) : VerdictNote.None;
        return new OutcomeScores(Text("id"), Text("outcome_id"), entry.TryGetProperty("iteration", out var iteration) && iteration.TryGetInt32(out var number) ? number : 0, Text("result"), note.Score,
            [.. note.Criteria.Select(static c => new CriterionScore(c.Name, c.IsMet, c.Score, c.Explanation, c.IsCheck))], entry.GetProperty("processed_at").GetDateTimeOffset());

        string Text(string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }

    private async Task ReadAsync(HttpContext http) =>
        await http.WriteAsync(new WorkspaceSettings(await settings.ModelAsync(Caller.Of(http).WorkspaceId, http.RequestAborted)), WireJson.Wire.WorkspaceSettings);

    private async Task WriteAsync(HttpContext http)
    {
        using var body = (await JsonBody.ReadAsync(http)).Knows("grader_model");
        var root = JsonPart.Of(body);
        var model = root.Text("grader_model", false, 1, ModelRegistry.IdCharsMax);
        if (model is not null && models.Find(model) is ModelUnavailable unavailable) root.Problem("grader_model", $"names a model that {unavailable.Reason}");
        body.ThrowIfWrong();
        if (root.IsSent("grader_model")) await settings.SetModelAsync(Caller.Of(http).WorkspaceId, model, http.RequestAborted);
        await ReadAsync(http);
    }
}
