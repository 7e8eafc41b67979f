using System.Globalization;
using System.Text;

namespace Reverie.Dreaming.Text;

/// <summary>Characters a reader cannot see: zero-width, bidirectional controls, tags, soft hyphens and other format characters.</summary>
internal static class HiddenText
{
    /// <summary>True when <paramref name="text"/> holds a character a reader cannot see, line breaks and tabs apart.</summary>
    public static bool In(string text)
    {
        foreach (var c in text)
        {
            if (c < ' ' && c is not ('\n' or '\r' or '\t')) return true;
            if (c >= '\u007f' && IsHidden(CharUnicodeInfo.GetUnicodeCategory(c)) && c is not '\ud83d') return true;
            if (c is '\udb40') return true;
        }
        return false;
    }

    /// <summary>The text without them.</summary>
    public static string Strip(string text)
    {
        if (!In(text)) return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' || !IsHidden(Rune.GetUnicodeCategory(rune))) kept.Append(rune);
        }
        return kept.ToString();
    }

    private static bool IsHidden(UnicodeCategory category) =>
        category is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
