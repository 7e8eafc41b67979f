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
        var entries = draft.Entries().Where(static e => e.Content.Distinct(StringComparer.Ordinal).Count() >= ContentMin).ToList();
        var glue = Glue(entries);
        var facts = entries.ConvertAll(e => new Fact(e, glue));
        var solo = entries.GroupBy(static e => e.Path, StringComparer.Ordinal).Where(static g => g.Count() == 1).Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var group in Groups(facts))
        {
            var ordered = group.OrderByDescending(static f => f.Words.Count).ThenBy(f => solo.Contains(f.Entry.Path) ? 0 : 1)
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
                if (other != fact && !taken.Contains(other) && fact.Covers(other)) group.Add(other);
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
        foreach (var word in entries.SelectMany(static e => e.Content.Distinct(StringComparer.Ordinal))) counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts.Where(c => c.Value >= 8 && c.Value * 4 >= entries.Count && !c.Key.Any(char.IsDigit)).Select(static c => c.Key).ToHashSet(StringComparer.Ordinal);
    }

    private sealed class Fact
    {
        private readonly List<string> _ordered;
        private readonly List<string> _numbers;
        private readonly bool _negated;

        public Fact(MemoryEntry entry, HashSet<string> glue)
        {
            Entry = entry;
            _ordered = [.. entry.Content.Where(w => !glue.Contains(w))];
            Words = [.. _ordered];
            _numbers = [.. _ordered.Where(static w => char.IsDigit(w[0]))];
            _negated = Text.Words.Split(entry.Statement).Exists(static w => w is "not" or "never" or "no" or "don" or "doesn" or "isn" or "without" or "except");
        }

        public MemoryEntry Entry { get; }

        public HashSet<string> Words { get; }

        /// <summary>This entry says all that <paramref name="other"/> says, and what it says more is detail after it.</summary>
        public bool Covers(Fact other)
        {
            if (Words.Count < ContentMin || other.Words.Count < ContentMin || _negated != other._negated) return false;
            if (!other.Words.IsSubsetOf(Words)) return false;
            if (other._numbers.Count > 1 && !other._numbers.SequenceEqual(_numbers.Where(other.Words.Contains))) return false;
            var extra = Words.Count - other.Words.Count;
            if (extra == 0) return true;
            if (extra > ExtraWordsMax || other.Words.Count < 3 || extra > other.Words.Count) return false;
            // Detail follows the statement; a word inside it names another thing ("crates for herbs").
            var lastShared = _ordered.FindLastIndex(other.Words.Contains);
            return _ordered.Take(lastShared + 1).All(other.Words.Contains);
        }
    }
}
