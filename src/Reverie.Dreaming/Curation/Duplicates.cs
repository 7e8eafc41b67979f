using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// Finds entries that say the same, in the same or other words, and keeps the copy that says most. Entries that differ in
/// a telling word (another object, another number) are look-alikes and stay.
/// </summary>
internal static class Duplicates
{
    private const int ContentMin = 2;
    private const int ExtraWordsMax = 5;

    public static IEnumerable<CuratedChange> Find(Draft draft)
    {
        var entries = draft.Entries().Where(e => !Playbooks.Wrote(draft.Find(e.Path)!) && e.Content.Distinct(StringComparer.Ordinal).Count() >= ContentMin).ToList();
        var glue = Glue(entries);
        var facts = entries.ConvertAll(e => new Fact(e, glue));
        var solo = entries.GroupBy(static e => e.Path, StringComparer.Ordinal).Where(static g => g.Count() == 1).Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var group in Groups(facts))
        {
            // The copy with most detail, told most plainly; a memory that holds nothing else rather stays.
            var ordered = group.OrderByDescending(f => group.Count(f.Covers)).ThenByDescending(static f => f.DetailWords).ThenBy(static f => f.Entry.Content.Count).ThenBy(f => solo.Contains(f.Entry.Path) ? 0 : 1)
                .ThenByDescending(static f => f.Entry.IsVerified).ThenBy(static f => f.Entry.Path, StringComparer.Ordinal).ThenBy(static f => f.Entry.Start).ToList();
            var kept = ordered[0];
            foreach (var copy in ordered.Skip(1))
            {
                // A copy that the kept one does not wholly cover stays: no fact is lost to tidiness.
                if (!kept.Covers(copy)) continue;
                var how = copy.Entry.Statement == kept.Entry.Statement ? "the same words" : copy.Words.SetEquals(kept.Words) ? "the same fact in other words" : "the same fact with less detail";
                yield return new CuratedChange
                {
                    Edit = d => EntryEdits.Remove(d, copy.Entry),
                    Kind = ChangeKind.Merge,
                    Summary = $"Remove the copy of “{Clip.Line(kept.Entry.Statement, 80)}” from {copy.Entry.Path}; it stays in {kept.Entry.Path}",
                    Rationale = $"{copy.Entry.Path} and {kept.Entry.Path} state {how}; the fuller one is kept.",
                    Confidence = copy.Entry.Statement == kept.Entry.Statement ? 0.99 : 0.9,
                    MemoryQuotes = [(copy.Entry.Path, copy.Entry.Text), (kept.Entry.Path, kept.Entry.Text)],
                };
            }
        }
    }

    private static List<List<Fact>> Groups(List<Fact> facts)
    {
        var byWord = facts.SelectMany(static f => f.Words.Select(w => (Word: w, Fact: f))).GroupBy(static p => p.Word, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Select(static p => p.Fact).ToList(), StringComparer.Ordinal);
        var groups = new List<List<Fact>>();
        var taken = new HashSet<Fact>();
        foreach (var fact in facts.OrderByDescending(static f => f.Words.Count).ThenBy(static f => f.Entry.Path, StringComparer.Ordinal).ThenBy(static f => f.Entry.Start))
        {
            if (taken.Contains(fact)) continue;
            var rarest = fact.Words.OrderBy(w => byWord[w].Count).ThenBy(static w => w, StringComparer.Ordinal);
            var group = new List<Fact> { fact };
            foreach (var other in rarest.SelectMany(w => byWord[w]).Distinct())
                if (other != fact && !taken.Contains(other) && (fact.Covers(other) || other.Covers(fact))) group.Add(other);
            if (group.Count < 2) continue;
            taken.UnionWith(group);
            groups.Add(group);
        }
        return groups;
    }

    /// <summary>Words of the house's phrasing: they stand in many entries about different things.</summary>
    private static HashSet<string> Glue(List<MemoryEntry> entries)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        // Copies of one statement are one thing, however many there are.
        var different = entries.DistinctBy(static e => string.Join(' ', e.Content), StringComparer.Ordinal).ToList();
        foreach (var word in different.SelectMany(static e => e.Content.Distinct(StringComparer.Ordinal))) counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts.Where(c => c.Value >= 8 && c.Value * 4 >= different.Count && !c.Key.Any(char.IsDigit)).Select(static c => c.Key).ToHashSet(StringComparer.Ordinal);
    }

    private sealed class Fact
    {
        private static readonly HashSet<string> Qualifying = new(StringComparer.Ordinal) { "for", "of", "in", "at", "on", "from", "by", "near", "für", "pour", "de", "per" };

        private readonly List<string> _ordered;
        private readonly List<string> _numbers;
        private readonly bool _negated;
        private readonly List<Word> _words;
        private (List<string> Name, List<string> Value)? _halves;

        public Fact(MemoryEntry entry, HashSet<string> glue)
        {
            Entry = entry;
            _ordered = [.. entry.Content.Where(w => !glue.Contains(w))];
            Words = [.. _ordered];
            _numbers = [.. _ordered.Where(static w => char.IsDigit(w[0]))];
            _words = Text.Words.Split(entry.Statement).ConvertAll(static w => new Word(w, Text.Words.Stem(w), !Text.Words.IsFunctionWord(w)));
            _negated = _words.Exists(static w => w.Text is "not" or "never" or "no" or "don" or "doesn" or "isn" or "without" or "except");
        }

        private static readonly (string, string)[] Opposites =
        [
            ("up", "down"), ("in", "out"), ("on", "off"), ("left", "right"), ("above", "below"), ("before", "after"), ("over", "under"), ("inside", "outside"), ("upper", "lower"),
            ("first", "last"), ("open", "closed"), ("inner", "outer"), ("near", "far"), ("with", "without"), ("to", "from"), ("north", "south"), ("east", "west"), ("inbound", "outbound"),
        ];

        public MemoryEntry Entry { get; }

        public HashSet<string> Words { get; }

        /// <summary>One says up where the other says down.</summary>
        private bool Opposes(Fact other)
        {
            foreach (var (a, b) in Opposites)
                if (Says(a) && !Says(b) && other.Says(b) && !other.Says(a) || Says(b) && !Says(a) && other.Says(a) && !other.Says(b)) return true;
            return false;
        }

        private bool Says(string word) => _words.Exists(w => w.Text == word);

        /// <summary>Words of detail behind the statement, when it is told as name and value.</summary>
        public int DetailWords => Halves() is var (name, value) && name.Count > 0 ? Detail(name, value)?.Count ?? 0 : 0;

        /// <summary>This entry says all that <paramref name="other"/> says, in the same words or as the same name and value.</summary>
        public bool Covers(Fact other)
        {
            if (Words.Count < ContentMin || other.Words.Count < ContentMin || Opposes(other)) return false;
            return _negated == other._negated && CoversWords(other) || CoversNameAndValue(other);
        }

        private bool CoversWords(Fact other)
        {
            if (!other.Words.IsSubsetOf(Words)) return false;
            if (other._numbers.Count > 1 && !other._numbers.SequenceEqual(_numbers.Where(other.Words.Contains))) return false;
            var extra = Words.Count - other.Words.Count;
            if (extra == 0) return true;
            if (extra > ExtraWordsMax || other.Words.Count < 3 || extra > other.Words.Count) return false;
            // Detail follows the statement; a word inside it names another thing ("crates for herbs").
            var lastShared = _ordered.FindLastIndex(other.Words.Contains);
            return _ordered.Take(lastShared + 1).All(other.Words.Contains);
        }

        /// <summary>
        /// Both hold the same name and the same value, each unbroken, told in whatever phrase; what the other adds behind
        /// them stands here too.
        /// </summary>
        private bool CoversNameAndValue(Fact other)
        {
            foreach (var teller in new[] { this, other })
            {
                var (name, value) = teller.Halves();
                if (name.Count == 0 || value.Count == 0 || name.Count + value.Count < 3) continue;
                if (Detail(name, value) is not { } mine || other.Detail(name, value) is not { } theirs) continue;
                if (theirs.TrueForAll(mine.Contains)) return true;
            }
            return false;
        }

        private (List<string> Name, List<string> Value) Halves() => _halves ??= Split();

        private (List<string> Name, List<string> Value) Split()
        {
            if (Separators.Find(Entry.Statement) is not var (start, end)) return ([], []);
            return (Text.Words.Content(Entry.Statement[..start]), Text.Words.Content(Entry.Statement[end..]));
        }

        /// <summary>
        /// The content words behind name and value; null when one of them is missing or broken, or when a word elsewhere
        /// narrows what is spoken of.
        /// </summary>
        private List<string>? Detail(List<string> name, List<string> value)
        {
            if (Span(name) is not var (nameStart, nameEnd) || Span(value) is not var (valueStart, valueEnd)) return null;
            if (nameStart <= valueEnd && valueStart <= nameEnd) return null;
            var (first, second) = nameStart < valueStart ? ((nameStart, nameEnd), (valueStart, valueEnd)) : ((valueStart, valueEnd), (nameStart, nameEnd));
            var outside = 0;
            for (var i = 0; i < second.Item1; i++)
            {
                if (i >= first.Item1 && i <= first.Item2) continue;
                if (!_words[i].IsContent) continue;
                // "spare tip jar", "crates for herbs", "gate 4": another thing.
                if (char.IsDigit(_words[i].Text[0]) || i + 1 == first.Item1 || i + 1 == second.Item1 && second.Item1 == nameStart) return null;
                if (i > first.Item2 && i > 0 && Qualifying.Contains(_words[i - 1].Text) && i - 1 == first.Item2 + 1) return null;
                outside++;
            }
            return outside > ExtraWordsMax ? null : [.. _words.Skip(second.Item2 + 1).Where(static w => w.IsContent || w.Text is "kept" or "never" or "not" or "only" or "always" or "without" or "used").Select(static w => w.Stem)];
        }

        /// <summary>Where the stems stand one after the other with nothing but function words between.</summary>
        private (int Start, int End)? Span(List<string> stems)
        {
            if (stems.Count == 0) return null;
            for (var i = 0; i < _words.Count; i++)
            {
                if (_words[i].Stem != stems[0] || !_words[i].IsContent) continue;
                var matched = 1;
                var at = i;
                for (var j = i + 1; j < _words.Count && matched < stems.Count; j++)
                {
                    if (!_words[j].IsContent) continue;
                    if (_words[j].Stem != stems[matched]) break;
                    matched++;
                    at = j;
                }
                if (matched == stems.Count) return (i, at);
            }
            return null;
        }

        private readonly record struct Word(string Text, string Stem, bool IsContent);
    }
}
