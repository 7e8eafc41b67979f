using Reverie.Storage;

namespace Reverie.Memory.Search;

/// <summary>
/// The index of one database: words and trigrams that the program has cut, put in and taken out text by text. Queries are
/// made of such words and codes alone, so nothing a caller writes is ever read as syntax.
/// </summary>
internal abstract class SearchIndex
{
    public static SearchIndex Of(Dialect dialect) => dialect == Dialect.Sqlite ? SqliteSearchIndex.Instance : PostgresSearchIndex.Instance;

    /// <summary>FROM and WHERE of a search for words in <c>@query</c>; <c>t</c> has id, store_key and path of the texts.</summary>
    public abstract (string From, string Where) Words { get; }

    /// <summary>How well a row of <see cref="Words"/> fits; more is better.</summary>
    public abstract string Rank { get; }

    /// <summary>ORDER BY of <see cref="Words"/>: texts that were indexed later come first.</summary>
    public abstract string LastIndexedFirst { get; }

    /// <summary>FROM and WHERE of a search for codes in <c>@query</c>; <c>t</c> as for words.</summary>
    public abstract (string From, string Where) Codes { get; }

    /// <summary>A query for texts that hold all of <paramref name="words"/>, in one store when its key is given.</summary>
    public abstract string All(IEnumerable<string> words, long? storeKey);

    /// <summary>A query for texts that fulfil any of <paramref name="queries"/>.</summary>
    public abstract string Any(IEnumerable<string> queries);

    public abstract ValueTask AddAsync(DbSession db, IndexedText text);

    public abstract ValueTask RemoveAsync(DbSession db, IndexedText text);

    /// <summary>Makes the searches of this transaction use the index.</summary>
    public abstract ValueTask PreferIndexAsync(DbSession db);

    /// <summary>Sorts in what the database has only noted so far, so that searches need not read through it.</summary>
    public abstract ValueTask SettleAsync(DbSession db);

    /// <summary>Takes the words of texts that were removed out of what the database keeps of them. Takes as long as writing the index anew.</summary>
    public abstract ValueTask ForgetAsync(DbSession db);

    /// <summary>A word that no text can hold.</summary>
    protected static string StoreWord(long storeKey) => $"#{storeKey}";
}

/// <summary>One memory in the index.</summary>
/// <param name="Id">Its row; 0 before it has one.</param>
/// <param name="StoreKey">The store's key in the index.</param>
internal sealed record IndexedText(long Id, long StoreKey, string MemoryId, string MemoryVersionId, string ContentSha256, string Path, string Content);

/// <summary>One memory that was found in the index.</summary>
/// <param name="StoreId">Its store.</param>
/// <param name="Text">As it is indexed.</param>
/// <param name="CurrentVersionId">The version the memory has now; null when it is no more.</param>
/// <param name="Rank">How well it fits; null for patterns.</param>
internal sealed record FoundText(string StoreId, IndexedText Text, string? CurrentVersionId, double? Rank);
