using Reverie.Protocol.Json;

namespace Reverie.Server.Http;

/// <summary>Makes a page of what a query found that was asked for one row more than fits: that row says whether there is another page.</summary>
internal static class Paging
{
    /// <param name="found">At most one more than <paramref name="limit"/>.</param>
    /// <param name="limit">Items of the page.</param>
    /// <param name="show">A row as the wire shows it.</param>
    /// <param name="cursor">Where the list goes on behind a row.</param>
    public static Page<TItem> ToPage<TRow, TItem>(this List<TRow> found, int limit, Func<TRow, TItem> show, Func<TRow, string> cursor) =>
        new([.. found.Take(limit).Select(show)], found.Count > limit ? cursor(found[limit - 1]) : null);
}
