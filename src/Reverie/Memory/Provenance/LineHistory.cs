using DiffPlex;

namespace Reverie.Memory.Provenance;

/// <summary>One text of a memory in its history.</summary>
/// <param name="Number">Which of the texts it is, 0 and up.</param>
/// <param name="Text">Null where it was redacted.</param>
public sealed record PastText(int Number, string? Text);

/// <summary>A line as it stands, and where it came from.</summary>
/// <param name="Text">The line.</param>
/// <param name="Number">The text in which it first stood just so.</param>
/// <param name="Ancestors">The lines it took the place of and shares most words with, nearest first.</param>
public sealed record TracedLine(string Text, int Number, IReadOnlyList<TracedLine> Ancestors);

/// <summary>Replays the texts of a memory, line by line. Pure.</summary>
public static class LineHistory
{
    /// <summary>Texts that are replayed, the newest ones.</summary>
    public const int TextsMax = 200;

    private const int AncestorsMax = 8;

    /// <summary>
    /// The lines of the last text that is left. Where texts are missing, a line first stood in the next one that is there. A
    /// line that comes back, by a rollback or an undo, is the line it was: it comes from nothing that stood there meanwhile.
    /// </summary>
    /// <param name="texts">Oldest first.</param>
    /// <param name="seen">Told of every line of every text; null for nobody.</param>
    public static IReadOnlyList<TracedLine> Trace(IReadOnlyList<PastText> texts, Action<TracedLine>? seen = null)
    {
        List<TracedLine> lines = [];
        string? before = null;
        var known = new Dictionary<string, TracedLine>(StringComparer.Ordinal);
        foreach (var (number, text) in texts)
        {
            if (text is null) continue;
            lines = before is null ? [.. text.Split('\n').Select(l => new TracedLine(l, number, []))] : Next(lines, before, text, number, known);
            before = text;
            foreach (var line in lines) known.TryAdd(line.Text, line);
            if (seen is null) continue;
            foreach (var line in lines) seen(line);
        }
        return lines;
    }

    private static List<TracedLine> Next(List<TracedLine> lines, string before, string text, int number, Dictionary<string, TracedLine> known)
    {
        var now = text.Split('\n');
        var next = new List<TracedLine>(now.Length);
        var copied = 0;
        foreach (var block in new Differ().CreateCustomDiffs(before, text, ignoreWhiteSpace: false, static t => t.Split('\n')).DiffBlocks)
        {
            next.AddRange(lines.Skip(copied).Take(block.DeleteStartA - copied));
            var replaced = lines.GetRange(block.DeleteStartA, block.DeleteCountA);
            for (var i = 0; i < block.InsertCountB; i++) next.Add(known.TryGetValue(now[block.InsertStartB + i], out var back) ? back : Rewritten(now[block.InsertStartB + i], number, replaced));
            copied = block.DeleteStartA + block.DeleteCountA;
        }
        next.AddRange(lines.Skip(copied));
        return next;
    }

    private static TracedLine Rewritten(string line, int number, List<TracedLine> replaced)
    {
        var words = Words(line);
        var nearest = replaced.Select(old => (Old: old, Shared: Shared(words, Words(old.Text)))).Where(static o => o.Shared >= 0.5).OrderByDescending(static o => o.Shared).FirstOrDefault().Old;
        return new TracedLine(line, number, nearest is null ? [] : [.. nearest.Ancestors.Prepend(nearest).Take(AncestorsMax)]);
    }

    private static HashSet<string> Words(string line) => [.. line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The share of the shorter line's words that the other one has.</summary>
    private static double Shared(HashSet<string> a, HashSet<string> b) => a.Count == 0 || b.Count == 0 ? 0 : (double)a.Count(b.Contains) / Math.Min(a.Count, b.Count);
}
