using System.Text.Json.Serialization;

namespace Reverie.Protocol.Memory;

/// <summary>One entry of a store's change feed.</summary>
/// <param name="Seq">Its number in the store's history: 1 and up, without gaps.</param>
/// <param name="MemoryVersion">The version it made.</param>
public sealed record MemoryChange(long Seq, MemoryVersion MemoryVersion)
{
    /// <summary>Always <c>memory_change</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "memory_change";
}

/// <summary>A stretch of a store's change feed, oldest first.</summary>
/// <param name="Data">The changes after the number that was asked for.</param>
/// <param name="LastSeq">Pass it as <c>after</c> to go on; the number that was asked for when there was nothing.</param>
/// <param name="HasMore">True when more is there already.</param>
public sealed record MemoryChanges(IReadOnlyList<MemoryChange> Data, long LastSeq, bool HasMore);
