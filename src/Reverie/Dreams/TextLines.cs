namespace Reverie.Dreams;

/// <summary>A text as lines with their offsets. A line's words exclude its line ending.</summary>
internal sealed class TextLines
{
    private readonly string _text;
    private readonly List<int> _starts = [];
    private readonly List<string> _words = [];

    public TextLines(string text)
    {
        _text = text;
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline;
            _starts.Add(start);
            _words.Add(text[start..end].TrimEnd('\r'));
            start = newline < 0 ? text.Length : newline + 1;
        }
    }

    public int Count => _words.Count;

    public bool EndsInNewline => _text.EndsWith('\n');

    /// <summary>Offset of a line; of the end of the text for the line after the last.</summary>
    public int Start(int line) => line < _starts.Count ? _starts[line] : _text.Length;

    public bool IsBlank(int line) => string.IsNullOrWhiteSpace(_words[line]);

    public bool IsHeading(int line) => HeadingLevel(line) > 0;

    /// <summary>1 for the highest; 0 for a line that is no heading.</summary>
    public int HeadingLevel(int line) => _words[line].Length - _words[line].TrimStart('#').Length;

    public List<string> Slice(int first, int end) => _words[first..end];

    /// <summary>Where this run of lines stands, every time.</summary>
    public List<int> Occurrences(List<string> run)
    {
        var found = new List<int>();
        for (var line = 0; line + run.Count <= _words.Count; line++)
        {
            var same = 0;
            while (same < run.Count && string.Equals(_words[line + same], run[same], StringComparison.Ordinal)) same++;
            if (same == run.Count) found.Add(line);
        }
        return found;
    }

    /// <summary>
    /// The lines that a stretch of text lies in, first and one past the last. Equal for an empty stretch at the start of a
    /// line or at the end of a text that ends in a newline: there nothing but the neighbours tells the place.
    /// </summary>
    public (int First, int End) Covering(int at, int length)
    {
        var first = LineAt(at);
        if (length == 0) return Start(first) == at ? (first, first) : (first, first + 1);
        return (first, LineAt(at + length - 1) + 1);
    }

    /// <summary>The line that holds the offset; one past the last for the end of a text that ends in a newline.</summary>
    private int LineAt(int offset)
    {
        if (offset >= _text.Length) return Count == 0 || EndsInNewline ? Count : Count - 1;
        var index = _starts.BinarySearch(offset);
        return index >= 0 ? index : ~index - 1;
    }
}
