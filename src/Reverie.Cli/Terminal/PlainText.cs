using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Reverie.Cli.Terminal;

/// <summary>
/// Makes text that strangers wrote (transcripts, memories, paths) safe to print: it can neither move the cursor, recolour
/// the screen, reorder what is read, nor pass for our own markup.
/// </summary>
public static class PlainText
{
    /// <summary>One line: control and format characters gone, white space runs made one space.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                gap = line.Length > 0;
                continue;
            }
            if (IsUnsafe(rune)) continue;
            if (gap) line.Append(' ');
            gap = false;
            line.Append(rune);
        }
        return line.ToString();
    }

    /// <summary>The same, at most <paramref name="charsMax"/> characters with a mark where it was cut.</summary>
    public static string Line(string text, int charsMax)
    {
        var line = Line(text);
        if (line.Length <= charsMax) return line;
        var end = char.IsHighSurrogate(line[charsMax - 2]) ? charsMax - 2 : charsMax - 1;
        return line[..end] + "…";
    }

    /// <summary>A line of a file as it stands: indentation kept, tabs made spaces, control and format characters gone.</summary>
    public static string Verbatim(string line)
    {
        var safe = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            if (rune.Value == '\t') safe.Append("    ");
            else if (!IsUnsafe(rune)) safe.Append(rune);
        }
        return safe.ToString();
    }

    /// <summary>Escapes what the renderer would take for markup; the text must be safe already.</summary>
    public static string Escaped(string safe) => Markup.Escape(safe);

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
