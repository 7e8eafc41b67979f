using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Sessions.Inbox;

/// <summary>Where a session stands, as far as it decides on what clients send.</summary>
/// <param name="WorkspaceId">Whose it is.</param>
/// <param name="Id">The session.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Waiting">The calls that wait for a client.</param>
/// <param name="Usage">What it has used, as <see cref="SessionCost"/> spells it; null for a session that never asked a model here.</param>
/// <param name="Active">How long its turns have taken that are over.</param>
/// <param name="IsArchived">It takes nothing any more.</param>
/// <param name="IsFree">Nobody runs it.</param>
internal sealed record InboxSession(string WorkspaceId, Id<Session> Id, SessionStatus Status, IReadOnlyList<WaitingCall> Waiting, string? Usage, TimeSpan Active, bool IsArchived, bool IsFree)
{
    /// <summary>Null when the workspace has no such session. Nobody else changes it before this transaction ends.</summary>
    public static ValueTask<InboxSession?> HoldAsync(DbSession db, string workspaceId, Id<Session> id) => db.FirstAsync(
        $"""
        SELECT status, waiting, usage, active_micros, archived_at, CASE WHEN lease_until < {db.Dialect.NowMicros} THEN 1 ELSE 0 END
        FROM sessions WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}
        """, r => new InboxSession(workspaceId, id, WireNames<SessionStatus>.Parse(r.GetString(0)), WaitingCalls.Read(r.GetString(1)), r.TextOrNull(2), TimeSpan.FromMicroseconds(r.GetInt64(3)), !r.IsNull(4), r.GetInt64(5) == 1),
        ("@workspace", workspaceId), ("@id", id.Value));
}
