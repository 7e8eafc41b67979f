using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Review;

/// <summary>What a session is labelled with, names and values side by side: few enough to be searched, and a third of what a dictionary takes.</summary>
internal sealed class Labels
{
    private readonly string[] _names, _values;

    public Labels(IReadOnlyDictionary<string, string> labels, TextPool texts)
    {
        _names = texts.Of([.. labels.Keys]);
        _values = [.. labels.Values.Select(texts.Of)];
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Null when the session has no such label.</summary>
    public string? this[string name] => Array.IndexOf(_names, name) is var at and >= 0 ? _values[at] : null;
}
