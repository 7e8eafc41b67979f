using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Curation;

/// <summary>What the sessions have to say about one entry: the field of a tool whose value the entry states.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Field">The field in which the value was used.</param>
/// <param name="Standing">How the value fared.</param>
/// <param name="Surface">The value as the entry writes it.</param>
internal sealed record Witness(MemoryEntry Entry, Ledger.Field Field, Ledger.Standing Standing, string Surface);

/// <summary>Ties entries to the calls that used the value they state.</summary>
internal static class Witnesses
{
    public static List<Witness> Find(IReadOnlyList<MemoryEntry> entries, IReadOnlyList<Ledger> ledgers)
    {
        var byFirstWord = new Dictionary<string, List<(Ledger.Field Field, string Value, List<string> Words)>>(StringComparer.Ordinal);
        var fieldsOfValue = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var ledger in ledgers)
        {
            foreach (var field in ledger.Fields)
            {
                foreach (var value in field.Values.Keys)
                {
                    var words = Words.Split(value);
                    if (words.Count is 0 or > 8 || !Tells(value, words)) continue;
                    fieldsOfValue[value] = fieldsOfValue.GetValueOrDefault(value) + 1;
                    if (!byFirstWord.TryGetValue(words[0], out var list)) byFirstWord[words[0]] = list = [];
                    list.Add((field, value, words));
                }
            }
        }
        var found = new List<Witness>();
        foreach (var entry in entries)
        {
            var statement = entry.Body;
            var words = Words.Split(statement);
            Witness? best = null;
            var bestScore = 0;
            for (var i = 0; i < words.Count; i++)
            {
                if (!byFirstWord.TryGetValue(words[i], out var candidates)) continue;
                foreach (var (field, value, valueWords) in candidates)
                {
                    if (i + valueWords.Count > words.Count || !valueWords.SequenceEqual(words.Skip(i).Take(valueWords.Count))) continue;
                    var related = Related(field, entry, valueWords);
                    var distinctive = fieldsOfValue[value] == 1 && (valueWords.Count >= 2 || value.Any(char.IsDigit) || value.Any(char.IsUpper));
                    if (!related && !distinctive) continue;
                    if (entry.SurfaceOf(valueWords) is not { } surface || InName(statement, surface)) continue;
                    var score = valueWords.Count * 10 + (related ? 5 : 0) + Math.Min(4, field.Values[value].Count);
                    if (score <= bestScore) continue;
                    bestScore = score;
                    best = new Witness(entry, field, field.Of(value), surface);
                }
            }
            if (best is not null) found.Add(best);
        }
        return found;
    }

    /// <summary>True when a word of the tool's or field's name also names the entry's subject.</summary>
    public static bool Related(Ledger.Field field, MemoryEntry entry, IReadOnlyCollection<string> valueWords)
    {
        var subject = entry.Content.Concat(Words.Content(entry.Heading)).Where(w => w.Length >= 3).ToList();
        foreach (var part in Words.OfIdentifier(field.Tool).Concat(Words.OfIdentifier(field.Path)))
        {
            if (part.Length < 3) continue;
            var stem = Words.Stem(part);
            foreach (var word in subject)
            {
                if (word == stem || (stem.Length >= 4 && word.StartsWith(stem, StringComparison.Ordinal)) || (word.Length >= 4 && stem.StartsWith(word, StringComparison.Ordinal)))
                    return !valueWords.Contains(word) || word == stem;
            }
        }
        return false;
    }

    /// <summary>True when the value only helps to name the thing ("noise floor, dish one: −118"): what is said of it is something else.</summary>
    private static bool InName(string statement, string surface)
    {
        if (Separators.Find(statement) is not var (start, end)) return false;
        var at = statement.IndexOf(surface, StringComparison.Ordinal);
        if (at + surface.Length > start) return false;
        var name = Words.Content(statement[..start]);
        var value = Words.Content(surface);
        // A whole name in plain words was asked about, not used ("late interest").
        if (name.Count == value.Count) return !surface.Any(static c => char.IsDigit(c) || char.IsUpper(c) || c is '.' or '/' or '_' or '@' or ':');
        return name.Count > value.Count && Words.Content(statement[end..]).Exists(w => char.IsDigit(w[0]) || !name.Contains(w));
    }

    /// <summary>A value that could not be met by chance: several words, a digit next to letters, or a longer word.</summary>
    private static bool Tells(string value, List<string> words) =>
        words.Count >= 2 || value.Length >= 5 && value.Any(char.IsLetter) || value.Length >= 3 && value.Any(char.IsDigit) && value.Any(char.IsLetter) || value.Length >= 4 && value.All(char.IsDigit);
}
