using Reverie.Environments;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Sessions.Starting;

/// <summary>An environment that a session was started in stays.</summary>
public sealed class EnvironmentUse : IEnvironmentUse
{
    /// <inheritdoc />
    public async ValueTask<bool> IsUsedAsync(DbSession db, string workspaceId, Id<AgentEnvironment> id) => await db.FirstAsync(
        "SELECT 1 FROM session_setups WHERE workspace_id = @workspace AND environment_id = @id LIMIT 1", static _ => true, ("@workspace", workspaceId), ("@id", id.Value));
}
