using System.Text.Json.Serialization;

namespace Reverie.Protocol.Memory;

/// <summary>A store made from another one.</summary>
/// <param name="MemoryStore">The new store.</param>
/// <param name="MemoryCount">Memories in it.</param>
/// <param name="Unrestorable">Memories of the source whose text of the chosen moment was redacted since; they were left out.</param>
public sealed record MemoryStoreClone(MemoryStore MemoryStore, int MemoryCount, IReadOnlyList<UnrestorableMemory> Unrestorable)
{
    /// <summary>Always <c>memory_store_clone</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "memory_store_clone";
}
