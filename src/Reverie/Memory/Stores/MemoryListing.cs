using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Stores;

/// <summary>Lists a store in path order, at one level or whole, a page at a time.</summary>
public sealed class MemoryListing(MemoryRepository memories)
{
    /// <summary>Sorts after every path.</summary>
    private const string End = "0";

    /// <summary>The first path behind everything below <paramref name="prefix"/>, in ordinal order.</summary>
    internal static string EndOf(string prefix) => prefix == "/" ? End : prefix[..^1] + MemoryRepository.AfterSlash;

    /// <param name="db">The session.</param>
    /// <param name="scope">The store.</param>
    /// <param name="prefix">A directory with slashes around it; <c>/</c> for all.</param>
    /// <param name="isFolded">True to show what lies deeper than one level as prefixes.</param>
    /// <param name="from">The first path that may come; null from the start.</param>
    /// <param name="limit">Items at most.</param>
    /// <param name="isFull">With texts.</param>
    /// <returns>The items, and where the next page begins; null at the end.</returns>
    public async ValueTask<(List<MemoryListItem> Items, string? Next)> ListAsync(DbSession db, MemoryScope scope, string prefix, bool isFolded, string? from, int limit, bool isFull)
    {
        var before = EndOf(prefix);
        var at = from ?? prefix;
        var items = new List<MemoryListItem>(limit);
        while (true)
        {
            // One more than fits says whether there is another page.
            var rows = await memories.ListAsync(db, scope, at, before, limit - items.Count + 1, isFull);
            string? folded = null;
            foreach (var memory in rows)
            {
                if (items.Count == limit) return (items, memory.Path);
                var slash = isFolded ? memory.Path.IndexOf('/', prefix.Length) : -1;
                if (slash < 0)
                {
                    items.Add(memory);
                    continue;
                }
                folded = memory.Path[..(slash + 1)];
                items.Add(new MemoryPrefix(folded));
                break;
            }
            if (folded is null) return (items, null);
            at = folded[..^1] + MemoryRepository.AfterSlash;
        }
    }
}
