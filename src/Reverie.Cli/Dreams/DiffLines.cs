using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Dreams;

/// <summary>A change as lines taken out and put in, with a line of surroundings where the text before is at hand.</summary>
internal static class DiffLines
{
    /// <summary>One line: <c>+</c>, <c>-</c>, a space for surroundings, or <c>…</c> where unchanged lines are left out.</summary>
    public readonly record struct DiffLine(char Sign, string Text);

    public static IReadOnlyList<DiffLine> Of(Change change, IReadOnlyDictionary<string, string> texts)
    {
        var before = change.BeforeSha256 is { } sha256 ? texts.GetValueOrDefault(sha256) : "";
        var after = before is null ? null : ChangeReplay.TryApply(before, change.Edits);
        return after is null ? OfEdits(change.Edits) : Between(before!, after);
    }

    private static List<DiffLine> OfEdits(IReadOnlyList<TextEdit> edits)
    {
        var lines = new List<DiffLine>();
        foreach (var edit in edits)
        {
            if (lines.Count > 0) lines.Add(new('…', ""));
            lines.AddRange(Split(edit.Delete).Select(line => new DiffLine('-', line)));
            lines.AddRange(Split(edit.Insert).Select(line => new DiffLine('+', line)));
        }
        return lines;
    }

    private static List<DiffLine> Between(string before, string after)
    {
        // The library sees one empty line in an empty text.
        if (before.Length == 0) return [.. Split(after).Select(line => new DiffLine('+', line))];
        if (after.Length == 0) return [.. Split(before).Select(line => new DiffLine('-', line))];
        var pieces = new InlineDiffBuilder(new Differ()).BuildDiffModel(before, after, ignoreWhitespace: false).Lines;
        var lines = new List<DiffLine>();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Type != ChangeType.Unchanged)
            {
                lines.Add(new(pieces[i].Type == ChangeType.Deleted ? '-' : '+', pieces[i].Text));
                continue;
            }
            var isBeside = (i > 0 && pieces[i - 1].Type != ChangeType.Unchanged)
                || (i + 1 < pieces.Count && pieces[i + 1].Type != ChangeType.Unchanged);
            if (isBeside && !string.IsNullOrWhiteSpace(pieces[i].Text)) lines.Add(new(' ', pieces[i].Text));
            else if (!isBeside && lines.Count > 0 && lines[^1].Sign != '…') lines.Add(new('…', ""));
        }
        if (lines.Count > 0 && lines[^1].Sign == '…') lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static string[] Split(string text)
    {
        if (text.Length == 0) return [];
        var lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
