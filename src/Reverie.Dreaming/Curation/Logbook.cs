using System.Text.RegularExpressions;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// The lines of logs among the entries of a store: entries that begin with a day, and those below a heading with a day where a memory has
/// several of them. Such a line says what was so on its day, which stays true: it is marked where it no longer holds, and never rewritten. Of
/// several lines about one thing only the newest says how things are.
/// </summary>
internal sealed partial class Logbook
{
    private const int DatedHeadingsMin = 2;

    private static readonly string[] DayParts = ["year", "month", "day"];

    private readonly Dictionary<(string Path, int Start), Line> _lines = [];
    private readonly ILookup<string, Line> _byPath;

    public Logbook(IReadOnlyList<MemoryEntry> entries)
    {
        foreach (var memory in entries.GroupBy(static e => e.Path, StringComparer.Ordinal))
        {
            var headings = memory.Select(static e => e.Heading).Distinct(StringComparer.Ordinal).ToDictionary(static h => h, DayIn, StringComparer.Ordinal);
            var isParted = headings.Values.Count(static d => d is not null) >= DatedHeadingsMin;
            foreach (var entry in memory)
            {
                var body = entry.Body;
                if ((body.Length < entry.Statement.Length ? DayIn(entry.Statement) : isParted ? headings[entry.Heading] : null) is { } day)
                    _lines.Add((entry.Path, entry.Start), new Line(entry.Path, day, [.. Words.Content(body)]));
            }
        }
        _byPath = _lines.Values.ToLookup(static l => l.Path, StringComparer.Ordinal);
    }

    /// <summary>True for a line of a log.</summary>
    public bool Holds(MemoryEntry entry) => Find(entry) is not null;

    /// <summary>True when a later line of the same log tells about <paramref name="subject"/> too, all words of which it holds.</summary>
    public bool IsHistory(MemoryEntry entry, IReadOnlySet<string> subject) => Find(entry) is { } line && Later(line).Any(l => subject.IsSubsetOf(l.Words));

    /// <summary>True when a later line of the same log tells the same with another <paramref name="value"/>: half of the words beside it recur, and every number.</summary>
    public bool IsHistory(MemoryEntry entry, string value)
    {
        if (Find(entry) is not { } line) return false;
        var subject = line.Words.Except(Words.Content(value), StringComparer.Ordinal).ToList();
        return subject.Count > 0 && Later(line).Any(l => subject.Count(l.Words.Contains) * 2 >= subject.Count && subject.TrueForAll(w => !char.IsDigit(w[0]) || l.Words.Contains(w)));
    }

    private Line? Find(MemoryEntry entry) => _lines.GetValueOrDefault((entry.Path, entry.Start));

    private IEnumerable<Line> Later(Line line) => _byPath[line.Path].Where(l => string.CompareOrdinal(l.Day, line.Day) > 0);

    /// <summary>The first day named, year first, so that days sort; null when there is none.</summary>
    private static string? DayIn(string text) =>
        Day().Match(text) is { Success: true } day ? string.Join('-', DayParts.Select(part => day.Groups[part].Value.PadLeft(2, '0'))) : null;

    private sealed record Line(string Path, string Day, HashSet<string> Words);

    [GeneratedRegex(@"(?<!\d)(?:(?<year>\d{4})(?<sign>[-/.])(?<month>\d\d?)\k<sign>(?<day>\d\d?)|(?<day>\d\d?)\.(?<month>\d\d?)\.(?<year>\d{4}))(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
