using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Curation;

/// <summary>Cuts a memory into entries.</summary>
internal static partial class MemoryEntries
{
    public static List<MemoryEntry> Of(string path, string text)
    {
        var entries = new List<MemoryEntry>();
        var markdown = path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase) || Heading().IsMatch(text);
        var heading = "";
        var above = new Stack<(int Indent, string Text)>();
        var named = "";
        var open = -1;
        var openEnd = 0;
        var openIsBullet = false;
        var fenced = false;
        var blank = false;
        for (var start = FrontMatter().Match(text).Length; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            if (end < 0) end = text.Length;
            if (end > start && text[end - 1] == '\r') end--;
            var line = text[start..end];
            var trimmed = line.Trim();
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal)) fenced = !fenced;
            if (fenced)
            {
                Extend(start, end, alone: false);
            }
            else if (trimmed.Length == 0)
            {
                blank = true;
            }
            else if (markdown && Heading().IsMatch(line))
            {
                Close();
                Head(trimmed.TrimStart('#').Trim());
            }
            else if (markdown && Underline().IsMatch(trimmed))
            {
                // Right below a paragraph it makes a heading of it; anywhere else it is a rule across the page.
                if (open >= 0 && !openIsBullet && !blank && !HoldsFence(text.AsSpan(open, openEnd - open)))
                {
                    Head(text[open..openEnd].Trim());
                    open = -1;
                }
                else Close();
            }
            else if (trimmed.StartsWith('|'))
            {
                Close();
                Head(heading);
                if (!TableRule().IsMatch(trimmed)) Single(start, end);
            }
            else if (Bullet().Match(line) is { Success: true } bullet)
            {
                Close();
                // A bullet further in is said of the one above it.
                var indent = line.Length - line.TrimStart().Length;
                while (above.TryPeek(out var sibling) && sibling.Indent >= indent) above.Pop();
                named = above.TryPeek(out var parent) ? parent.Text : heading;
                above.Push((indent, line[bullet.Length..].Trim()));
                Extend(start, end, alone: true);
                openIsBullet = true;
            }
            else
            {
                var indented = line.StartsWith("  ", StringComparison.Ordinal) || line.StartsWith('\t');
                var continues = open >= 0 && (indented && openIsBullet || markdown && !blank);
                if (!continues)
                {
                    Close();
                    Head(heading);
                }
                Extend(start, end, alone: !continues);
            }
            if (trimmed.Length > 0) blank = false;
            start = next;
        }
        Close();
        return entries;

        void Head(string title)
        {
            above.Clear();
            named = heading = title;
        }

        void Extend(int from, int to, bool alone)
        {
            if (alone || open < 0)
            {
                open = from;
                openIsBullet = false;
            }
            openEnd = to;
        }

        void Single(int from, int to)
        {
            open = from;
            openEnd = to;
            openIsBullet = false;
            Close();
        }

        void Close()
        {
            if (open < 0) return;
            var raw = text[open..openEnd];
            var marker = Bullet().Match(raw) is { Success: true } m ? m.Value : raw[..(raw.Length - raw.TrimStart().Length)];
            if (raw.Length > marker.Length) entries.Add(new MemoryEntry(path, open, openEnd - open, marker, raw[marker.Length..], named));
            open = -1;
        }
    }

    private static bool HoldsFence(ReadOnlySpan<char> entry) => entry.Contains("```", StringComparison.Ordinal) || entry.Contains("~~~", StringComparison.Ordinal);

    /// <summary>Fields at the beginning of a memory, which programs read: they are left as they stand.</summary>
    [GeneratedRegex(@"\A\uFEFF?---[ \t]*\r?\n[\w.-]+[ \t]*:[^\n]*\n(?:(?!---|\.\.\.)(?:[\w.-]+[ \t]*:|[ \t#-]|(?=\r?\n))[^\n]*\n)*(?:---|\.\.\.)[ \t]*\r?(?:\n|\z)")]
    private static partial Regex FrontMatter();

    [GeneratedRegex(@"^\s{0,3}#{1,6}\s+\S", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:={3,}|-{3,})$")]
    private static partial Regex Underline();

    [GeneratedRegex(@"^\|[\s:|-]+\|?$")]
    private static partial Regex TableRule();

    /// <summary>A bullet or number, with the box of a task.</summary>
    [GeneratedRegex(@"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")]
    private static partial Regex Bullet();
}
