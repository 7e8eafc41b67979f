using Reverie.Storage;

namespace Reverie.Memory.Search;

/// <summary>FTS5 tables without content, keyed by the row of the text.</summary>
internal sealed class SqliteSearchIndex : SearchIndex
{
    private SqliteSearchIndex() { }

    public static SqliteSearchIndex Instance { get; } = new();

    public override (string From, string Where) Words => ("memory_search_words CROSS JOIN memory_search_places t ON t.id = memory_search_words.rowid", "memory_search_words MATCH @query");

    // A word of the path counts four times; the store's own word not at all.
    public override string Rank => "-bm25(memory_search_words, 0.0, 4.0, 1.0)";

    public override string LastIndexedFirst => "memory_search_words.rowid DESC";

    public override (string From, string Where) Codes => ("memory_search_trigrams CROSS JOIN memory_search_places t ON t.id = memory_search_trigrams.rowid", "memory_search_trigrams MATCH @query");

    public override string All(IEnumerable<string> words, long? storeKey) =>
        "(" + string.Join(" AND ", (storeKey is { } key ? words.Prepend(StoreWord(key)) : words).Select(static w => $"\"{w}\"")) + ")";

    public override string Any(IEnumerable<string> queries) => string.Join(" OR ", queries);

    public override async ValueTask AddAsync(DbSession db, IndexedText text)
    {
        var id = await db.FirstAsync("""
            INSERT INTO memory_search_texts (store_key, memory_id, memory_version_id, content_sha256, path, content)
            VALUES (@key, @memory, @version, @sha256, @path, @content) RETURNING id
            """, static row => row.GetInt64(0), ("@key", text.StoreKey), ("@memory", text.MemoryId), ("@version", text.MemoryVersionId), ("@sha256", text.ContentSha256), ("@path", text.Path), ("@content", text.Content));
        await db.ExecuteAsync("INSERT INTO memory_search_places (id, store_key, path) VALUES (@id, @key, @path)", ("@id", id), ("@key", text.StoreKey), ("@path", text.Path));
        await db.ExecuteAsync("INSERT INTO memory_search_words (rowid, store, path, content) VALUES (@id, @store, @path, @content)", Words3(id, text));
        await db.ExecuteAsync("INSERT INTO memory_search_trigrams (rowid, codes) VALUES (@id, @codes)", ("@id", id), ("@codes", CodesOf(text)));
    }

    public override async ValueTask RemoveAsync(DbSession db, IndexedText text)
    {
        await db.ExecuteAsync("INSERT INTO memory_search_words (memory_search_words, rowid, store, path, content) VALUES ('delete', @id, @store, @path, @content)", Words3(text.Id, text));
        await db.ExecuteAsync("INSERT INTO memory_search_trigrams (memory_search_trigrams, rowid, codes) VALUES ('delete', @id, @codes)", ("@id", text.Id), ("@codes", CodesOf(text)));
        await db.ExecuteAsync("DELETE FROM memory_search_places WHERE id = @id", ("@id", text.Id));
        await db.ExecuteAsync("DELETE FROM memory_search_texts WHERE id = @id", ("@id", text.Id));
    }

    public override ValueTask PreferIndexAsync(DbSession db) => ValueTask.CompletedTask;

    public override ValueTask SettleAsync(DbSession db) => ValueTask.CompletedTask;

    public override async ValueTask ForgetAsync(DbSession db)
    {
        await db.ExecuteAsync("INSERT INTO memory_search_words (memory_search_words) VALUES ('optimize')");
        await db.ExecuteAsync("INSERT INTO memory_search_trigrams (memory_search_trigrams) VALUES ('optimize')");
    }

    private static (string, object?)[] Words3(long id, IndexedText text) =>
        [("@id", id), ("@store", StoreWord(text.StoreKey)), ("@path", string.Join(' ', SearchWords.Of(text.Path))), ("@content", string.Join(' ', SearchWords.Of(text.Content)))];

    private static string CodesOf(IndexedText text) => StoreWord(text.StoreKey) + Trigrams.Joined(text.Content);
}
