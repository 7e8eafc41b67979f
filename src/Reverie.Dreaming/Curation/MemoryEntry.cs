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
/// <param name="Heading">The nearest heading above it; empty when there is none.</param>
internal sealed partial record MemoryEntry(string Path, int Start, int Length, string Marker, string Text, string Heading)
{
    private List<string>? _content;

    /// <summary>The statement without the dreamer's own notes.</summary>
    public string Statement => Notes().Replace(Text, "").TrimEnd();

    /// <summary>Stems of its content words, notes left out, in order.</summary>
    public IReadOnlyList<string> Content => _content ??= Words.Content(Statement);

    /// <summary>True when the statement carries a verification note.</summary>
    public bool IsVerified => Text.Contains("(verified ", StringComparison.Ordinal) || Text.Contains("(confirmed ", StringComparison.Ordinal);

    /// <summary>True when one of the dreamer's notes already speaks of <paramref name="day"/>: the same record would say the same again.</summary>
    public bool IsNoted(string day) => Notes().Matches(Text).Any(n => n.Value.Contains(day, StringComparison.Ordinal));

    [GeneratedRegex(@" ?\((?:(?:verified|confirmed) \d{4}-\d\d-\d\d[^)]*|was [^\n]{1,200}? until \d{4}-\d\d-\d\d; [^)]*|no longer valid: [^\n]{1,200}? fails since \d{4}-\d\d-\d\d, seen in \d+ sessions)\)", RegexOptions.CultureInvariant)]
    public static partial Regex Notes();
}
