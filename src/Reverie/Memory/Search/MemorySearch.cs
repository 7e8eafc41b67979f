using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Search;

/// <summary>
/// Searches the current texts of stores. The index follows the stores' histories behind the writers' backs; before an
/// answer it is brought up to every write that was acknowledged.
/// </summary>
public sealed class MemorySearch(Database database, MemorySearchRepository index, TimeProvider clock)
{
    /// <summary>How long one page reads texts for a pattern; the next page goes on from there.</summary>
    public static readonly TimeSpan ScanTimeMax = TimeSpan.FromSeconds(1);

    private const int ScanBatch = 200;

    /// <summary>Codes looked up for one alternative of a pattern: enough to narrow, few enough to be quick.</summary>
    private const int CodesMax = 12;

    /// <summary>Memories that hold every word, best first.</summary>
    /// <param name="words">From <see cref="SearchWords"/>; at least one.</param>
    /// <param name="skip">How many were seen. Ranks move with every text that is indexed, so pages go on by their place and not by their rank.</param>
    public async Task<(List<MemorySearchResult> Results, long? Next)> WordsAsync(SearchScope scope, IReadOnlyList<string> words, long skip, int limit, CancellationToken cancellationToken)
    {
        var wanted = words.ToHashSet(StringComparer.Ordinal);
        var found = await ReadAsync(scope, db => index.WordsAsync(db, scope, wanted, skip, limit + 1), cancellationToken);
        var results = found.Take(limit).Select(f => Result(f.StoreId, f.Text, f.Rank, FoundLines.Best(f.Text.Content, wanted))).ToList();
        return (results, found.Count > limit ? skip + limit : null);
    }

    /// <summary>Memories with a line that matches, by store and path. A page may hold fewer than there are when its time is over.</summary>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">One line took too long.</exception>
    public async Task<(List<MemorySearchResult> Results, (long StoreKey, string Path)? Next)> LinesAsync(SearchScope scope, LinePattern pattern, (long StoreKey, string Path)? after, int limit, CancellationToken cancellationToken)
    {
        var codes = CodesOf(pattern);
        var results = new List<MemorySearchResult>();
        var start = clock.GetTimestamp();
        while (true)
        {
            var candidates = await ReadAsync(scope, db => index.CandidatesAsync(db, scope, codes, after, ScanBatch), cancellationToken);
            foreach (var (storeId, text) in candidates)
            {
                var lines = FoundLines.Matching(text.Content, pattern);
                if (lines.Count > 0 && results.Count == limit) return (results, after);
                if (lines.Count > 0) results.Add(Result(storeId, text, null, lines));
                after = (text.StoreKey, text.Path);
                cancellationToken.ThrowIfCancellationRequested();
                if (clock.GetElapsedTime(start) > ScanTimeMax) return (results, after);
            }
            if (candidates.Count < ScanBatch) return (results, null);
        }
    }

    /// <summary>Brings the index of one store up to its newest change, a bounded write at a time.</summary>
    public async Task CatchUpAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var steps = 1;
        for (; await StepAsync(scope, cancellationToken); steps++) cancellationToken.ThrowIfCancellationRequested();
        if (steps > 1) await SettleAsync(cancellationToken);
    }

    /// <summary>Brings it a bounded write closer.</summary>
    /// <returns>True when there may be more.</returns>
    public Task<bool> StepAsync(MemoryScope scope, CancellationToken cancellationToken) => database.WriteIndexAsync(db => index.FollowAsync(db, scope), cancellationToken);

    /// <summary>Makes what was indexed lately as quick to search as the rest.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => database.WriteIndexAsync(async db =>
    {
        await SearchIndex.Of(db.Dialect).SettleAsync(db);
        return true;
    }, cancellationToken);

    /// <summary>Leaves nothing in the index of the words of texts that were taken out of it.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => database.WriteIndexAsync(async db =>
    {
        await SearchIndex.Of(db.Dialect).ForgetAsync(db);
        return true;
    }, cancellationToken);

    /// <summary>Reads from an index that has everything acknowledged before the call.</summary>
    private async Task<List<T>> ReadAsync<T>(SearchScope scope, Func<DbSession, ValueTask<List<T>>> search, CancellationToken cancellationToken)
    {
        for (var isCaughtUp = false; ; isCaughtUp = true)
        {
            List<MemoryScope> behind = [];
            var found = await database.ReadAsync(async db =>
            {
                // What is written while the index catches up need not be waited for.
                behind = isCaughtUp ? [] : await index.BehindAsync(db, scope);
                return behind.Count > 0 ? [] : await search(db);
            }, cancellationToken);
            if (behind.Count == 0) return found;
            foreach (var store in behind) await CatchUpAsync(store, cancellationToken);
        }
    }

    private static List<IReadOnlyList<string>>? CodesOf(LinePattern pattern)
    {
        if (pattern.Required is not { } required) return null;
        var alternatives = new List<IReadOnlyList<string>>();
        foreach (var texts in required)
        {
            var codes = texts.SelectMany(static t => Trigrams.Of(t)).Distinct(StringComparer.Ordinal).ToList();
            if (codes.Count == 0) return null;
            // Evenly spread, so that a long text is not narrowed by its beginning alone.
            alternatives.Add([.. codes.Where((_, i) => i * CodesMax / codes.Count != (i - 1) * CodesMax / codes.Count || i == 0)]);
        }
        return alternatives;
    }

    private static MemorySearchResult Result(string storeId, IndexedText text, double? rank, (int Count, List<MemoryLine> Shown) lines) => new()
    {
        MemoryStoreId = Id<MemoryStore>.Parse(storeId),
        MemoryId = Id<StoredMemory>.Parse(text.MemoryId),
        MemoryVersionId = Id<MemoryVersion>.Parse(text.MemoryVersionId),
        Path = text.Path,
        ContentSha256 = text.ContentSha256,
        Rank = rank,
        LineCount = lines.Count,
        Lines = lines.Shown,
    };
}
