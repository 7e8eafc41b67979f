using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Memory;

/// <summary>One edition of a memory, kept when the memory moves on (public contract, "Object memory_version").</summary>
public sealed record MemoryVersion : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "memver";

    /// <summary>Unique; never used again.</summary>
    public required Id<MemoryVersion> Id { get; init; }

    /// <summary>Always <c>memory_version</c>.</summary>
    public string Type { get; } = "memory_version";

    /// <summary>The memory; valid after its deletion too.</summary>
    public required Id<StoredMemory> MemoryId { get; init; }

    /// <summary>The store.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>What made it.</summary>
    public required MemoryOperation Operation { get; init; }

    /// <summary>The path the memory had; null when redacted.</summary>
    public required string? Path { get; init; }

    /// <summary>The text; null in a basic view, for a deletion and when redacted.</summary>
    public required string? Content { get; init; }

    /// <summary>SHA-256 of the text; null for a deletion and when redacted.</summary>
    public required string? ContentSha256 { get; init; }

    /// <summary>UTF-8 bytes of the text; null for a deletion and when redacted.</summary>
    public required int? ContentSizeBytes { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote it; null when not recorded. Redaction does not change it.</summary>
    public required Actor? CreatedBy { get; init; }

    /// <summary>When it was redacted; null otherwise.</summary>
    public required DateTimeOffset? RedactedAt { get; init; }

    /// <summary>Who redacted it, never a session; null otherwise.</summary>
    public required Actor? RedactedBy { get; init; }
}

/// <summary>What happened to a memory.</summary>
[JsonConverter(typeof(WireNames<MemoryOperation>))]
public enum MemoryOperation
{
    /// <summary>It was made.</summary>
    Created,

    /// <summary>Its text or path changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,
}
