using System.Text.Json.Serialization;

namespace Reverie.Protocol.Memory;

/// <summary>The <c>store.json</c> of an exported store.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">Version of the format; this program reads 1.</param>
/// <param name="MemoryStore">The store as it was.</param>
public sealed record MemoryStoreArchive(string Format, int Version, MemoryStore MemoryStore)
{
    /// <summary>What <see cref="Format"/> says.</summary>
    public const string FormatName = "reverie-memory-store";
}

/// <summary>What an import made.</summary>
/// <param name="MemoryStore">The new store.</param>
/// <param name="MemoryCount">Memories in it.</param>
/// <param name="VersionCount">Versions in its history.</param>
/// <param name="IdsKept">True when store, memories and versions have the ids they had; false when all have new ones.</param>
public sealed record MemoryStoreImport(MemoryStore MemoryStore, int MemoryCount, int VersionCount, bool IdsKept)
{
    /// <summary>Always <c>memory_store_import</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "memory_store_import";
}
