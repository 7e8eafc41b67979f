using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Memory;

/// <summary>A memory that a search found, as it is now.</summary>
public sealed record MemorySearchResult
{
    /// <summary>Always <c>memory_search_result</c>.</summary>
    public string Type { get; } = "memory_search_result";

    /// <summary>The store it lies in.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>The memory.</summary>
    public required Id<StoredMemory> MemoryId { get; init; }

    /// <summary>The version that was searched.</summary>
    public required Id<MemoryVersion> MemoryVersionId { get; init; }

    /// <summary>Absolute path in the store.</summary>
    public required string Path { get; init; }

    /// <summary>Hash of the text that was searched: the precondition for changing what was found.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>How well it fits, more is better, comparable within one search; null for patterns.</summary>
    public required double? Rank { get; init; }

    /// <summary>Lines that hold what was searched for; 0 when only the path does.</summary>
    public required int LineCount { get; init; }

    /// <summary>The lines shown: the best three for words, the first fifty for patterns, in their order.</summary>
    public required IReadOnlyList<MemoryLine> Lines { get; init; }
}

/// <summary>One line of a memory.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Text">The line without its end; a long one is cut around what was found, with … where text is left out.</param>
public sealed record MemoryLine(int Number, string Text);
