using Reverie.Dreaming;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

/// <summary>Stores and reports drawn from a seed: few paths and few words, so that changes meet each other.</summary>
internal static class RandomReport
{
    private static readonly string[] Paths = ["a.md", "b.md", "c.md", "d/e.md", "d/f.md"];
    private static readonly string[] Words = ["# one", "- salt", "- oil", "", "plain", "## two", "- é 🜁", "x\r"];

    public static ReportDraft Of(int seed, ChangeStatus status)
    {
        var random = new Random(seed);
        var draft = new ReportDraft(MemoryTree.Of(Paths.Where(_ => random.Next(3) > 0).Select(path => KeyValuePair.Create(path, Text(random))))) { Status = status };
        for (var i = random.Next(1, 12); i > 0; i--) AddChange(draft, random);
        return draft;
    }

    private static void AddChange(ReportDraft draft, Random random)
    {
        var path = Paths[random.Next(Paths.Length)];
        if (!draft.Texts.TryGetValue(path, out var text))
        {
            draft.Create(path, Text(random));
            return;
        }
        switch (random.Next(8))
        {
            case 0:
                draft.Delete(path);
                break;
            case 1 when Paths.FirstOrDefault(free => !draft.Texts.ContainsKey(free)) is { } target:
                draft.Rename(path, target);
                break;
            default:
                draft.Modify(path, Edits(text, random));
                break;
        }
    }

    private static TextEdit[] Edits(string text, Random random)
    {
        var edits = new List<TextEdit>();
        for (var at = random.Next(text.Length + 1); edits.Count < 3; at += random.Next(1, 6))
        {
            var isWholeLine = random.Next(3) > 0;
            if (isWholeLine) at = at >= text.Length ? at : text.IndexOf('\n', at) + 1 is > 0 and var next ? next : text.Length;
            if (at > text.Length) break;
            var length = random.Next(2) == 0 ? 0 : random.Next(Math.Min(8, text.Length - at + 1));
            edits.Add(new(at, text.Substring(at, length), isWholeLine ? Words[random.Next(Words.Length)] + "\n" : Words[random.Next(Words.Length)]));
            at += length;
        }
        return [.. edits];
    }

    private static string Text(Random random)
    {
        var lines = Enumerable.Range(0, random.Next(7)).Select(_ => Words[random.Next(Words.Length)]);
        return string.Join('\n', lines) + (random.Next(2) == 0 ? "" : "\n");
    }
}
