using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.Stores;

/// <summary>One store of one workspace: what every memory lies in.</summary>
/// <param name="WorkspaceId">Ids of other workspaces are not found in it.</param>
/// <param name="StoreId">The store.</param>
public readonly record struct MemoryScope(string WorkspaceId, Id<MemoryStore> StoreId);
