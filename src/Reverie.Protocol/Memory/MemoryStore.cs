using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Memory;

/// <summary>A named collection of small text documents (public contract, "Object memory_store").</summary>
public sealed record MemoryStore : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "memstore";

    /// <summary>Unique; never used again.</summary>
    public required Id<MemoryStore> Id { get; init; }

    /// <summary>Always <c>memory_store</c>.</summary>
    public string Type { get; } = "memory_store";

    /// <summary>1 to 255 characters, no control characters; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>What the store is for, shown to agents; at most 1,024 characters, empty when unset.</summary>
    public required string Description { get; init; }

    /// <summary>Free labels, not shown to agents; at most 16 pairs.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When name, description, metadata or archiving last changed; memories do not count.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was archived; null while it is in use. There is no way back.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}
