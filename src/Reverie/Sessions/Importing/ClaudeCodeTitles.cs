using System.Text.Json;

namespace Reverie.Sessions;

/// <summary>The titles a Claude Code file gives its sessions: a person's, else a generated one, else a summary.</summary>
internal sealed class ClaudeCodeTitles
{
    private readonly Dictionary<(string Session, string Type), string> _bySession = [];
    private readonly List<(string? Leaf, string Title)> _summaries = [];

    /// <summary>Takes the title from <paramref name="line"/>, where it is a title line; later ones replace earlier ones.</summary>
    public void Read(JsonElement line)
    {
        var type = line.Text("type");
        var title = type switch
        {
            "custom-title" => line.Text("customTitle") ?? line.Text("title"),
            "ai-title" => line.Text("aiTitle") ?? line.Text("title"),
            "agent-name" => line.Text("agentName") ?? line.Text("name"),
            "summary" => line.Text("summary"),
            _ => null,
        };
        if (string.IsNullOrWhiteSpace(title)) return;
        if (type != "summary") _bySession[(line.Text("sessionId") ?? "", type!)] = title;
        else _summaries.Add((line.Text("leafUuid"), title));
    }

    /// <summary>The title of a session; null when the file has none and the first message must do.</summary>
    public string? Of(string session, List<ClaudeCodeEntry> entries, IReadOnlyDictionary<string, ClaudeCodeEntry> byUuid)
    {
        // The work of a sub-agent is named by its task, not by the session that sent it.
        if (entries[0].IsSidechain) return null;
        foreach (var type in (ReadOnlySpan<string>)["custom-title", "ai-title", "agent-name"])
        {
            if (_bySession.TryGetValue((session, type), out var title) || _bySession.TryGetValue(("", type), out title)) return title;
        }
        var own = entries.Select(entry => entry.Uuid).ToHashSet();
        return _summaries.LastOrDefault(summary => summary.Leaf is not null && own.Contains(summary.Leaf)).Title
            // A summary may name a line that was compacted away; one that names another session's line is that session's.
            ?? _summaries.LastOrDefault(summary => summary.Leaf is null || !byUuid.ContainsKey(summary.Leaf)).Title;
    }
}
