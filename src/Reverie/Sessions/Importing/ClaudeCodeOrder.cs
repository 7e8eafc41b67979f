namespace Reverie.Sessions;

/// <summary>Puts the lines of a session in the order in which they happened.</summary>
internal static class ClaudeCodeOrder
{
    /// <summary>By time, lines of one time as they stand in the file; but never before the line they answer.</summary>
    /// <remarks>Time alone is not enough: a result may carry an earlier time than the call it answers. Circles in damaged files are cut.</remarks>
    public static List<ClaudeCodeEntry> Sort(List<ClaudeCodeEntry> entries, IReadOnlyDictionary<string, ClaudeCodeEntry> byUuid)
    {
        var sorted = new List<ClaudeCodeEntry>(entries.Count);
        var members = entries.ToHashSet();
        var met = new HashSet<ClaudeCodeEntry>();
        var waiting = new Stack<ClaudeCodeEntry>();
        foreach (var entry in entries.OrderBy(entry => entry.Time ?? DateTimeOffset.MinValue).ThenBy(entry => entry.Line))
        {
            ClaudeCodeEntry? at = entry;
            while (at is not null && members.Contains(at) && met.Add(at))
            {
                waiting.Push(at);
                at = at.ParentUuid is { } parent ? byUuid.GetValueOrDefault(parent) : null;
            }
            while (waiting.TryPop(out var next)) sorted.Add(next);
        }
        return sorted;
    }
}
