using Reverie.Dreaming;

namespace Reverie.Cli.Demo;

/// <summary>What an agent sees of a store before it opens a file: the index, or the list of files where there is none.</summary>
internal static class FirstRead
{
    private const int LinesMax = 30;

    public static IEnumerable<string> Of(MemoryTree memory)
    {
        var index = MemoryTree.IndexNames.Select(memory.Find).FirstOrDefault(text => text is not null);
        List<string> lines = index is not null
            ? [.. index.TrimEnd().Split('\n')]
            : [.. memory.Texts.Select(static pair => $"{pair.Key}: {FirstLine(pair.Value)}")];
        return lines.Count <= LinesMax ? lines : lines.Take(LinesMax).Append($"… {lines.Count - LinesMax} more lines");
    }

    private static string FirstLine(string text) =>
        text.Split('\n').Select(static line => line.TrimStart('#', ' ')).FirstOrDefault(static line => line.Trim().Length > 0) ?? "(empty)";
}
