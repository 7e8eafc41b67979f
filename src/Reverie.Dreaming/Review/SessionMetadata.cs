using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Review;

/// <summary>The metadata of a session, names and values side by side: few enough to be searched, and a third of what a dictionary takes.</summary>
internal sealed class SessionMetadata
{
    private readonly string[] _names, _values;

    public SessionMetadata(IReadOnlyDictionary<string, string> metadata, TextPool texts)
    {
        _names = texts.Of([.. metadata.Keys]);
        _values = [.. metadata.Values.Select(texts.Of)];
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Null when the session has no such entry.</summary>
    public string? this[string name] => Array.IndexOf(_names, name) is var at and >= 0 ? _values[at] : null;
}
