using System.Text;
using System.Text.RegularExpressions;

namespace Reverie.Dreams.Withdrawals;

/// <summary>
/// Words, and runs of five words, that texts of a dream have from one session alone: begins with all that the dream's texts
/// say, and loses what the session does not say and what others say too.
/// </summary>
internal sealed partial class SoleTexts
{
    private const int RunLength = 5;
    private const int WordCharsMin = 3;

    /// <summary>Shorter numbers are counts and shares, and stand anywhere.</summary>
    private const int NumberCharsMin = 5;

    private const string Struck = "[redacted]";

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);

    /// <summary>Words and runs.</summary>
    public int Count => _words.Count + _runs.Count;

    public bool IsEmpty => _words.Count == 0 && _runs.Count == 0;

    /// <summary>Adds what a text says, but for the words the dreamer has from itself.</summary>
    public void Add(string text)
    {
        var words = Words(text);
        _words.UnionWith(words.Where(static w => Tells(w) && !OwnWords.All.Contains(w)));
        _runs.UnionWith(Runs(words));
    }

    /// <summary>Adds what the other one holds.</summary>
    public void Add(SoleTexts other)
    {
        _words.UnionWith(other._words);
        _runs.UnionWith(other._runs);
    }

    /// <summary>Keeps only what one of the texts says.</summary>
    public void Keep(IEnumerable<string> texts)
    {
        var (words, runs) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var said in texts.Select(Words))
        {
            words.UnionWith(said.Where(_words.Contains));
            runs.UnionWith(Runs(said).Where(_runs.Contains));
        }
        _words.IntersectWith(words);
        _runs.IntersectWith(runs);
    }

    /// <summary>Drops what the text says.</summary>
    public void Drop(string text)
    {
        var said = Words(text);
        foreach (var word in said) _words.Remove(word);
        if (_runs.Count > 0) _runs.ExceptWith(Runs(said));
    }

    /// <summary>Drops what the other one holds.</summary>
    public void Drop(SoleTexts other)
    {
        _words.ExceptWith(other._words);
        _runs.ExceptWith(other._runs);
    }

    /// <summary>A run in which one word tells is told by that word: the others need not be struck out with it.</summary>
    public void Settle() => _runs.RemoveWhere(r => r.Split(' ').Any(_words.Contains));

    /// <summary>
    /// False only where none of it stands in the text, or in any text that <paramref name="text"/> spells as JSON. Much faster
    /// than to take a text apart.
    /// </summary>
    public bool MayStandIn(string text)
    {
        if (text.Contains("\\u", StringComparison.Ordinal)) return !IsEmpty;
        return _words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) || _runs.Any(r => text.Contains(r[..r.IndexOf(' ', StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase));
    }

    public bool AreIn(string text) => !IsEmpty && Found(text).Count > 0;

    /// <summary>The text with what is left struck out; the same object when nothing of it stands there.</summary>
    public string Strike(string text)
    {
        if (IsEmpty || Found(text) is not { Count: > 0 } found) return text;
        var kept = new StringBuilder();
        var at = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var (start, end) = found[i];
            while (i + 1 < found.Count && IsJoined(text, end, found[i + 1].Start)) end = found[++i].End;
            kept.Append(text, at, start - at).Append(Struck);
            at = end;
        }
        return kept.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Nothing but spaces and signs of one line between.</summary>
    private static bool IsJoined(string text, int from, int to) => to - from <= 3 && !text.AsSpan(from, to - from).Contains('\n');

    private List<(int Start, int End)> Found(string text)
    {
        var spans = Word().Matches(text).Select(static m => (Start: m.Index, End: m.Index + m.Length)).ToList();
        var words = spans.ConvertAll(s => text[s.Start..s.End].ToLowerInvariant());
        var isFound = new bool[words.Count];
        for (var i = 0; i < words.Count; i++)
        {
            isFound[i] |= _words.Contains(words[i]);
            if (_runs.Count > 0 && i + RunLength <= words.Count && _runs.Contains(string.Join(' ', words.Skip(i).Take(RunLength)))) isFound.AsSpan(i, RunLength).Fill(true);
        }
        return [.. spans.Where((_, i) => isFound[i])];
    }

    private static List<string> Words(string text) => [.. Word().Matches(text).Select(static m => m.Value.ToLowerInvariant())];

    private static IEnumerable<string> Runs(List<string> words)
    {
        for (var i = 0; i + RunLength <= words.Count; i++)
        {
            var run = words.GetRange(i, RunLength);
            // Counts in the dreamer's own phrases are no words of anybody.
            if (run.Count(static w => Tells(w) && !OwnWords.All.Contains(w)) >= 2) yield return string.Join(' ', run);
        }
    }

    private static bool Tells(string word) => word.Length >= WordCharsMin && (word.Length >= NumberCharsMin || !word.All(char.IsAsciiDigit));

    [GeneratedRegex(@"[\p{L}\p{Nd}_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
