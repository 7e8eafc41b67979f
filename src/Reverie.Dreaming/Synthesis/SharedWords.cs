namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Finds which lists of words have a word in common with another, without comparing each with each. A word that very many
/// lists hold tells nothing: only the first so many of them are found by it.
/// </summary>
internal sealed class SharedWords
{
    public const int ListsPerWordMax = 500;

    private readonly Dictionary<string, List<int>> _lists = new(StringComparer.Ordinal);

    public void Add(int list, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            if (!_lists.TryGetValue(word, out var lists)) _lists.Add(word, lists = []);
            if (lists.Count < ListsPerWordMax) lists.Add(list);
        }
    }

    /// <summary>The first list that holds one of the words and is <paramref name="wanted"/>; −1 where none is.</summary>
    public int Find(IEnumerable<string> words, Predicate<int> wanted)
    {
        var holding = new List<int>();
        foreach (var word in words)
            if (_lists.TryGetValue(word, out var lists)) holding.AddRange(lists);
        holding.Sort();
        for (var i = 0; i < holding.Count; i++)
            if ((i == 0 || holding[i] != holding[i - 1]) && wanted(holding[i])) return holding[i];
        return -1;
    }
}
