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

    [GeneratedRegex(@"^(?:\|\s*)?[\[(*_`]{0,3}(?:\d{4}(?<sign>[-/.])\d\d?\k<sign>\d\d?|\d\d?\.\d\d?\.\d{4})(?:[T ]\d\d?:\d\d\S*?)?[\])*_`]{0,3}(?:\s*(?:[:,|–—-]|->|→)(?=\s)|(?=\s))\s*(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex DayInFront();

    [GeneratedRegex(VerifiedNote + "|" + InvalidNote + "|" + ReplacedNote, RegexOptions.CultureInvariant)]
    private static partial Regex Notes();

    [GeneratedRegex(VerifiedNote + "|" + InvalidNote, RegexOptions.CultureInvariant)]
    private static partial Regex Verdict();

    [GeneratedRegex(InvalidNote, RegexOptions.CultureInvariant)]
    private static partial Regex Invalid();
}
