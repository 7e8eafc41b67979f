using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Search;

/// <summary>
/// Searches the current texts of stores. The index follows the stores' histories behind the writers' backs; a search finds
/// every write that was acknowledged, in the index or beside it.
/// </summary>
public sealed class MemorySearch(Database database, MemorySearchRepository index, TimeProvider clock)
{
    /// <summary>How long one page reads texts itself; the next page goes on from there.</summary>
    public static readonly TimeSpan ScanTimeMax = TimeSpan.FromSeconds(1);

    private const int ScanBatch = 200;

    /// <summary>Codes looked up for one alternative of a pattern: enough to narrow, few enough to be quick.</summary>
    private const int CodesMax = 12;

    /// <summary>Memories that hold every word: those the index does not have yet by store and path, without a rank; then the others, best first.</summary>
    /// <param name="words">From <see cref="SearchWords"/>; at least one.</param>
    /// <param name="after">Where to go on; null from the start. Ranks move with every text that is indexed, so pages go on by their place and not by their rank.</param>
    public Task<(List<MemorySearchResult> Results, SearchPlace? Next)> WordsAsync(SearchScope scope, IReadOnlyList<string> words, SearchPlace? after, int limit, CancellationToken cancellationToken)
    {
        var wanted = words.ToHashSet(StringComparer.Ordinal);
        var start = clock.GetTimestamp();
        return ReadAsync(scope, async (db, behind) =>
        {
            var results = new List<MemorySearchResult>();
            var place = await ScanAsync(db, scope, behind, after, limit, text => SearchWords.AreAllIn(text.Path, text.Content, wanted) ? FoundLines.Best(text.Content, wanted) : null, start, results, cancellationToken);
            if (place.MissingIn is not null || results.Count == limit) return (results, place);
            var (found, next) = await index.WordsAsync(db, scope, wanted, place.Number, limit - results.Count);
            results.AddRange(found.Where(f => IsFresh(f, behind)).Select(f => Result(f.StoreId, f.Text, f.Rank, FoundLines.Best(f.Text.Content, wanted))));
            return (results, next is { } skip ? SearchPlace.Index with { Number = skip } : null);
        }, cancellationToken);
    }

    /// <summary>Memories with a line that matches, by store and path; those the index does not have yet come first. A page may hold fewer than there are when its time is over.</summary>
    /// <param name="after">Where to go on; null from the start.</param>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">One line took too long.</exception>
    public Task<(List<MemorySearchResult> Results, SearchPlace? Next)> LinesAsync(SearchScope scope, LinePattern pattern, SearchPlace? after, int limit, CancellationToken cancellationToken)
    {
        var codes = CodesOf(pattern);
        var start = clock.GetTimestamp();
        return ReadAsync(scope, async (db, behind) =>
        {
            var results = new List<MemorySearchResult>();
            var place = await ScanAsync(db, scope, behind, after, limit, text => FoundLines.Matching(text.Content, pattern) is { Count: > 0 } lines ? lines : null, start, results, cancellationToken);
            if (place.MissingIn is not null) return (results, place);
            while (true)
            {
                var candidates = await index.CandidatesAsync(db, scope, codes, place.Number, place.Path, ScanBatch);
                foreach (var found in candidates)
                {
                    var lines = IsFresh(found, behind) ? FoundLines.Matching(found.Text.Content, pattern) : default;
                    if (lines.Count > 0 && results.Count == limit) return (results, place);
                    if (lines.Count > 0) results.Add(Result(found.StoreId, found.Text, null, lines));
                    place = new SearchPlace(null, found.Text.StoreKey, found.Text.Path);
                    if (IsOver(start, cancellationToken)) return (results, place);
                }
                if (candidates.Count < ScanBatch) return (results, (SearchPlace?)null);
            }
        }, cancellationToken);
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

    /// <summary>
    /// Reads one state of everything. An index that is a step behind is brought up first; what is missing in one that is further
    /// behind is for <paramref name="search"/> to read itself, in the stores it is given.
    /// </summary>
    private async Task<T> ReadAsync<T>(SearchScope scope, Func<DbSession, List<MemoryScope>, ValueTask<T>> search, CancellationToken cancellationToken)
    {
        for (var isCaughtUp = false; ; isCaughtUp = true)
        {
            List<MemoryScope> near = [];
            var found = await database.ReadAsync(async db =>
            {
                // What is written while the index catches up need not be waited for.
                var behind = isCaughtUp ? [] : await index.BehindAsync(db, scope);
                near = behind.Count > 0 && !await index.IsFarBehindAsync(db, behind) ? behind : [];
                return near.Count > 0 ? default! : await search(db, behind);
            }, cancellationToken);
            if (near.Count == 0) return found;
            foreach (var store in near) await CatchUpAsync(store, cancellationToken);
        }
    }

    /// <summary>Adds the memories that match and are not in the index as they are now.</summary>
    /// <param name="behind">The stores that have any.</param>
    /// <param name="match">The lines to show of a text; null when it does not match.</param>
    /// <returns>Where to go on: in the index when nothing is left.</returns>
    private async ValueTask<SearchPlace> ScanAsync(DbSession db, SearchScope scope, List<MemoryScope> behind, SearchPlace? after, int limit, Func<IndexedText, (int Count, List<MemoryLine> Shown)?> match,
        long start, List<MemorySearchResult> results, CancellationToken cancellationToken)
    {
        if (after is { MissingIn: null }) return after;
        foreach (var store in behind.Where(s => string.CompareOrdinal(s.StoreId.Value, after?.MissingIn) >= 0))
        {
            var place = new SearchPlace(store.StoreId.Value, 0, store.StoreId.Value == after?.MissingIn ? after.Path : "");
            for (var hasMore = true; hasMore;)
            {
                var texts = await index.MissingAsync(db, store, scope.PathPrefix, place.Path, ScanBatch);
                foreach (var text in texts)
                {
                    if (match(text) is { } lines)
                    {
                        if (results.Count == limit) return place;
                        results.Add(Result(store.StoreId.Value, text, null, lines));
                    }
                    place = place with { Path = text.Path };
                    if (IsOver(start, cancellationToken)) return place;
                }
                hasMore = texts.Count == ScanBatch;
            }
        }
        return SearchPlace.Index;
    }

    private bool IsOver(long start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return clock.GetElapsedTime(start) > ScanTimeMax;
    }

    /// <summary>False for a text that changed since it was indexed, when that was read already among what is missing.</summary>
    private static bool IsFresh(FoundText found, List<MemoryScope> behind) => behind.Count == 0 || found.Text.MemoryVersionId == found.CurrentVersionId;

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
