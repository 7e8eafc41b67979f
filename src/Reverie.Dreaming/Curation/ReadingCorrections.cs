using System.Globalization;
using System.Text.RegularExpressions;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// Holds entries against named values the environment reported: the value an entry states is confirmed when it is the
/// latest reported one, and replaced when the latest differs. An entry that merely mentions the name is left alone.
/// </summary>
internal static partial class ReadingCorrections
{
    private const int SessionsMin = 2;

    /// <summary>Content words by which what an entry states may be longer than what was reported.</summary>
    private const int ValueWordsMore = 2;

    /// <param name="entries">The entries of the store.</param>
    /// <param name="log">Which of them are lines of a log.</param>
    /// <param name="readings">Which values were reported.</param>
    /// <param name="used">The value each entry states, where calls used it.</param>
    public static IEnumerable<(MemoryEntry Entry, CuratedChange Change)> Find(IReadOnlyList<MemoryEntry> entries, Logbook log, IReadOnlyList<Readings> readings, IReadOnlyDictionary<MemoryEntry, string> used)
    {
        var settled = readings.SelectMany(static r => r.Settled()).ToList();
        if (settled.Count == 0) yield break;
        var byWord = settled.SelectMany(static r => r.Name.Select(w => (Word: w, Reading: r))).GroupBy(static p => p.Word, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Select(static p => p.Reading).ToList(), StringComparer.Ordinal);
        // What stands under a heading with others tells of it, and is not its value.
        var crowded = entries.CountBy(static e => (e.Path, e.Heading)).Where(static h => h.Value > 1).Select(static h => h.Key).ToHashSet();
        foreach (var entry in entries)
        {
            var content = Words.Content(entry.Body).ToHashSet(StringComparer.Ordinal);
            var heading = Words.Content(entry.Heading).ToHashSet(StringComparer.Ordinal);
            var reading = content.Concat(heading).SelectMany(w => byWord.GetValueOrDefault(w) ?? []).Distinct().Where(r => r.Name.IsSubsetOf(content) || (!crowded.Contains((entry.Path, entry.Heading)) && IsValueUnder(heading, content, r)))
                .OrderBy(static r => r.IsOpen).ThenByDescending(static r => r.Name.Count).ThenByDescending(static r => r.Values.Count).ThenBy(static r => string.Join(' ', r.Name.Order(StringComparer.Ordinal)), StringComparer.Ordinal).FirstOrDefault();
            if (reading is null || (reading.Name.Count == 1 && reading.Name.First().Length < 4)) continue;
            if (log.IsHistory(entry, reading.Name)) continue;
            // What calls were given as a value is no name, though an answer may read so: a firm says hello.
            var isValue = used.TryGetValue(entry, out var value) && reading.Name.SetEquals(Words.Content(value));
            if (Judge(entry, content, reading, isValue, entries, log) is { } change) yield return (entry, change);
        }
    }

    /// <summary>The heading is the name, and the entry says no more than a value.</summary>
    private static bool IsValueUnder(HashSet<string> heading, HashSet<string> content, Readings.Reading reading) =>
        reading.Name.SetEquals(heading) && content.Count <= Value(reading.Latest).Count;

