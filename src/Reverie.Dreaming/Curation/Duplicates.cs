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

    public static IEnumerable<CuratedChange> Find(Draft draft, CancellationToken cancellationToken)
    {
        var entries = draft.Entries().Where(e => !Playbooks.Wrote(draft.Find(e.Path)!) && !IndexFile.Lists(e, draft.Texts) && e.Content.Distinct(StringComparer.Ordinal).Count() >= ContentMin).ToList();
        var glue = Glue(entries);
        var facts = entries.ConvertAll(e => new Fact(e, glue));
        var solo = entries.GroupBy(static e => e.Path, StringComparer.Ordinal).Where(static g => g.Count() == 1).Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        var below = entries.CountBy(static e => (e.Path, e.Heading)).ToDictionary();
        foreach (var group in Groups(facts, cancellationToken))
        {
            // Copies in the same words cover the same.
            var told = group.GroupBy(static f => f.Statement, StringComparer.Ordinal).Select(static g => (Fact: g.First(), Copies: g.Count())).ToList();
            var covered = told.ToDictionary(static t => t.Fact.Statement, t => told.Sum(other => t.Fact.Covers(other.Fact) ? other.Copies : 0), StringComparer.Ordinal);
            // The copy with most detail, told most plainly; a memory that holds nothing else rather stays.
            var ordered = group.OrderByDescending(f => covered[f.Statement]).ThenByDescending(static f => f.DetailWords).ThenBy(static f => f.Entry.Content.Count).ThenBy(f => solo.Contains(f.Entry.Path) ? 0 : 1)
                .ThenByDescending(static f => f.Entry.IsVerified).ThenBy(static f => f.Entry.Path, StringComparer.Ordinal).ThenBy(static f => f.Entry.Start).ToList();
            var kept = ordered[0];
            foreach (var copy in ordered.Skip(1))
            {
                // A copy that the kept one does not wholly cover stays: no fact is lost to tidiness.
                if (!kept.Covers(copy) || AreNamedByHeadings(kept.Entry, copy.Entry)) continue;
                // Code is the same when every letter is.
                if ((kept.Entry.HoldsCode || copy.Entry.HoldsCode) && copy.Entry.Text != kept.Entry.Text) continue;
                var how = copy.Statement == kept.Statement ? "the same words" : copy.Words.SetEquals(kept.Words) ? "the same fact in other words" : "the same fact with less detail";
                yield return new CuratedChange
                {
                    Edit = d => EntryEdits.Remove(d, copy.Entry),
                    Kind = ChangeKind.Merge,
                    Summary = $"Remove the copy of “{Clip.Line(kept.Statement, 80)}” from {copy.Entry.Path}; it stays in {kept.Entry.Path}",
                    Rationale = $"{copy.Entry.Path} and {kept.Entry.Path} state {how}; the fuller one is kept.",
                    Confidence = copy.Statement == kept.Statement ? 0.99 : 0.9,
                    MemoryQuotes = [(copy.Entry.Path, copy.Entry.Text), (kept.Entry.Path, kept.Entry.Text)],
                };
            }
        }

        // What stands alone below a heading is said of it: one fee may be as high as another.
        bool AreNamedByHeadings(MemoryEntry a, MemoryEntry b) =>
            a.Path == b.Path && a.Heading != b.Heading && below[(a.Path, a.Heading)] == 1 && below[(b.Path, b.Heading)] == 1 && Separators.Find(a.Statement) is null && Separators.Find(b.Statement) is null;
    }

    private static List<List<Fact>> Groups(List<Fact> facts, CancellationToken cancellationToken)
    {
        var index = new FactIndex(facts);
        var groups = new List<List<Fact>>();
        var taken = new HashSet<Fact>();
        foreach (var fact in facts.OrderByDescending(static f => f.Words.Count).ThenBy(static f => f.Entry.Path, StringComparer.Ordinal).ThenBy(static f => f.Entry.Start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (taken.Contains(fact)) continue;
            var group = new List<Fact> { fact };
            foreach (var other in index.Near(fact))
                if (!taken.Contains(other) && (fact.Covers(other) || other.Covers(fact)) && fact.Words.Overlaps(other.Words)) group.Add(other);
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
        var glue = counts.Where(c => c.Value >= 8 && c.Value * 4 >= different.Count && !c.Key.Any(char.IsDigit)).Select(static c => c.Key).ToHashSet(StringComparer.Ordinal);
        // What is said with the word and without it of one thing after the other tells the two apart: saturdays and sundays.
        var told = different.ToLookup(e => string.Join(' ', e.Content.Where(w => !glue.Contains(w))), StringComparer.Ordinal);
        var twins = told.SelectMany(static alike => alike.SelectMany(e => e.Content.Distinct(StringComparer.Ordinal).Where(w => alike.Any(o => !o.Content.Contains(w, StringComparer.Ordinal))))).CountBy(static w => w, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        glue.RemoveWhere(w => twins.GetValueOrDefault(w) * 2 > counts[w]);
        return glue;
    }

    /// <summary>
    /// Finds the facts that may cover one another without holding each against each: who covers a fact holds the rarest of
    /// its words, or the rarest of its name and value.
    /// </summary>
    private sealed class FactIndex
    {
        private readonly ILookup<string, Fact> _byWord;
        private readonly ILookup<string, Fact> _byRarestWord;
        private readonly ILookup<string, Fact> _byStem;
        private readonly ILookup<string, Fact> _byRarestNamed;

        public FactIndex(List<Fact> facts)
        {
            _byWord = facts.SelectMany(static f => f.Words.Select(w => (Key: w, Fact: f))).ToLookup(static p => p.Key, static p => p.Fact, StringComparer.Ordinal);
            _byStem = facts.SelectMany(static f => f.Stems.Select(s => (Key: s, Fact: f))).ToLookup(static p => p.Key, static p => p.Fact, StringComparer.Ordinal);
            _byRarestWord = facts.ToLookup(f => Rarest(f.Words, _byWord), StringComparer.Ordinal);
            _byRarestNamed = facts.ToLookup(f => Rarest(f.Named, _byStem), StringComparer.Ordinal);
        }

        /// <summary>Every other fact that covers <paramref name="fact"/> or is covered by it, and some more; each once.</summary>
        public IEnumerable<Fact> Near(Fact fact) =>
            _byWord[Rarest(fact.Words, _byWord)].Concat(fact.Words.SelectMany(w => _byRarestWord[w]))
                .Concat(_byStem[Rarest(fact.Named, _byStem)]).Concat(fact.Stems.SelectMany(s => _byRarestNamed[s]))
                .Where(f => f != fact && Fact.MayBeTheSame(fact, f)).Distinct();

        /// <summary>The word that fewest facts hold; "", which none holds, of no words.</summary>
        private static string Rarest(IEnumerable<string> words, ILookup<string, Fact> holders) =>
            words.OrderBy(w => holders[w].Count()).ThenBy(static w => w, StringComparer.Ordinal).FirstOrDefault("");
    }

    private sealed class Fact
    {
        private static readonly HashSet<string> Qualifying = new(StringComparer.Ordinal) { "for", "of", "in", "at", "on", "from", "by", "near", "für", "pour", "de", "per" };

        private readonly List<string> _ordered;
        private readonly List<string> _numbers;
        private readonly bool _negated;
        private readonly List<Word> _words;
        private readonly (List<string> Name, List<string> Value) _halves;
        private readonly ulong _wordBits;
        private readonly ulong _stemBits;
        private readonly ulong _namedBits;

        public Fact(MemoryEntry entry, HashSet<string> glue)
        {
            Entry = entry;
            Statement = entry.Statement;
            _ordered = [.. entry.Content.Where(w => !glue.Contains(w))];
            Words = [.. _ordered];
            _numbers = [.. _ordered.Where(static w => char.IsDigit(w[0]))];
            _words = Text.Words.Split(Statement).ConvertAll(static w => new Word(w, Text.Words.Stem(w), !Text.Words.IsFunctionWord(w)));
            _negated = _words.Exists(static w => w.Text is "not" or "never" or "no" or "don" or "doesn" or "isn" or "without" or "except");
            Stems = [.. _words.Where(static w => w.IsContent).Select(static w => w.Stem)];
            _halves = Separators.Find(Statement) is var (start, end) ? (Text.Words.Content(Statement[..start]), Text.Words.Content(Statement[end..])) : ([], []);
            Named = _halves.Name.Count == 0 || _halves.Value.Count == 0 || _halves.Name.Count + _halves.Value.Count < 3 ? [] : [.. _halves.Name, .. _halves.Value];
            (_wordBits, _stemBits, _namedBits) = (Bits(Words), Bits(Stems), Bits(Named));
        }

        private static readonly (string, string)[] Opposites =
        [
            ("up", "down"), ("in", "out"), ("on", "off"), ("left", "right"), ("above", "below"), ("before", "after"), ("over", "under"), ("inside", "outside"), ("upper", "lower"),
            ("first", "last"), ("open", "closed"), ("inner", "outer"), ("near", "far"), ("with", "without"), ("to", "from"), ("north", "south"), ("east", "west"), ("inbound", "outbound"),
        ];

        public MemoryEntry Entry { get; }

        /// <summary>What it says, without the dreamer's notes.</summary>
        public string Statement { get; }

        /// <summary>The stems of its content words, without the house's phrasing.</summary>
        public HashSet<string> Words { get; }

        /// <summary>The stems of all its content words.</summary>
        public HashSet<string> Stems { get; }

        /// <summary>The stems of its name and its value; none when it is not told as such.</summary>
        public IReadOnlyList<string> Named { get; }

        /// <summary>One says up where the other says down.</summary>
        private bool Opposes(Fact other)
        {
            foreach (var (a, b) in Opposites)
                if (Says(a) && !Says(b) && other.Says(b) && !other.Says(a) || Says(b) && !Says(a) && other.Says(a) && !other.Says(b)) return true;
            return false;
        }

        private bool Says(string word) => _words.Exists(w => w.Text == word);

        /// <summary>Words of detail behind the statement, when it is told as name and value.</summary>
        public int DetailWords => _halves is var (name, value) && name.Count > 0 ? Detail(name, value)?.Count ?? 0 : 0;

        /// <summary>This entry says all that <paramref name="other"/> says, in the same words or as the same name and value.</summary>
        public bool Covers(Fact other)
        {
            if (Words.Count < ContentMin || other.Words.Count < ContentMin) return false;
            return (_negated == other._negated && CoversWords(other) || CoversNameAndValue(other)) && !Opposes(other);
        }

        private bool CoversWords(Fact other)
        {
            if ((other._wordBits & ~_wordBits) != 0 || !other.Words.IsSubsetOf(Words)) return false;
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
            return CoversAsTold(this, other) || CoversAsTold(other, other);
        }

        /// <summary>False when neither can cover the other; quick.</summary>
        public static bool MayBeTheSame(Fact one, Fact other) =>
            (other._wordBits & ~one._wordBits) == 0 || (one._wordBits & ~other._wordBits) == 0
            || (one.Named.Count > 0 && (one._namedBits & ~other._stemBits) == 0) || (other.Named.Count > 0 && (other._namedBits & ~one._stemBits) == 0);

        private bool CoversAsTold(Fact teller, Fact other)
        {
            if (teller.Named.Count == 0 || (teller._namedBits & ~(_stemBits & other._stemBits)) != 0) return false;
            var (name, value) = teller._halves;
            return Detail(name, value) is { } mine && other.Detail(name, value) is { } theirs && theirs.TrueForAll(mine.Contains);
        }

        /// <summary>One bit of 64 for each word: where a bit is missing, so is a word.</summary>
        private static ulong Bits(IEnumerable<string> words)
        {
            ulong bits = 0;
            foreach (var word in words) bits |= 1UL << (word.GetHashCode(StringComparison.Ordinal) & 63);
            return bits;
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
