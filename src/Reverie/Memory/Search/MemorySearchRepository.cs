using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Search;

/// <summary>The index as tables: which stores it is behind in, what it finds, and how it follows a store's history.</summary>
public sealed class MemorySearchRepository
{
    /// <summary>Changes looked at in one write at most. A memory that changed several times is indexed once.</summary>
    public const int ChangesMax = 500;

    /// <summary>Text indexed in one write, in bytes, unless a single memory has more.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>Texts of deleted stores taken out in one write.</summary>
    public const int SweepMax = 64;

    /// <summary>Texts that are ranked together.</summary>
    public const int RankedMax = 2_000;

    private const string TextColumns = "t.id, t.store_key, t.memory_id, t.memory_version_id, t.content_sha256, t.path, t.content";

    private const string Head = "(SELECT v.id FROM memory_versions v WHERE v.workspace_id = m.workspace_id AND v.memory_store_id = m.id ORDER BY v.seq DESC LIMIT 1)";

    /// <summary>The stores whose newest changes are not in the index yet, by id.</summary>
    public ValueTask<List<MemoryScope>> BehindAsync(DbSession db, SearchScope scope) => db.QueryAsync($"""
        SELECT m.workspace_id, m.id FROM memory_stores m LEFT JOIN memory_search_stores s ON s.workspace_id = m.workspace_id AND s.memory_store_id = m.id
        WHERE m.workspace_id = @workspace AND {InStores(scope)} AND coalesce({Head}, '') <> coalesce(s.memory_version_id, '') ORDER BY m.id
        """, ReadScope, [("@workspace", scope.WorkspaceId), .. StoreValues(scope)]);

    /// <summary>Like <see cref="BehindAsync(DbSession, SearchScope)"/>, for all workspaces.</summary>
    public ValueTask<List<MemoryScope>> BehindAsync(DbSession db, int limit) => db.QueryAsync($"""
        SELECT m.workspace_id, m.id FROM memory_stores m LEFT JOIN memory_search_stores s ON s.workspace_id = m.workspace_id AND s.memory_store_id = m.id
        WHERE coalesce({Head}, '') <> coalesce(s.memory_version_id, '') LIMIT @limit
        """, ReadScope, ("@limit", limit));

    /// <summary>Puts the next changes of a store into the index.</summary>
    /// <returns>True when there may be more.</returns>
    public async ValueTask<bool> FollowAsync(DbSession db, MemoryScope scope)
    {
        (string, object?)[] store = [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value)];
        if (await db.FirstAsync("SELECT 1 FROM memory_stores WHERE workspace_id = @workspace AND id = @store", static _ => 1, store) == 0) return false;
        await db.ExecuteAsync("INSERT INTO memory_search_stores (workspace_id, memory_store_id, seq) VALUES (@workspace, @store, 0) ON CONFLICT (workspace_id, memory_store_id) DO NOTHING", store);
        // Held, so that two nodes do not put the same text in twice.
        var (key, seq, versionId) = await db.FirstAsync($"SELECT store_key, seq, memory_version_id FROM memory_search_stores WHERE workspace_id = @workspace AND memory_store_id = @store {db.Dialect.ForUpdate}",
            static row => (row.GetInt64(0), row.GetInt64(1), row.TextOrNull(2)), store);
        if (versionId is not null && versionId != await IdAtAsync(db, store, seq))
        {
            // The store was taken out and put back with another history. What is indexed of the old one loses its key.
            await db.ExecuteAsync("DELETE FROM memory_search_stores WHERE store_key = @key", ("@key", key));
            return true;
        }
        var changes = await db.QueryAsync("""
            SELECT seq, memory_id, coalesce(content_size_bytes, 0) FROM memory_versions
            WHERE workspace_id = @workspace AND memory_store_id = @store AND seq > @seq ORDER BY seq LIMIT @limit
            """, static row => (Seq: row.GetInt64(0), MemoryId: row.GetString(1), Bytes: row.GetInt64(2)), [.. store, ("@seq", seq), ("@limit", ChangesMax)]);
        if (changes.Count == 0) return false;

