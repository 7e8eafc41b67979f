using System.Text;
using Reverie.Storage;

namespace Reverie.Memory.Search;

/// <summary>Two <c>tsvector</c> columns under GIN, written in their text form so that no parser of the database touches the words.</summary>
internal sealed class PostgresSearchIndex : SearchIndex
{
    /// <summary>Positions the type can hold; what stands further back counts as there.</summary>
    private const int PositionMax = 16_383;

    private PostgresSearchIndex() { }

    public static PostgresSearchIndex Instance { get; } = new();

    public override (string From, string Where) Words => ("memory_search_texts t", "t.words @@ CAST(@query AS tsquery)");

    // Words of a path have the weight A, four times the weight D of the text; longer texts count less.
    public override string Rank => "CAST(ts_rank(ARRAY[0.1, 0.1, 0.1, 0.4], t.words, CAST(@query AS tsquery), 1) AS DOUBLE PRECISION)";

    // The sum keeps the planner from reading the whole table in the order of its key.
    public override string LastIndexedFirst => "t.id + 0 DESC";

    public override (string From, string Where) Codes => ("memory_search_texts t", "t.trigrams @@ CAST(@query AS tsquery)");

    public override string All(IEnumerable<string> words, long? storeKey) =>
        "(" + string.Join(" & ", (storeKey is { } key ? words.Prepend(StoreWord(key)) : words).Select(static w => $"'{w}'")) + ")";

    public override string Any(IEnumerable<string> queries) => string.Join(" | ", queries);

    public override async ValueTask AddAsync(DbSession db, IndexedText text) => await db.ExecuteAsync("""
        INSERT INTO memory_search_texts (store_key, memory_id, memory_version_id, content_sha256, path, content, words, trigrams)
        VALUES (@key, @memory, @version, @sha256, @path, @content, CAST(@words AS tsvector), CAST(@codes AS tsvector))
        """, ("@key", text.StoreKey), ("@memory", text.MemoryId), ("@version", text.MemoryVersionId), ("@sha256", text.ContentSha256), ("@path", text.Path), ("@content", text.Content),
        ("@words", WordsOf(text)), ("@codes", string.Join(' ', Trigrams.Of(text.Content).Prepend(StoreWord(text.StoreKey)).Select(static c => $"'{c}'"))));

    public override async ValueTask RemoveAsync(DbSession db, IndexedText text) => await db.ExecuteAsync("DELETE FROM memory_search_texts WHERE id = @id", ("@id", text.Id));

    // Until the table is analysed, the planner reads all of it: it does not count what unpacking the vectors costs.
    public override async ValueTask PreferIndexAsync(DbSession db) => await db.ExecuteAsync("SET LOCAL enable_seqscan = off");

    public override async ValueTask SettleAsync(DbSession db) =>
        await db.FirstAsync("SELECT gin_clean_pending_list('memory_search_words') + gin_clean_pending_list('memory_search_trigrams')", static row => row.GetInt64(0));

    /// <summary>Removed rows go when the database vacuums, as everywhere in it.</summary>
    public override ValueTask ForgetAsync(DbSession db) => ValueTask.CompletedTask;

    private static string WordsOf(IndexedText text)
    {
        var written = new StringBuilder($"'{StoreWord(text.StoreKey)}'");
        var position = 0;
        foreach (var word in SearchWords.Of(text.Path)) written.Append($" '{word}':{++position}A");
        foreach (var word in SearchWords.Of(text.Content))
        {
            written.Append($" '{word}'");
            if (position < PositionMax) written.Append($":{++position}");
        }
        return written.ToString();
    }
}
