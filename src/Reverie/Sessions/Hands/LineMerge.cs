using DiffPlex;

namespace Reverie.Sessions.Hands;

/// <summary>Joins two changes of one text, line by line. Pure.</summary>
internal static class LineMerge
{
    /// <summary>The text with both changes; null when they touch the same or neighbouring lines in different ways.</summary>
    public static string? Merge(string before, string mine, string theirs)
    {
        var (own, others) = (Edits(before, mine), Edits(before, theirs));
        var edits = own.Concat(others.Where(o => !own.Exists(e => AreSame(e, o)))).OrderBy(static e => e.Start).ThenBy(static e => e.Count).ToList();
        var lines = Chunks(before);
        var merged = new List<string>();
        var at = 0;
        for (var i = 0; i < edits.Count; i++)
        {
            // What only touches another change may belong together with it: a person or the agent must look.
            if (i > 0 && edits[i].Start <= edits[i - 1].Start + edits[i - 1].Count) return null;
            merged.AddRange(lines.Skip(at).Take(edits[i].Start - at));
            merged.AddRange(edits[i].Lines);
            at = edits[i].Start + edits[i].Count;
        }
        merged.AddRange(lines.Skip(at));
        return string.Concat(merged);
    }

    private static List<Edit> Edits(string before, string after)
    {
        var lines = Chunks(after);
        return [.. new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, Chunks).DiffBlocks
            .Select(b => new Edit(b.DeleteStartA, b.DeleteCountA, [.. lines.Skip(b.InsertStartB).Take(b.InsertCountB)]))];
    }

    /// <summary>Lines with their ends.</summary>
    private static string[] Chunks(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..next]);
            at = next;
        }
        return [.. lines];
    }

    private static bool AreSame(Edit one, Edit other) => one.Start == other.Start && one.Count == other.Count && one.Lines.SequenceEqual(other.Lines, StringComparer.Ordinal);

    private sealed record Edit(int Start, int Count, IReadOnlyList<string> Lines);
}