        var memories = new HashSet<string>(StringComparer.Ordinal);
        var (taken, bytes) = (0, 0L);
        for (; taken < changes.Count; taken++)
        {
            var change = changes[taken];
            if (memories.Contains(change.MemoryId)) continue;
            bytes += change.Bytes;
            if (taken > 0 && bytes > BytesMax) break;
            memories.Add(change.MemoryId);
        }
        var index = SearchIndex.Of(db.Dialect);
        foreach (var memoryId in memories) await RenewAsync(db, index, scope, key, memoryId);
        var last = changes[taken - 1].Seq;
        await db.ExecuteAsync("UPDATE memory_search_stores SET seq = @seq, memory_version_id = @version WHERE store_key = @key",
            ("@seq", last), ("@version", await IdAtAsync(db, store, last)), ("@key", key));
        return taken < changes.Count || changes.Count == ChangesMax;
    }

    /// <summary>Takes out texts of stores that are no more.</summary>
    /// <returns>How many; fewer than <see cref="SweepMax"/> means none are left.</returns>
    public async ValueTask<int> SweepAsync(DbSession db)
    {
        await db.ExecuteAsync("DELETE FROM memory_search_stores WHERE NOT EXISTS (SELECT 1 FROM memory_stores m WHERE m.workspace_id = memory_search_stores.workspace_id AND m.id = memory_search_stores.memory_store_id)");
        var left = await db.QueryAsync($"SELECT {TextColumns} FROM memory_search_texts t WHERE t.store_key NOT IN (SELECT store_key FROM memory_search_stores) LIMIT @limit", ReadText, ("@limit", SweepMax));
        var index = SearchIndex.Of(db.Dialect);
        foreach (var text in left) await index.RemoveAsync(db, text);
        return left.Count;
    }

    /// <summary>True when more is missing of these stores together than one write takes.</summary>
    public async ValueTask<bool> IsFarBehindAsync(DbSession db, IEnumerable<MemoryScope> behind)
    {
        var (changes, bytes) = (0L, 0L);
        foreach (var store in behind)
        {
            var (count, size) = await db.FirstAsync("""
                SELECT count(*), CAST(coalesce(sum(content_size_bytes), 0) AS BIGINT) FROM (
                    SELECT content_size_bytes FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store
                        AND seq > coalesce((SELECT s.seq FROM memory_search_stores s WHERE s.workspace_id = @workspace AND s.memory_store_id = @store), 0) LIMIT @limit) missing
                """, static row => (row.GetInt64(0), row.GetInt64(1)), ("@workspace", store.WorkspaceId), ("@store", store.StoreId.Value), ("@limit", ChangesMax));
            (changes, bytes) = (changes + count, bytes + size);
            if (changes >= ChangesMax || bytes > BytesMax) return true;
        }
        return false;
    }

    /// <summary>The memories of a store that are not in the index as they are now, in path order.</summary>
    /// <param name="after">Path of the last one seen; empty from the start.</param>
    internal ValueTask<List<IndexedText>> MissingAsync(DbSession db, MemoryScope store, string pathPrefix, string after, int limit) => db.QueryAsync("""
        SELECT m.id, m.memory_version_id, m.content_sha256, m.path, v.content FROM memories m
        JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.memory_store_id = m.memory_store_id AND v.id = m.memory_version_id
        WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.path >= @from AND m.path < @before AND m.path > @after
            AND NOT EXISTS (SELECT 1 FROM memory_search_stores s JOIN memory_search_texts t ON t.store_key = s.store_key AND t.memory_id = m.id AND t.memory_version_id = m.memory_version_id
                WHERE s.workspace_id = @workspace AND s.memory_store_id = @store)
        ORDER BY m.path LIMIT @limit
        """, static row => new IndexedText(0, 0, row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)),
        ("@workspace", store.WorkspaceId), ("@store", store.StoreId.Value), ("@from", pathPrefix), ("@before", MemoryListing.EndOf(pathPrefix)), ("@after", after), ("@limit", limit));

    /// <summary>Texts that hold all the words. The <see cref="RankedMax"/> indexed last come best first, then the next so many: ranking all that hold a word of every text would take too long.</summary>
    /// <param name="skip">How many of them are left out.</param>
    /// <returns>What is found, and how many to leave out next; null at the end.</returns>
    internal async ValueTask<(List<FoundText> Found, long? Next)> WordsAsync(DbSession db, SearchScope scope, IEnumerable<string> words, long skip, int limit)
    {
        var index = SearchIndex.Of(db.Dialect);
        await index.PreferIndexAsync(db);
        var (from, where) = index.Words;
        var first = skip / RankedMax * RankedMax;
        // The index is asked first, whatever the planner thinks of it, and the texts are fetched last, for the few rows shown.
        var found = await db.QueryAsync($"""
            SELECT {TextColumns}, s.memory_store_id, {Current}, c.rank FROM (
                SELECT id, rank FROM (
                    SELECT t.id AS id, {index.Rank} AS rank FROM {from} WHERE {where} AND t.path >= @from AND t.path < @before
                        AND t.store_key IN (SELECT s.store_key FROM memory_search_stores s JOIN memory_stores m ON m.workspace_id = s.workspace_id AND m.id = s.memory_store_id WHERE s.workspace_id = @workspace AND {InStores(scope)})
                    ORDER BY {index.LastIndexedFirst} LIMIT @ranked OFFSET @first) lately
                ORDER BY rank DESC, id LIMIT @limit OFFSET @skip) c
            JOIN memory_search_texts t ON t.id = c.id JOIN memory_search_stores s ON s.store_key = t.store_key
            ORDER BY c.rank DESC, t.id
            """, static row => new FoundText(row.GetString(7), ReadText(row), row.TextOrNull(8), row.GetDouble(9)),
            [.. Values(scope), ("@query", index.All(words, await KeyOfOneAsync(db, scope))), ("@ranked", RankedMax), ("@first", first), ("@skip", skip - first), ("@limit", limit + 1)]);
        if (found.Count > limit) return (found[..limit], skip + limit);
        var seen = skip + found.Count;
        return (found, seen == first + RankedMax ? seen : null);
    }

    /// <summary>Texts in the order of their stores and paths, of which only those with the required codes, if any.</summary>
    /// <param name="afterKey">Key of the store of the last one seen; 0 from the start.</param>
    /// <param name="afterPath">Its path.</param>
    internal async ValueTask<List<FoundText>> CandidatesAsync(DbSession db, SearchScope scope, IReadOnlyList<IReadOnlyList<string>>? codes, long afterKey, string afterPath, int limit)
    {
        var index = SearchIndex.Of(db.Dialect);
        await index.PreferIndexAsync(db);
        var key = await KeyOfOneAsync(db, scope);
        var query = codes is null ? null : index.Any(codes.Select(alternative => index.All(alternative, key)));
        var (from, where) = index.Codes;
        return await db.QueryAsync($"""
            {(query is null ? "" : $"WITH found AS MATERIALIZED (SELECT t.id, t.store_key, t.path FROM {from} WHERE {where})")}
            SELECT {TextColumns}, s.memory_store_id, {Current} FROM (
                SELECT t.id AS id FROM {(query is null ? "memory_search_texts" : "found")} t {Stores}
                WHERE {Inside(scope)} AND (t.store_key > @after OR (t.store_key = @after AND t.path > @path))
                ORDER BY t.store_key, t.path LIMIT @limit) c
            JOIN memory_search_texts t ON t.id = c.id JOIN memory_search_stores s ON s.store_key = t.store_key
            ORDER BY t.store_key, t.path
            """, static row => new FoundText(row.GetString(7), ReadText(row), row.TextOrNull(8), null),
            [.. Values(scope), .. query is null ? Array.Empty<(string, object?)>() : [("@query", query)], ("@after", afterKey), ("@path", afterPath), ("@limit", limit)]);
    }

    private const string Current = "(SELECT m.memory_version_id FROM memories m WHERE m.workspace_id = s.workspace_id AND m.memory_store_id = s.memory_store_id AND m.id = t.memory_id)";

    private const string Stores = "JOIN memory_search_stores s ON s.store_key = t.store_key JOIN memory_stores m ON m.workspace_id = s.workspace_id AND m.id = s.memory_store_id";

    private static ValueTask<string?> IdAtAsync(DbSession db, (string, object?)[] store, long seq) => db.FirstAsync(
        "SELECT id FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND seq = @seq", static row => row.GetString(0), [.. store, ("@seq", seq)]);

    private static async ValueTask RenewAsync(DbSession db, SearchIndex index, MemoryScope scope, long key, string memoryId)
    {
        var old = await db.FirstAsync($"SELECT {TextColumns} FROM memory_search_texts t WHERE t.store_key = @key AND t.memory_id = @memory", ReadText, ("@key", key), ("@memory", memoryId));
        var now = await db.FirstAsync("""
            SELECT m.memory_version_id, m.content_sha256, m.path, v.content FROM memories m
            JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.memory_store_id = m.memory_store_id AND v.id = m.memory_version_id
            WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.id = @memory
            """, row => new IndexedText(0, key, memoryId, row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@memory", memoryId));
        if (old is not null && now is not null && old.MemoryVersionId == now.MemoryVersionId) return;
        if (old is not null) await index.RemoveAsync(db, old);
        if (now is not null) await index.AddAsync(db, now);
    }

    /// <summary>The key of the only store searched; null when there are several or it has no text yet.</summary>
    private static async ValueTask<long?> KeyOfOneAsync(DbSession db, SearchScope scope)
    {
        if (scope.Stores is not [var store]) return null;
        var key = await db.FirstAsync("SELECT store_key FROM memory_search_stores WHERE workspace_id = @workspace AND memory_store_id = @store", static row => row.GetInt64(0),
            ("@workspace", scope.WorkspaceId), ("@store", store.Value));
        return key == 0 ? null : key;
    }

    private static string InStores(SearchScope scope) => scope.Stores is { } stores
        ? $"m.id IN ({string.Join(", ", Enumerable.Range(0, stores.Count).Select(static i => $"@s{i}"))})"
        : "m.archived_at IS NULL";

    private static string Inside(SearchScope scope) => $"s.workspace_id = @workspace AND {InStores(scope)} AND t.path >= @from AND t.path < @before";

    private static IEnumerable<(string, object?)> StoreValues(SearchScope scope) => (scope.Stores ?? []).Select(static (s, i) => ($"@s{i}", (object?)s.Value));

    private static IEnumerable<(string, object?)> Values(SearchScope scope) =>
        [("@workspace", scope.WorkspaceId), .. StoreValues(scope), ("@from", scope.PathPrefix), ("@before", MemoryListing.EndOf(scope.PathPrefix))];

    private static MemoryScope ReadScope(DbRow row) => new(row.GetString(0), Id<MemoryStore>.Parse(row.GetString(1)));

    private static IndexedText ReadText(DbRow row) => new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6));
}
