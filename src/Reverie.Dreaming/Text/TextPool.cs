using System.Collections.Concurrent;

namespace Reverie.Dreaming.Text;

/// <summary>
/// One instance per equal text of one dream. Policies, retries and tools repeat themselves across sessions; reviews that
/// share such texts are what lets tens of thousands of sessions fit in memory. Thread-safe.
/// </summary>
/// <remarks>Holds nothing the reviews do not hold, so it is let go when the last session was reviewed.</remarks>
internal sealed class TextPool
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string[]> _lists = new(StringComparer.Ordinal);

    public string Of(string text) => text.Length == 0 ? "" : _texts.GetOrAdd(text, text);

    /// <summary>One list per equal list of words or lines.</summary>
    public string[] Of(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return [];
        var key = string.Join('\n', texts);
        return _lists.TryGetValue(key, out var known) ? known : _lists.GetOrAdd(key, [.. texts.Select(Of)]);
    }
}
