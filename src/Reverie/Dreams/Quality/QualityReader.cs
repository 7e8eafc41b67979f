using Reverie.Dreaming;
using Reverie.Dreaming.Curation;
using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Quality;

/// <summary>Reads the meters of a store.</summary>
public sealed class QualityReader(MemoryRepository memories, TimeProvider clock)
{
    private const int GrowthDays = 30;
    private const long MicrosPerDay = 86_400_000_000;

    public async ValueTask<StoreQuality> ReadAsync(DbSession db, MemoryScope scope, int staleAfterDays, CancellationToken cancellationToken)
    {
        var all = await memories.AllAsync(db, scope);
        var meters = StoreMeters.Of(MemoryTree.Of(all.Select(static m => KeyValuePair.Create(m.Path[1..], m.Content!))), cancellationToken);
        var byPath = all.ToDictionary(static m => m.Path[1..], StringComparer.Ordinal);
        var passages = (await PassageRepository.OfStoreAsync(db, scope)).ToLookup(static p => (p.MemoryId, p.Passage.LineHash), static p => p.Passage.CreatedAt);
        var since = clock.GetUtcNow().AddDays(-staleAfterDays);
        int unsupported = 0, stale = 0;
        foreach (var (path, text) in meters.Entries)
        {
            var memory = byPath[path];
            var confirmed = LineHash.All(text).SelectMany(h => passages[(memory.Id.Value, h)]).DefaultIfEmpty().Max();
            if (confirmed == default) unsupported++;
            if ((confirmed == default ? memory.UpdatedAt : confirmed) < since) stale++;
        }
        return new StoreQuality
        {
            MemoryStoreId = scope.StoreId,
            Memories = all.Count,
            SizeBytes = all.Sum(static m => (long)m.ContentSizeBytes),
            Entries = meters.Entries.Count,
            Duplicates = meters.Duplicates,
            Contradictions = meters.Contradictions,
            Unsupported = unsupported,
            Stale = stale,
            StaleAfterDays = staleAfterDays,
            Growth = await GrowthAsync(db, scope),
            MergeErrors = MergeAccuracy.Measured,
        };
    }

    /// <summary>What a version adds is its size less that of the version of the same memory before it.</summary>
    private static async ValueTask<IReadOnlyList<StoreGrowth>> GrowthAsync(DbSession db, MemoryScope scope)
    {
        var days = await db.QueryAsync($"""
            SELECT day, count(*), CAST(sum(size - before) AS BIGINT) FROM (
                SELECT created_at / {MicrosPerDay} AS day, coalesce(content_size_bytes, 0) AS size,
                    lag(coalesce(content_size_bytes, 0), 1, 0) OVER (PARTITION BY memory_id ORDER BY seq) AS before
                FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store) v
            GROUP BY day ORDER BY day
            """, static r => (Day: DateOnly.FromDateTime(DbTime.FromMicros(r.GetInt64(0) * MicrosPerDay).UtcDateTime), Versions: (int)r.GetInt64(1), More: r.GetInt64(2)),
            ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));
        var size = 0L;
        return [.. days.Select(d => new StoreGrowth(d.Day, d.Versions, size += d.More)).TakeLast(GrowthDays)];
    }
}
