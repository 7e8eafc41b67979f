namespace Reverie.Memory.Search;

/// <summary>Where the pages of a search go on. What the index does not have yet comes first.</summary>
/// <param name="MissingIn">The store of the last memory seen that was not in the index; null in the index.</param>
/// <param name="Number">In the index: how many were seen, for words; the key of the store of the last one seen, for patterns.</param>
/// <param name="Path">Of the last one seen; empty for words in the index.</param>
public sealed record SearchPlace(string? MissingIn, long Number, string Path)
{
    /// <summary>The beginning of the index.</summary>
    public static SearchPlace Index { get; } = new(null, 0, "");
}
