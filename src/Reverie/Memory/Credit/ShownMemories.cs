using Reverie.Memory.Stores;

namespace Reverie.Memory.Credit;

/// <summary>Memories of a store whose text a tool showed.</summary>
/// <param name="Store">The store.</param>
/// <param name="Paths">Absolute, each once.</param>
public sealed record ShownMemories(MemoryScope Store, IReadOnlyList<string> Paths);
