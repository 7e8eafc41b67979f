using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Judging;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>What the contract does not have about calls under <c>auto</c>: why they were allowed, denied or left to a person.</summary>
internal sealed class JudgementEndpoints(Database database, SessionRepository sessions, SessionLog log)
{
    private const int JudgementsMax = 1000;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/reverie/sessions/{session}/judgements", ListAsync).Describe("What was decided about a session's calls under the policy auto, and why, newest first", null, typeof(Page<CallJudgement>));

    private async Task ListAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var calls = await database.ReadAsync(async db =>
        {
            _ = await sessions.FindAsync(db, workspace, id) ?? throw SessionEndpoints.NotFound(id);
            return await log.ListJudgedAsync(db, workspace, id, JudgementsMax);
        }, http.RequestAborted);
        await http.WriteAsync(new Page<CallJudgement>([.. calls.Select(Show)], null), WireJson.Wire.PageCallJudgement);
    }

    private static CallJudgement Show(LoggedEvent call)
    {
        var entry = JsonElement.Parse(call.Json);
        var (decided, note) = (entry.GetProperty("evaluation").GetProperty("evaluated_permission"), JudgementNote.Read(call.Kept!));
        return new CallJudgement(entry.GetProperty("id").GetString()!, call.ThreadId, Text(entry, "mcp_server_name"), entry.GetProperty("name").GetString()!, decided.GetProperty("type").GetString()!, Text(decided, "reason_code"),
            note.Reason, note.Model, entry.GetProperty("processed_at").GetDateTimeOffset());
    }

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;
}
