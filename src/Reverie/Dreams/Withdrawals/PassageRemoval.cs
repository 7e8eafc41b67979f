using Reverie.Memory.Provenance;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams.Withdrawals;

/// <summary>Takes out of a text what a change wrote there. Pure.</summary>
internal static class PassageRemoval
{
    /// <summary>
    /// Puts back what the change replaced where its lines still stand together; elsewhere its lines go one by one, but for
    /// those that another change wrote too. Headings of a whole memory stay as long as something stands below them.
    /// </summary>
    /// <param name="text">The memory as it is.</param>
    /// <param name="change">The change that goes.</param>
    /// <param name="own">The lines that rest on it alone, by <see cref="LineHash"/>.</param>
    public static string Remove(string text, Change change, IReadOnlySet<string> own)
    {
        var before = text;
        foreach (var edit in change.Edits)
        {
            if (edit.Delete.Length == 0 || edit.Insert.Length == 0) continue;
            var at = text.IndexOf(edit.Insert, StringComparison.Ordinal);
            if (at >= 0 && LineHash.All(edit.Insert).Except(LineHash.All(edit.Delete), StringComparer.Ordinal).All(own.Contains))
                text = string.Concat(text.AsSpan(0, at), edit.Delete, text.AsSpan(at + edit.Insert.Length));
        }
        var replaced = change.Edits.SelectMany(static e => LineHash.All(e.Delete)).ToHashSet(StringComparer.Ordinal);
        var (lines, kept) = (text.Split('\n'), new List<string>());
        if (ReferenceEquals(text, before) && !Array.Exists(lines, Goes)) return text;
        foreach (var line in lines)
        {
            if (Goes(line)) continue;
            if (line.Trim().Length == 0 && kept.Count > 0 && kept[^1].Trim().Length == 0) continue;
            kept.Add(line);
        }
        return string.Join('\n', kept);

        bool Goes(string line) => LineHash.Of(line) is { } hash && own.Contains(hash) && !replaced.Contains(hash) && !IsTitle(line);
    }

    /// <summary>True when nothing but titles is left.</summary>
    public static bool IsEmpty(string text) => text.Split('\n').All(static l => l.Trim().Length == 0 || IsTitle(l));

    public static bool IsTitle(string line) => line.StartsWith("# ", StringComparison.Ordinal);
}