    private static CuratedChange? Judge(MemoryEntry entry, HashSet<string> content, Readings.Reading reading, bool isValue, IReadOnlyList<MemoryEntry> all, Logbook log)
    {
        var run = reading.Run;
        var sessions = run.Select(static o => o.Session).Distinct().ToList();
        if (reading.Toolbox.Tellings(sessions) < SessionsMin) return null;
        var backing = Backing.Of(reading.Toolbox, reading.IsOpen, run);
        var latest = Value(reading.Latest);
        var n = sessions.Count.ToString(CultureInfo.InvariantCulture);
        var last = sessions[^1].Day;
        var bearing = new Bearing(reading.Toolbox, sessions, []);
        var quotes = run.TakeLast(3).Select(static o => Quotes.OfResult(o.Session, o.Step)).OfType<Quote>().ToList();
        if (latest.IsSubsetOf(content))
        {
            // What an entry says already, one person's sessions may confirm; a stranger's page may not.
            if (reading.IsOpen || entry.IsVerifiedSince(last)) return null;
            return new CuratedChange
            {
                Edit = d => EntryEdits.Replace(d, entry, MemoryEntry.Noted(entry.Lasting, $"verified {last}: reported in {n} sessions")),
                Kind = ChangeKind.Verification,
                Summary = $"Confirm “{Clip.Line(entry.Statement, 80)}”",
                Rationale = $"`{run[^1].Step.Tool}` reported {reading.Latest} in {n} sessions, last on {last}.",
                Confidence = Confidence(sessions.Count),
                Bearing = bearing,
                Quotes = quotes,
                MemoryQuotes = [(entry.Path, entry.Text)],
            };
        }
        var other = all.FirstOrDefault(e => e != entry && reading.Name.IsSubsetOf(e.Content) && latest.IsSubsetOf(e.Content));
        if (StatedValue(entry, content, reading, latest, isValue, isDisputed: other is not null) is not { } stated || entry.With(stated, reading.Latest) is not { } corrected) return null;
        var since = sessions[0].Day;
        return new CuratedChange
        {
            Edit = log.Holds(entry)
                ? d => EntryEdits.Outdate(d, entry, stated, since, reading.Latest, $"reported in {n} sessions")
                : d => EntryEdits.Replace(d, entry, MemoryEntry.Noted(corrected, $"was {stated} until {since}; reported in {n} sessions, last on {last}")),
            Kind = other is null ? ChangeKind.Stale : ChangeKind.Contradiction,
            Summary = other is null
                ? $"Replace {stated} by {reading.Latest} in “{Clip.Line(entry.Statement, 80)}”"
                : $"Resolve the contradiction with {other.Path}: {reading.Latest} holds, {stated} does not",
            Rationale = $"`{run[^1].Step.Tool}` reported {reading.Latest} in {n} sessions since {since}, last on {last}; the entry states {stated}.{backing.Note}",
            Confidence = Confidence(sessions.Count),
            Status = backing.Status,
            Bearing = bearing,
            Quotes = quotes,
            MemoryQuotes = other is null ? [(entry.Path, entry.Text)] : [(entry.Path, entry.Text), (other.Path, other.Text)],
        };
    }

    /// <summary>
    /// The words of the entry that stand in the value's place: an older reported value, or, in an entry that says nothing
    /// but name and value, what is left beside the name: told as its value, or of the same sort as the latest (a number for a
    /// number, the same unit), or as short as it where another entry states the latest.
    /// </summary>
    private static string? StatedValue(MemoryEntry entry, HashSet<string> content, Readings.Reading reading, HashSet<string> latest, bool isValue, bool isDisputed)
    {
        var statement = entry.Body;
        foreach (var (value, _) in reading.Values.AsEnumerable().Reverse().Where(v => v.Value != reading.Latest))
            if (Value(value).IsSubsetOf(content) && entry.SurfaceOf(Words.Split(value)) is { } known) return known;
        if (NumberInPlaceOf(reading.Latest, statement) is { } counted) return counted;
        if (!isValue && ValueOf(entry, reading.Name, latest.Count + ValueWordsMore) is { } told) return told;
        if (InPlaceOf(Words.Split(reading.Latest), Words.Split(statement)) is { } alike) return entry.SurfaceOf(alike);
        var rest = Words.Content(statement).Where(w => !reading.Name.Contains(w) || latest.Contains(w)).ToList();
        var sameSort = rest.Exists(latest.Contains) || (rest.Exists(static w => char.IsDigit(w[0])) && latest.Any(static w => char.IsDigit(w[0])))
            || (isDisputed && rest.Count <= latest.Count && !rest.Concat(latest).Any(static w => char.IsDigit(w[0])));
        if (rest.Count == 0 || rest.Count > latest.Count + ValueWordsMore || !sameSort) return null;
        var words = Words.Split(statement);
        // The shortest run of the entry's words that holds what is left.
        for (var length = rest.Count; length <= rest.Count + 2; length++)
        {
            for (var i = 0; i + length <= words.Count; i++)
            {
                var stems = words.Skip(i).Take(length).Select(Words.Stem).ToList();
                if (rest.TrueForAll(stems.Contains)) return entry.SurfaceOf(words.GetRange(i, length));
            }
        }
        return null;
    }

