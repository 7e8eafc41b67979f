using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Environments;

/// <summary>A feature whose things refer to environments, which therefore cannot be deleted.</summary>
public interface IEnvironmentUse
{
    /// <summary>True when something of this feature refers to the environment.</summary>
    ValueTask<bool> IsUsedAsync(DbSession db, string workspaceId, Id<AgentEnvironment> id);
}
