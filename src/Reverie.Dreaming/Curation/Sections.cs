namespace Reverie.Dreaming.Curation;

/// <summary>
/// The sections of a memory: each reaches from a heading of the second level to the next of the first or second. What
/// looks like a heading within code is none.
/// </summary>
internal static class Sections
{
    /// <summary>The titles of the sections, in order.</summary>
    public static IEnumerable<string> Titles(string text) => Of(text).Select(static s => s.Title);

    /// <summary>UTF-16 offsets of the first section whose title is wanted; null when there is none.</summary>
    public static (int Start, int End)? Find(string text, Func<string, bool> isWanted) =>
        Of(text).Where(s => isWanted(s.Title)).Select(static s => ((int, int)?)(s.Start, s.End)).FirstOrDefault();

    /// <summary>The memory with <paramref name="section"/> behind all else; code that was left open is closed before it.</summary>
    public static string Append(string text, string section)
    {
        var before = text.TrimEnd('\r', '\n');
        if (before.Length == 0) return section;
        var open = Lines(text).Select(static l => l.Fence).LastOrDefault("");
        return before + WithBreaksOf(text, $"{(open.Length == 0 ? "" : "\n" + open)}\n\n{section}");
    }

    /// <summary>The lines of a text with their line breaks.</summary>
    public static List<string> Split(string text) => [.. Lines(text).Select(static l => l.Line)];

    /// <summary><paramref name="added"/> with the line breaks of <paramref name="text"/>.</summary>
    public static string WithBreaksOf(string text, string added) => text.Contains("\r\n", StringComparison.Ordinal) ? added.Replace("\n", "\r\n", StringComparison.Ordinal) : added;

    private static IEnumerable<(string Title, int Start, int End)> Of(string text)
    {
        (string Title, int Start)? open = null;
        foreach (var (line, at, fence) in Lines(text))
        {
            var isSecond = line.StartsWith("## ", StringComparison.Ordinal);
            if (fence.Length > 0 || !(isSecond || line.StartsWith("# ", StringComparison.Ordinal))) continue;
            if (open is var (title, start)) yield return (title, start, at);
            open = isSecond ? (line[3..].Trim(), at) : null;
        }
        if (open is var (last, from)) yield return (last, from, text.Length);
    }

    /// <summary>Each line with its break, where it starts, and the fence of the code that is open behind it; "" where none is.</summary>
    private static IEnumerable<(string Line, int Start, string Fence)> Lines(string text)
    {
        var fence = "";
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var found and >= 0 ? found + 1 : text.Length;
            var line = text[start..end];
            var trimmed = line.AsSpan().Trim();
            if (fence.Length == 0) fence = trimmed.StartsWith("```") ? "```" : trimmed.StartsWith("~~~") ? "~~~" : "";
            else if (trimmed.StartsWith(fence)) fence = "";
            yield return (line, start, fence);
            start = end;
        }
    }
}
