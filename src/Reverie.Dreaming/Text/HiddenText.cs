using System.Globalization;
using System.Text;

namespace Reverie.Dreaming.Text;

/// <summary>Characters a reader cannot see: zero-width, bidirectional controls, tags, soft hyphens and other format characters.</summary>
internal static class HiddenText
{
    private const int TagsStart = 0xE0000;
    private const int TagsEnd = 0xE0FFF;

    /// <summary>True when <paramref name="text"/> holds a character a reader cannot see, line breaks and tabs apart.</summary>
    public static bool In(ReadOnlySpan<char> text)
    {
        // Plain text is told at once.
        if (!text.ContainsAnyExceptInRange(' ', '~')) return false;
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune, previous)) return true;
            previous = rune;
        }
        return false;
    }

    /// <summary>The text without them.</summary>
    public static string Strip(string text)
    {
        if (!In(text)) return text;
        var kept = new StringBuilder(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune, previous)) continue;
            kept.Append(rune);
            previous = rune;
        }
        return kept.ToString();
    }

    /// <summary>The stretches between them, verbatim.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var previous = default(Rune);
        var start = 0;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune, previous))
            {
                if (at > start) yield return text[start..at];
                start = at + rune.Utf16SequenceLength;
            }
            else previous = rune;
            at += rune.Utf16SequenceLength;
        }
        if (start < text.Length) yield return text[start..];
    }

    private static bool IsHidden(Rune rune, Rune previous)
    {
        if (rune.Value < 0x7f) return rune.Value < ' ' && rune.Value is not ('\n' or '\r' or '\t');
        // Letters and marks that leave no trace: fillers, joiners, variation selectors. The last selector makes emoji of signs.
        if (rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0E)) return true;
        if (rune.Value == 0xFE0F) return Rune.IsLetter(previous);
        // Tags, and the further variation selectors, which Unicode counts as marks.
        if (rune.Value is >= TagsStart and <= TagsEnd) return true;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
    }
}
