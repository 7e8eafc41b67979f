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
    private const string VerifiedNote = @" ?\((?:verified|confirmed) \d{4}-\d\d-\d\d(?:: (?:worked|reported) in \d+ sessions)?\)";
    private const string InvalidNote = @" ?\(no longer valid: [^\n]*? (?:fails since \d{4}-\d\d-\d\d, seen|until \d{4}-\d\d-\d\d, then [^\n]*?, (?:worked|reported)) in \d+ sessions\)";
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

    /// <summary>True when it holds a block of code, which is left as it stands: neither values nor notes are written into it.</summary>
    public bool HoldsCode => Fence().IsMatch(Text);

    /// <summary>True when a note says that the statement holds, since it was confirmed or put right.</summary>
    public bool IsVerified => Notes().IsMatch(Text) && !IsMarkedInvalid;

    /// <summary>True when a note says that the statement was seen to hold on <paramref name="day"/>, or later.</summary>
    public bool IsVerifiedSince(string day) => IsVerified && Notes().Matches(Text).SelectMany(static n => Day().Matches(n.Value)).Any(d => string.CompareOrdinal(d.Value, day) >= 0);

    /// <summary>True when a note says that the statement holds no more.</summary>
    public bool IsMarkedInvalid => Invalid().IsMatch(Text);

    /// <summary><paramref name="text"/> with a note in brackets behind it; within the last cell of a row of a table, which keeps its number of cells.</summary>
    public static string Noted(string text, string note)
    {
        var row = text.TrimEnd();
        if (!IsRow(row)) return $"{text} ({note})";
        return $"{row[..^1].TrimEnd()} ({InCell(note)}) |";
    }

    /// <summary>These words, one after the other, as the entry writes them; null when it does not.</summary>
    public string? SurfaceOf(IReadOnlyList<string> words)
    {
        if (words.Count == 0) return null;
        var pattern = string.Join(@"[^\p{L}\p{Nd}]{1,3}", words.Select(Regex.Escape));
        var match = Regex.Match(Body, $@"(?<![\p{{L}}\p{{Nd}}]){pattern}(?![\p{{L}}\p{{Nd}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return match.Success ? match.Value : null;
    }

    /// <summary>
    /// The statement with <paramref name="value"/> in the place of <paramref name="surface"/>: where it stands alone, and not as a part of a longer
    /// word, number or id unless it stands nowhere else. A name is replaced throughout; a bare number, which may count other things too, once, behind
    /// the sign of equality if it stands there. Null when it stands nowhere, when the new value stands there, and when that takes more than a line.
    /// </summary>
    public string? With(string surface, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n')) return null;
        var statement = Statement;
        var isName = surface.Any(char.IsLetter);
        // A date, a time of day and a share are written with signs that only part names.
        var signs = isName ? "[-.,_]" : @"[-.,_:/@#\\]";
        var alone = new Regex($@"(?<![\p{{L}}\p{{Nd}}]|[\p{{L}}\p{{Nd}}]{signs}){Regex.Escape(surface)}(?![\p{{L}}\p{{Nd}}]|{signs}[\p{{L}}\p{{Nd}}])", RegexOptions.CultureInvariant);
        var isAlone = alone.IsMatch(statement);
        // Where the new value stands, what is left of the old one is something else: an entry must not grow with each dream.
        if ((!isName || !isAlone || value.Contains(surface, StringComparison.Ordinal)) && Word(value).IsMatch(statement)) return null;
        var found = isAlone ? alone : Word(surface);
        if (!found.IsMatch(statement)) return null;
        var written = IsRow(statement) ? InCell(value) : value;
        if (isName) return found.Replace(statement, _ => written);
        var from = Separators.Find(statement) is var (_, end) && found.IsMatch(statement, end) ? end : 0;
        return found.Replace(statement, _ => written, 1, from);

        static Regex Word(string text) => new($@"(?<![\p{{L}}\p{{Nd}}]){Regex.Escape(text)}(?![\p{{L}}\p{{Nd}}])", RegexOptions.CultureInvariant);
    }

    private static bool IsRow(string text) => text.Length > 1 && text[0] == '|' && text[^1] == '|' && text[^2] != '\\';

    private static string InCell(string text) => Bar().Replace(text, @"\|");

    [GeneratedRegex(@"^(?:\|\s*)?[\[(*_`]{0,3}(?:\d{4}(?<sign>[-/.])\d\d?\k<sign>\d\d?|\d\d?\.\d\d?\.\d{4})(?:[T ]\d\d?:\d\d\S*?)?[\])*_`]{0,3}(?:\s*(?:[:,|–—-]|->|→)(?=\s)|(?=\s))\s*(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex DayInFront();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d")]
    private static partial Regex Day();

    [GeneratedRegex(@"^[ \t]*(?:```|~~~)", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex(VerifiedNote + "|" + InvalidNote + "|" + ReplacedNote, RegexOptions.CultureInvariant)]
    private static partial Regex Notes();

    [GeneratedRegex(VerifiedNote + "|" + InvalidNote, RegexOptions.CultureInvariant)]
    private static partial Regex Verdict();

    [GeneratedRegex(InvalidNote, RegexOptions.CultureInvariant)]
    private static partial Regex Invalid();
}
