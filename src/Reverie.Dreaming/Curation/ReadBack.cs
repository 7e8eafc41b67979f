using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// Tells calls that read the memory itself, under whatever path it is mounted: they name one of its files, or answer
/// with nothing but lines that stand in it. What they return is what the store says already, and no evidence for it.
/// </summary>
internal sealed class ReadBack
{
    private static readonly char[] AroundPaths = [' ', '\t', '\n', '"', '\'', '`', '(', ')', '<', '>', ';', '|', '&', '=', ',', ':'];

    private readonly Dictionary<string, List<string>>.AlternateLookup<ReadOnlySpan<char>> _paths;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lines;

    public ReadBack(MemoryTree memory)
    {
        _paths = memory.Texts.Keys.GroupBy(static p => p[(p.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static g => g.Key, static g => g.ToList(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, text) in memory.Texts)
        {
            foreach (var range in text.AsSpan().Split('\n')) lines.Add(text[range].Trim());
            foreach (var entry in MemoryEntries.Of(path, text)) lines.Add(entry.Text.Trim());
        }
        _lines = lines.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>True when what <paramref name="step"/> returned came from the memory.</summary>
    public bool Is(Step step) => step.ReadsMemory || step.Arguments.Any(a => NamesFile(a.Text)) || Repeats(step.Result);

    /// <summary>A path that ends like the path of a memory, or that the path of a memory ends with.</summary>
    private bool NamesFile(string value)
    {
        if (!value.Contains('.')) return false;
        foreach (var range in value.AsSpan().SplitAny(AroundPaths))
        {
            var named = value.AsSpan(range);
            if (named.StartsWith("./")) named = named[2..];
            if (!_paths.TryGetValue(named[(named.LastIndexOf('/') + 1)..], out var paths)) continue;
            foreach (var path in paths)
                if (EndsWith(path, named) || EndsWith(named, path)) return true;
        }
        return false;
    }

    private bool Repeats(string answer)
    {
        var any = false;
        foreach (var range in answer.AsSpan().Split('\n'))
        {
            var line = answer.AsSpan(range).Trim();
            if (line.IsEmpty) continue;
            if (!_lines.Contains(line)) return false;
            any = true;
        }
        return any;
    }

    private static bool EndsWith(ReadOnlySpan<char> path, ReadOnlySpan<char> tail) =>
        path.EndsWith(tail, StringComparison.OrdinalIgnoreCase) && (path.Length == tail.Length || tail[0] == '/' || path[path.Length - tail.Length - 1] == '/');
}
