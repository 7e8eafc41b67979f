using System.Globalization;
using System.Text;

namespace Reverie.Memory.Search;

/// <summary>
/// Cuts text into the words that are searched for, the same for both databases: runs of letters and digits, without case
/// and without the accents of Latin letters; each Chinese, Japanese or Korean character is a word of its own.
/// </summary>
public static class SearchWords
{
    /// <summary>Words are cut after so many characters.</summary>
    public const int CharsMax = 48;

    /// <summary>The letters U+00C0 to U+017F without case and accent.</summary>
    private const string Latin =
        "aaaaaaæceeeeiiiiðnooooo×ouuuuyþßaaaaaaæceeeeiiiiðnooooo÷ouuuuyþyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiĳĳjjkkĸllllllllllnnnnnnnŋŋooooooœœrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>The words of <paramref name="text"/> in order. Each holds lower-case ASCII letters and digits alone: what is not ASCII is written as its code.</summary>
    public static List<string> Of(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPart(rune))
            {
                End(words, word);
                continue;
            }
            var isAlone = IsIdeograph(rune);
            if (isAlone) End(words, word);
            if (word.Length < CharsMax) Append(word, rune);
            if (isAlone) End(words, word);
        }
        End(words, word);
        return words;
    }

    /// <summary>True when each of <paramref name="words"/>, which are such words, is one of the path or of the text.</summary>
    public static bool AreAllIn(string path, string text, HashSet<string> words)
    {
        // Cutting a text takes a hundred times as long as seeing that a word is nowhere in it; only ASCII folds into nothing else.
        if (Ascii.IsValid(path) && Ascii.IsValid(text) && words.Any(w => !text.Contains(w, StringComparison.OrdinalIgnoreCase) && !path.Contains(w, StringComparison.OrdinalIgnoreCase))) return false;
        var held = Of(path).ToHashSet(StringComparer.Ordinal);
        held.UnionWith(Of(text));
        return words.IsSubsetOf(held);
    }

    private static void End(List<string> words, StringBuilder word)
    {
        if (word.Length == 0) return;
        words.Add(word.ToString());
        word.Clear();
    }

    private static void Append(StringBuilder word, Rune rune)
    {
        var folded = rune.Value is >= 0xC0 and < 0x180 ? new Rune(Latin[rune.Value - 0xC0]) : Rune.ToLowerInvariant(rune);
        if (folded.IsAscii) word.Append((char)folded.Value);
        else word.Append('z').Append(folded.Value.ToString("x")).Append('z');
    }

    private static bool IsPart(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune)
        : Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsIdeograph(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
