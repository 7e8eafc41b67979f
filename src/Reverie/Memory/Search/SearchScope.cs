using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.Search;

/// <summary>Where to search.</summary>
/// <param name="WorkspaceId">Nothing of other workspaces is found.</param>
/// <param name="Stores">Only these, archived or not; null for every store that is not archived.</param>
/// <param name="PathPrefix">Only below this directory, which has slashes around it; <c>/</c> for all.</param>
public sealed record SearchScope(string WorkspaceId, IReadOnlyList<Id<MemoryStore>>? Stores, string PathPrefix);