    /// <summary>A number for a number, when it is the only one: with its sign, and with what stands around the latest, such as a unit; null when the statement does not have that.</summary>
    private static string? NumberInPlaceOf(string latest, string statement)
    {
        if (Number().Matches(statement) is not [var at] || Number().Match(latest) is not { Success: true } now) return null;
        var (before, behind) = (statement[..at.Index], statement[(at.Index + at.Length)..]);
        var (lead, unit) = (latest[..now.Index].TrimStart(), latest[(now.Index + now.Length)..].TrimEnd());
        if (!before.EndsWith(lead, StringComparison.OrdinalIgnoreCase) || !behind.StartsWith(unit, StringComparison.OrdinalIgnoreCase)) return null;
        var stated = statement.Substring(at.Index - lead.Length, lead.Length + at.Length + unit.Length);
        return unit.Length < behind.Length && char.IsLetterOrDigit(behind[unit.Length]) && unit.Length > 0 ? null : stated;
    }

    /// <summary>What an entry tells as the value of just this name, in at most <paramref name="wordsMax"/> content words: behind the sign of equality, or alone below it as a heading.</summary>
    private static string? ValueOf(MemoryEntry entry, IReadOnlySet<string> name, int wordsMax)
    {
        var told = entry.Statement.TrimStart('|', ' ');
        var named = name.SetEquals(Words.Content(entry.Heading));
        while (!named && Separators.Find(told) is var (start, end))
        {
            var left = Words.Content(told[..start]).Where(static w => !w.Any(char.IsDigit)).ToList();
            // A date in front names nothing.
            if (left.Count > 0 && !name.SetEquals(left)) return null;
            named = left.Count > 0;
            told = told[end..];
        }
        told = told.Split('|')[0].Trim().TrimEnd('.', ';', ',');
        return named && told.Length > 1 && !told.Contains('\n') && Words.Content(told).Count <= wordsMax ? told : null;
    }

    /// <summary>The one run of words that differs from the value in its number alone (“five working days” for “three working days”); null when there is none, or several.</summary>
    private static List<string>? InPlaceOf(List<string> value, List<string> words)
    {
        if (value.Count < 2 || value.Count(IsNumber) != 1) return null;
        var runs = Enumerable.Range(0, Math.Max(0, words.Count - value.Count + 1)).Select(i => words.GetRange(i, value.Count))
            .Where(run => run.Zip(value).All(static p => p.First == p.Second || (IsNumber(p.First) && IsNumber(p.Second)))).ToList();
        return runs is [var only] ? only : null;

        static bool IsNumber(string word) => char.IsDigit(Words.Stem(word)[0]);
    }

    private static HashSet<string> Value(string value)
    {
        var content = Words.Content(value);
        return content.Count > 0 ? [.. content] : [.. Words.Split(value).Select(Words.Stem)];
    }

    /// <summary>A number that is no part of a longer one, of an id, a range or a time of day; a sign belongs to it where no word is in front.</summary>
    [GeneratedRegex(@"(?<![\w.,]|\w[-−–+/:])[-−+]?\d+(?:[.,]\d+)?(?![-−–/:.,]?\w)")]
    private static partial Regex Number();

    private static double Confidence(int sessions) => Math.Round(Math.Min(0.98, 0.6 + 0.07 * sessions), 2);
}
