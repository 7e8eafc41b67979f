using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>Finds where edits belong in a text that is no longer the one they were made for.</summary>
/// <remarks>
/// Works on whole lines. Deleted lines are found by their words, inserted ones by the line they stand next to. A line that
/// occurs several times counts as found only if it occurs as often as in the original, so that the n-th is the n-th.
/// Anything less certain is refused: a lost edit is reported, a misplaced one is not even noticed.
/// </remarks>
internal static class EditRebase
{
    /// <summary>
    /// The same edits for <paramref name="current"/>, or null when the place of one of them cannot be told.
    /// <paramref name="original"/> is the text they were made for; null when it cannot be had any more.
    /// </summary>
    public static IReadOnlyList<TextEdit>? TryRebase(IReadOnlyList<TextEdit> edits, string? original, string current)
    {
        var rebased = new List<TextEdit>(edits.Count);
        if (original is null)
        {
            foreach (var edit in edits)
            {
                if (OnlyPlace(edit, current) is not { } found) return null;
                rebased.Add(found);
            }
        }
        else
        {
            if (ChangeReplay.TryApply(original, edits) is null) return null;
            var from = new TextLines(original);
            var to = new TextLines(current);
            foreach (var edit in edits)
            {
                if (Relocate(edit, from, to) is not { } found) return null;
                rebased.Add(found);
            }
        }
        rebased.Sort(static (a, b) => a.At.CompareTo(b.At));
        return ChangeReplay.TryApply(current, rebased) is null ? null : rebased;
    }

    /// <summary>True when what one of <paramref name="edits"/> puts in stands in <paramref name="current"/>, and did not in <paramref name="original"/>.</summary>
    public static bool StandsAlready(IReadOnlyList<TextEdit> edits, string? original, string current) => CountStanding(edits, original, current) > 0;

    /// <summary>Of how many of <paramref name="edits"/> that is true.</summary>
    public static int CountStanding(IReadOnlyList<TextEdit> edits, string? original, string current)
    {
        var from = new TextLines(original ?? "");
        var to = new TextLines(current);
        return edits.Count(edit => Inserted(edit) is { Count: > 0 } lines && to.Occurrences(lines).Count > from.Occurrences(lines).Count);
    }

    /// <summary>A heading that one of <paramref name="edits"/> puts in and that came to stand in <paramref name="current"/> meanwhile, over other lines; null when there is none. The title of a memory is no such heading.</summary>
    public static string? SectionThatStands(IReadOnlyList<TextEdit> edits, string? original, string current)
    {
        var from = new TextLines(original ?? "");
        var to = new TextLines(current);
        return edits.SelectMany(Inserted).FirstOrDefault(line => line.StartsWith("##", StringComparison.Ordinal) && to.Occurrences([line]).Count > from.Occurrences([line]).Count);
    }

    /// <summary>Without blank lines at either end, which depend on what it stands between.</summary>
    private static List<string> Inserted(TextEdit edit)
    {
        var lines = new TextLines(edit.Insert);
        var (first, end) = (0, lines.Count);
        while (first < end && lines.IsBlank(first)) first++;
        while (end > first && lines.IsBlank(end - 1)) end--;
        return lines.Slice(first, end);
    }

    /// <summary>Without the original, only whole deleted lines that occur exactly once tell the place.</summary>
    private static TextEdit? OnlyPlace(TextEdit edit, string current)
    {
        if (string.IsNullOrWhiteSpace(edit.Delete)) return null;
        var at = current.IndexOf(edit.Delete, StringComparison.Ordinal);
        if (at < 0 || current.IndexOf(edit.Delete, at + 1, StringComparison.Ordinal) >= 0) return null;
        var end = at + edit.Delete.Length;
        var isWholeLines = (at == 0 || current[at - 1] == '\n') && (end == current.Length || current[end] == '\n' || current[end - 1] == '\n');
        return isWholeLines ? edit with { At = at } : null;
    }

    private static TextEdit? Relocate(TextEdit edit, TextLines from, TextLines to)
    {
        var (first, end) = from.Covering(edit.At, edit.Delete.Length);
        // Words put in front of a line belong to that line; only whole lines stand between two others.
        if (first == end && first < from.Count && !edit.Insert.EndsWith('\n')) end = first + 1;
        if (first == end) return RelocateInsertion(edit, first, from, to);
        if (FindBlock(first, end, from, to) is not { } block) return null;
        return edit with { At = to.Start(block) + (edit.At - from.Start(first)) };
    }

    private static int? FindBlock(int first, int end, TextLines from, TextLines to)
    {
        var block = from.Slice(first, end);
        if (block.All(string.IsNullOrWhiteSpace)) return null;
        var before = from.Occurrences(block);
        var now = to.Occurrences(block);
        if (now.Count == 1) return now[0];
        return now.Count == before.Count && before.IndexOf(first) is >= 0 and var nth ? now[nth] : null;
    }

    /// <summary>Lines put in before line <paramref name="at"/> of the original.</summary>
    private static TextEdit? RelocateInsertion(TextEdit edit, int at, TextLines from, TextLines to)
    {
        if (After(at, SectionLevel(edit.Insert), from, to) is not { } line) return null;
        var offset = to.Start(line);
        return line == to.Count && to.Count > 0 && !to.EndsInNewline
            ? new TextEdit(offset, "", "\n" + edit.Insert.TrimEnd('\n'))
            : edit with { At = offset };
    }

    /// <summary>The level of the heading that the lines begin with; 0 when they begin with none.</summary>
    private static int SectionLevel(string insert)
    {
        var lines = new TextLines(insert);
        var first = 0;
        while (first < lines.Count && lines.IsBlank(first)) first++;
        return first < lines.Count ? lines.HeadingLevel(first) : 0;
    }

    /// <summary>The line of the current text before which the insertion belongs.</summary>
    /// <param name="section">The level of the heading it begins with; 0 for lines of the section above.</param>
    private static int? After(int at, int section, TextLines from, TextLines to)
    {
        for (var above = at - 1; above >= 0; above--)
        {
            if (from.IsBlank(above)) continue;
            if (FindBlock(above, above + 1, from, to) is { } found)
            {
                var end = section > 0 ? EndOfSection(found + 1, section, to) : found + 1;
                var blanks = 0;
                while (above + 1 + blanks < at && from.IsBlank(above + 1 + blanks)
                    && end + blanks < to.Count && to.IsBlank(end + blanks))
                    blanks++;
                return end + blanks;
            }
            // Under a heading that is not there the lines would say something else; a section of their own does not stand under it.
            if (from.IsHeading(above) && (section == 0 || from.HeadingLevel(above) < section)) return null;
        }
        for (var below = at; below < from.Count; below++)
        {
            if (from.IsBlank(below)) continue;
            return FindBlock(below, below + 1, from, to);
        }
        return null;
    }
    /// <summary>Behind the last line of the section that goes on at <paramref name="line"/>, so that a section put in takes no lines of another.</summary>
    private static int EndOfSection(int line, int level, TextLines text)
    {
        var end = line;
        while (end < text.Count && (text.HeadingLevel(end) == 0 || text.HeadingLevel(end) > level)) end++;
        while (end > line && text.IsBlank(end - 1)) end--;
        return end;
    }
}
