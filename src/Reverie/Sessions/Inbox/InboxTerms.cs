using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Inbox;

/// <summary>What a session was started with, as far as it decides on what clients send.</summary>
/// <param name="PrimaryThreadId">Its own thread.</param>
/// <param name="BudgetCents">Its cap; null for none.</param>
/// <param name="Agent">Its agent, as stored.</param>
internal sealed record InboxTerms(string PrimaryThreadId, long? BudgetCents, string Agent)
{
    /// <summary>The model of its primary thread.</summary>
    public string ModelId => JsonSerializer.Deserialize(Agent, WireJson.Wire.SessionAgent)!.Model.Id;

    /// <summary>Null for a session that did not start here.</summary>
    public static ValueTask<InboxTerms?> FindAsync(DbSession db, string workspaceId, Id<Session> id) => db.FirstAsync(
        "SELECT primary_thread_id, budget_cents, agent FROM session_setups WHERE workspace_id = @workspace AND session_id = @id",
        static r => new InboxTerms(r.GetString(0), r.LongOrNull(1), r.GetString(2)), ("@workspace", workspaceId), ("@id", id.Value));
}
