using System.Text.RegularExpressions;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Models;

/// <summary>
/// What a rewording must keep, decided without a model: names, values, quotations and numbers with their order, the words
/// that turn a meaning, and most of the others. Nothing of that kind may be added.
/// </summary>
internal static partial class WordingRules
{
    private const double KeptShareMin = 0.7;
    private const double AddedShareMax = 0.25;
    private const int AddedAlways = 2;
    private const double LengthFactorMax = 1.3;
    private const int LengthCharsAlways = 40;

    private static readonly HashSet<string> Turning = new(StringComparer.Ordinal)
    {
        "not", "no", "never", "nothing", "none", "cannot", "without", "unless", "except", "only", "always", "before", "after", "first", "last", "then", "until",
        "instead", "must", "may", "stop", "avoid", "fails", "fail", "works", "work", "enough", "soon", "least", "most", "more", "less", "everyone", "others", "by", "default",
    };

    /// <summary>What is wrong with <paramref name="reworded"/> in the place of <paramref name="original"/>, both of lines; null when nothing is.</summary>
    /// <param name="original">The miner's lines, without the counts.</param>
    /// <param name="reworded">The model's.</param>
    /// <param name="cited">The texts it rests on.</param>
    public static string? Problem(IReadOnlyList<string> original, IReadOnlyList<string> reworded, IReadOnlyList<string> cited)
    {
        if (reworded.Count != original.Count) return "it has another number of lines";
        var (before, after) = (string.Join('\n', original), string.Join('\n', reworded));
        if (after.Length > LengthFactorMax * before.Length + LengthCharsAlways) return "it is longer than what it rewords";
        if (HiddenText.In(after) || reworded.Any(static l => l.AsSpan().TrimStart() is "" or ['#' or '-' or '*' or '>', ..]) || after.Contains("](", StringComparison.Ordinal)) return "it has an empty line or markup";
        if (!Marks(before).SequenceEqual(Marks(after), StringComparer.Ordinal)) return "its names, values, quotations or numbers are not those of the insight, in its order";
        var (had, has) = (Words.Split(Plain(before)), Words.Split(Plain(after)));
        if (!had.Where(Turning.Contains).Order(StringComparer.Ordinal).SequenceEqual(has.Where(Turning.Contains).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            return "words that turn its meaning were added or left out";
        var (kept, new_) = (Stems(had), Stems(has));
        if (kept.Count > 0 && kept.Count(new_.Contains) < KeptShareMin * kept.Count) return "it leaves out what the insight says";
        var known = Stems(cited.SelectMany(Words.Split));
        var added = new_.Count(s => !kept.Contains(s) && !known.Contains(s));
        return added > Math.Max(AddedAlways, AddedShareMax * kept.Count) ? "it says more than the insight" : null;
    }

    /// <summary>True when <paramref name="text"/> names nothing that stands in none of <paramref name="cited"/>.</summary>
    public static bool NamesOnly(string text, IReadOnlyList<string> cited) =>
        Marks(text).All(mark => cited.Any(c => c.Contains(mark.Trim('`', '“', '”'), StringComparison.OrdinalIgnoreCase)));

    /// <summary>How much of the shorter text's words the other one has, 0 to 1.</summary>
    public static double Overlap(string one, string other)
    {
        var (first, second) = (Stems(Words.Split(one)), Stems(Words.Split(other)));
        return first.Count == 0 || second.Count == 0 ? 0 : (double)first.Count(second.Contains) / Math.Min(first.Count, second.Count);
    }

    /// <summary>Code, quotations, numbers, joined names, addresses, and capitals within a sentence, as they are written and in order.</summary>
    private static List<string> Marks(string text) => [.. Mark().Matches(text).Select(static m => m.Value)];

    private static string Plain(string text) => Mark().Replace(text, " ");

    private static HashSet<string> Stems(IEnumerable<string> words) =>
        [.. words.Where(static w => w.Length > 2 && !Words.IsFunctionWord(w)).Select(Words.Stem)];

    [GeneratedRegex(@"`[^`\n]*`|“[^”\n]*”|""[^""\n]*""|«[^»\n]*»|\S*[@\\=/<>|$#]\S*|[\p{L}_][\p{L}\p{Nd}]*(?:[_.:-][\p{L}\p{Nd}]+)+|\p{L}*\p{Ll}\p{Lu}\w*|[\p{L}]*\p{Nd}[\p{L}\p{Nd}.,:-]*(?<=[\p{L}\p{Nd}])|(?<=[\p{Ll},;]\s)\p{Lu}\p{L}+|→", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
