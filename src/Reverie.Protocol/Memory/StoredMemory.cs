using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Memory;

/// <summary>What a list of memories holds: memories, and at <c>depth=1</c> also what lies deeper, folded into prefixes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StoredMemory), "memory")]
[JsonDerivedType(typeof(MemoryPrefix), "memory_prefix")]
public abstract record MemoryListItem;

/// <summary>One document of a store (public contract, "Object memory").</summary>
public sealed record StoredMemory : MemoryListItem, IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "mem";

    /// <summary>Unique; survives renames.</summary>
    public required Id<StoredMemory> Id { get; init; }

    /// <summary>The store it lies in.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>The version of the current content.</summary>
    public required Id<MemoryVersion> MemoryVersionId { get; init; }

    /// <summary>Absolute path in the store; see <see cref="MemoryPath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The text; null in a basic view.</summary>
    public required string? Content { get; init; }

    /// <summary>SHA-256 over the UTF-8 bytes, 64 lower-case hex digits.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>UTF-8 bytes of the text.</summary>
    public required int ContentSizeBytes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its content or path last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Stands for everything below a directory. Has no id; counts towards the limit of a page.</summary>
/// <param name="Path">Absolute, with a slash at the end.</param>
public sealed record MemoryPrefix(string Path) : MemoryListItem;
