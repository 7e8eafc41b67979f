using Reverie.Protocol.Memory;

namespace Reverie.Memory.Search;

/// <summary>Which lines of a text to show.</summary>
internal static class FoundLines
{
    /// <summary>Lines of one memory that a pattern shows; more are only counted.</summary>
    public const int MatchesMax = 50;

    /// <summary>Lines of one memory that a search for words shows: those with the most of them.</summary>
    public const int BestMax = 3;

    /// <summary>Characters shown of one line, around what was found.</summary>
    public const int CharsMax = 300;

    private const int CharsBefore = 80;

    /// <summary>Every line that matches, the first of them shown.</summary>
    public static (int Count, List<MemoryLine> Shown) Matching(string text, LinePattern pattern)
    {
        var shown = new List<MemoryLine>();
        var (count, number) = (0, 0);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = Trimmed(text, range);
            number++;
            if (!pattern.IsMatch(line)) continue;
            if (count++ < MatchesMax) shown.Add(new MemoryLine(number, Cut(line, pattern.IndexIn(line))));
        }
        return (count, shown);
    }

    /// <summary>The lines that hold the most of the words, in their order.</summary>
    public static (int Count, List<MemoryLine> Shown) Best(string text, HashSet<string> words)
    {
        var found = new List<(int Words, int Number, Range Range)>();
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var held = SearchWords.Of(Trimmed(text, range)).Where(words.Contains).Distinct().Count();
            if (held > 0) found.Add((held, number, range));
        }
        var best = found.OrderByDescending(static f => f.Words).ThenBy(static f => f.Number).Take(BestMax).OrderBy(static f => f.Number);
        return (found.Count, [.. best.Select(f => new MemoryLine(f.Number, Cut(Trimmed(text, f.Range), FirstIn(Trimmed(text, f.Range), words))))]);
    }

    private static ReadOnlySpan<char> Trimmed(string text, Range range)
    {
        var line = text.AsSpan(range);
        return line is [.., '\r'] ? line[..^1] : line;
    }

    private static int FirstIn(ReadOnlySpan<char> line, HashSet<string> words)
    {
        if (line.Length <= CharsMax) return 0;
        // A word ends where the next character is none of a word; looking at blanks is near enough for where to cut.
        foreach (var part in line.Split(' '))
        {
            if (SearchWords.Of(line[part]).Exists(words.Contains)) return part.Start.Value;
        }
        return 0;
    }

    private static string Cut(ReadOnlySpan<char> line, int at)
    {
        if (line.Length <= CharsMax) return line.ToString();
        var start = Math.Clamp(at - CharsBefore, 0, line.Length - CharsMax);
        var end = start + CharsMax;
        if (start > 0 && char.IsLowSurrogate(line[start])) start++;
        if (end < line.Length && char.IsHighSurrogate(line[end - 1])) end--;
        return $"{(start > 0 ? "…" : "")}{line[start..end]}{(end < line.Length ? "…" : "")}";
    }
}
