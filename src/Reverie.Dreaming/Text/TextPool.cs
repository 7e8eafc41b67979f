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

    public string Of(string text) => text.Length == 0 ? "" : _texts.GetOrAdd(text, text);
}
