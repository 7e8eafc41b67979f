using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Memory;

/// <summary>How good a store is, as far as that can be counted. An entry is a bullet, a paragraph, a table row or, in plain text, a line.</summary>
public sealed record StoreQuality
{
    /// <summary>The store.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>Memories.</summary>
    public required int Memories { get; init; }

    /// <summary>UTF-8 bytes of all texts.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Entries of all texts.</summary>
    public required int Entries { get; init; }

    /// <summary>Entries that say no more than another one, in the same or other words: what the next dream would merge.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Entries that give another value for a name than another entry.</summary>
    public required int Contradictions { get; init; }

    /// <summary>Entries that rest on no change of a dream: nobody can look up why they stand there.</summary>
    public required int Unsupported { get; init; }

    /// <summary>Entries that were neither written nor confirmed within <see cref="StaleAfterDays"/>.</summary>
    public required int Stale { get; init; }

    /// <summary>As asked for.</summary>
    public required int StaleAfterDays { get; init; }

    /// <summary>The last 30 days on which the store changed, oldest first.</summary>
    public required IReadOnlyList<StoreGrowth> Growth { get; init; }

    /// <summary>How often Reverie is wrong when it merges entries.</summary>
    public required MergeErrorRate MergeErrors { get; init; }
}

/// <summary>A store at the end of a day.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Versions">Versions written on that day.</param>
/// <param name="SizeBytes">UTF-8 bytes of all texts at its end; without texts that were redacted since.</param>
public sealed record StoreGrowth(DateOnly Day, int Versions, long SizeBytes);

/// <summary>Measured on planted cases, where it is known which entries say the same; not on this store.</summary>
/// <param name="Merges">Merges that were made.</param>
/// <param name="Wrong">Those that took away something no other entry said.</param>
/// <param name="Low">The lower end of the exact 95 % interval of their share.</param>
/// <param name="High">The upper end.</param>
public sealed record MergeErrorRate(int Merges, int Wrong, double Low, double High);
