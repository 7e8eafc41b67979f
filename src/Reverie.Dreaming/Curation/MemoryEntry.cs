using System.Text.RegularExpressions;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// One statement of a memory: a bullet with its continuation lines, a paragraph, a table row or, in plain text files, a
/// line. The unit that is merged, corrected and confirmed; everything between entries is left as it stands.
/// </summary>
/// <param name="Path">The memory it stands in.</param>
/// <param name="Start">UTF-16 offset of its first character (its marker, if it has one).</param>
/// <param name="Length">Characters up to, not including, the line break that ends it.</param>
/// <param name="Marker">The bullet or number with its spaces, possibly empty.</param>
/// <param name="Text">The statement without marker.</param>
/// <param name="Heading">The bullet it is further in than, else the nearest heading above it; empty when there is none.</param>
internal sealed partial record MemoryEntry(string Path, int Start, int Length, string Marker, string Text, string Heading)
{
    private const string VerifiedNote = @" ?\((?:verified|confirmed) \d{4}-\d\d-\d\d[^)]*\)";
    private const string InvalidNote = @" ?\(no longer valid: [^\n]*? in \d+ sessions\)";
    private const string ReplacedNote = @" ?\(was [^\n]*? until \d{4}-\d\d-\d\d; [^\n]*? last on \d{4}-\d\d-\d\d\)";

    private List<string>? _content;

    /// <summary>The statement without the dreamer's own notes.</summary>
    public string Statement => Notes().Replace(Text, "").TrimEnd();

    /// <summary>The statement behind the day a line of a log begins with; the statement itself of any other entry.</summary>
    public string Body => DayInFront().Replace(Statement, "");

    /// <summary>Stems of its content words, notes left out, in order.</summary>
    public IReadOnlyList<string> Content => _content ??= Words.Content(Statement);

    /// <summary>The text a new note is put behind: what was replaced stays told, an older verdict gives way.</summary>
    public string Lasting => Verdict().Replace(Text, "").TrimEnd();

    /// <summary>True when a note says that the statement holds, since it was confirmed or put right.</summary>
    public bool IsVerified => Notes().IsMatch(Text) && !IsMarkedInvalid;

    /// <summary>True when a note says that the statement holds no more.</summary>
    public bool IsMarkedInvalid => Invalid().IsMatch(Text);

    /// <summary>These words, one after the other, as the entry writes them; null when it does not.</summary>
    public string? SurfaceOf(IReadOnlyList<string> words)
    {
        if (words.Count == 0) return null;
        var pattern = string.Join(@"[^\p{L}\p{Nd}]{1,3}", words.Select(Regex.Escape));
        var match = Regex.Match(Body, $@"(?<![\p{{L}}\p{{Nd}}]){pattern}(?![\p{{L}}\p{{Nd}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return match.Success ? match.Value : null;
    }

    /// <summary>The statement with <paramref name="value"/> in the place of <paramref name="surface"/>: where it stands alone, and not as a part of a longer word, number or id unless it stands nowhere else.</summary>
    public string With(string surface, string value)
    {
        var escaped = Regex.Escape(surface);
        var alone = Regex.Replace(Statement, $@"(?<![\p{{L}}\p{{Nd}}]|[\p{{L}}\p{{Nd}}][-.,_]){escaped}(?![\p{{L}}\p{{Nd}}]|[-.,_][\p{{L}}\p{{Nd}}])", _ => value, RegexOptions.CultureInvariant);
        return alone != Statement ? alone : Regex.Replace(Statement, $@"(?<![\p{{L}}\p{{Nd}}]){escaped}(?![\p{{L}}\p{{Nd}}])", _ => value, RegexOptions.CultureInvariant);
    }

    [GeneratedRegex(@"^(?:\|\s*)?[\[(*_`]{0,3}(?:\d{4}(?<sign>[-/.])\d\d?\k<sign>\d\d?|\d\d?\.\d\d?\.\d{4})(?:[T ]\d\d?:\d\d\S*?)?[\])*_`]{0,3}(?:\s*(?:[:,|–—-]|->|→)(?=\s)|(?=\s))\s*(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex DayInFront();

    [GeneratedRegex(VerifiedNote + "|" + InvalidNote + "|" + ReplacedNote, RegexOptions.CultureInvariant)]
    private static partial Regex Notes();

    [GeneratedRegex(VerifiedNote + "|" + InvalidNote, RegexOptions.CultureInvariant)]
    private static partial Regex Verdict();

    [GeneratedRegex(InvalidNote, RegexOptions.CultureInvariant)]
    private static partial Regex Invalid();
}
