using System.Globalization;
using System.Text;

namespace Reverie.Dreaming.Text;

/// <summary>Characters a reader cannot see: zero-width, bidirectional controls, tags, soft hyphens and other format characters.</summary>
internal static class HiddenText
{
    private const int TagsStart = 0xE0000;
    private const int TagsEnd = 0xE0FFF;

    /// <summary>True when <paramref name="text"/> holds a character a reader cannot see, line breaks and tabs apart.</summary>
    public static bool In(string text)
    {
        // Plain text is told at once.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return false;
        foreach (var rune in text.EnumerateRunes())
            if (IsHidden(rune)) return true;
        return false;
    }

    /// <summary>The text without them.</summary>
    public static string Strip(string text)
    {
        if (!In(text)) return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!IsHidden(rune)) kept.Append(rune);
        return kept.ToString();
    }

    private static bool IsHidden(Rune rune)
    {
        if (rune.Value < 0x7f) return rune.Value < ' ' && rune.Value is not ('\n' or '\r' or '\t');
        // Tags, and the further variation selectors, which Unicode counts as marks.
        if (rune.Value is >= TagsStart and <= TagsEnd) return true;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
    }
}
