using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Outcomes;

/// <summary>The outcomes of a session beside it, as lists show them, and the label that dreams learn from.</summary>
internal static class OutcomeRecords
{
    public static async ValueTask KeepAsync(DbSession db, string workspaceId, Id<Session> session, IReadOnlyList<Outcome> outcomes)
    {
        // What a person stopped was not judged.
        var judged = outcomes.LastOrDefault(static o => OutcomeResults.IsTerminal(o.Result) && o.Result != OutcomeResults.Interrupted);
        var label = judged is null ? null : JsonSerializer.Serialize(new SessionOutcome(judged.Result == OutcomeResults.Satisfied, judged.Score, judged.Explanation), WireJson.Wire.SessionOutcome);
        await db.ExecuteAsync("UPDATE sessions SET evaluations = @evaluations, outcome = @label WHERE workspace_id = @workspace AND id = @id",
            ("@evaluations", JsonSerializer.Serialize([.. outcomes.Select(static o => o.Show())], WireJson.Wire.ListOutcomeEvaluation)), ("@label", label), ("@workspace", workspaceId), ("@id", session.Value));
    }

    /// <summary>Adds an outcome that was just defined.</summary>
    public static async ValueTask AddAsync(DbSession db, string workspaceId, Id<Session> session, string outcomeId, string description)
    {
        var all = await ListAsync(db, workspaceId, session);
        await db.ExecuteAsync("UPDATE sessions SET evaluations = @evaluations WHERE workspace_id = @workspace AND id = @id",
            ("@evaluations", JsonSerializer.Serialize([.. all, new OutcomeEvaluation { OutcomeId = outcomeId, Description = description, Result = "pending", Explanation = null, CompletedAt = null }], WireJson.Wire.ListOutcomeEvaluation)),
            ("@workspace", workspaceId), ("@id", session.Value));
    }

    /// <summary>An outcome of the session has not ended.</summary>
    public static async ValueTask<bool> IsOneOpenAsync(DbSession db, string workspaceId, Id<Session> session) =>
        (await ListAsync(db, workspaceId, session)).Any(static e => !OutcomeResults.IsTerminal(e.Result));

    public static IReadOnlyList<OutcomeEvaluation> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, WireJson.Wire.ListOutcomeEvaluation)!;

    private static async ValueTask<IReadOnlyList<OutcomeEvaluation>> ListAsync(DbSession db, string workspaceId, Id<Session> session) => Read(await db.FirstAsync(
        "SELECT evaluations FROM sessions WHERE workspace_id = @workspace AND id = @id", static r => r.TextOrNull(0), ("@workspace", workspaceId), ("@id", session.Value)));
}
