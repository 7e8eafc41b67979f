using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>Turns the ordered lines of one Claude Code session, or of one of its sub-agents, into a transcript.</summary>
internal sealed class ClaudeCodeSession(string sessionId, string? subagent, string agent, string? title, List<ClaudeCodeEntry> entries)
{
    private const string Interrupted = "[Request interrupted by user";

    /// <summary>The model name of turns the program wrote itself.</summary>
    private const string Synthetic = "<synthetic>";

    private readonly TranscriptBuilder _session = new()
    {
        Source = "claude-code",
        ExternalId = subagent is null ? sessionId : $"{sessionId}/{subagent}",
        Agent = subagent is null ? agent : agent + "/subagent",
        CreatedAt = entries.Min(entry => entry.Time) ?? DateTimeOffset.UnixEpoch,
        Title = title,
    };

    private string? _task;

    /// <summary>The transcript; null when nothing was said in it.</summary>
    public byte[]? Build()
    {
        foreach (var entry in entries)
        {
            if (entry.Message.Length == 0) continue;
            using var message = TranscriptJson.Parse(entry.Message);
            if (entry.IsAssistant) AddAssistant(entry, message.RootElement);
            else AddUser(entry, message.RootElement);
        }
        if (_session.EventCount == 0) return null;
        _session.Title ??= _task;
        _session.Label("parent_session", subagent is null ? null : sessionId);
        _session.Label("cwd", entries.Select(entry => entry.Cwd).FirstOrDefault(cwd => cwd is not null));
        _session.Label("git_branch", entries.Select(entry => entry.GitBranch).FirstOrDefault(branch => branch is not null));
        _session.Label("version", entries.Select(entry => entry.Version).LastOrDefault(version => version is not null));
        _session.Label("model", entries.Select(entry => entry.Model).LastOrDefault(model => model is not (null or Synthetic)));
        return _session.Build();
    }

    private void AddAssistant(ClaudeCodeEntry entry, JsonElement message)
    {
        if (entry.IsApiError)
        {
            _session.Error(ChatMessages.Content(message), entry.Time);
            return;
        }
        if (message.Text("content") is { } text) AddAgentText(entry, text);
        foreach (var block in message.Items("content"))
        {
            switch (block.Text("type"))
            {
                case "text":
                    AddAgentText(entry, block.Text("text"));
                    break;
                case "thinking":
                    _session.Message("agent.thinking", block.Text("thinking"), entry.Time);
                    break;
                // Lines are repeated while an answer streams in; a use is made once.
                case "tool_use" or "server_tool_use" when block.Text("id") is not { } id || !_session.HasToolUse(id):
                    _session.ToolUse(block.Text("id"), block.Text("name") ?? "unknown", block.Field("input"), entry.Time);
                    break;
                case { } type when type.EndsWith("_tool_result", StringComparison.Ordinal):
                    AddResult(entry, block);
                    break;
            }
        }
    }

    private void AddAgentText(ClaudeCodeEntry entry, string? text)
    {
        // "No response requested." and its like were never said by a model.
        if (entry.Model != Synthetic) _session.Message("agent.message", text, entry.Time);
    }

    private void AddUser(ClaudeCodeEntry entry, JsonElement message)
    {
        if (entry.IsCompaction)
        {
            _session.Mark("agent.thread_context_compacted", entry.Time);
            return;
        }
        if (message.Text("content") is { } text) AddUserText(entry, text);
        var pictures = new List<JsonElement>();
        foreach (var block in message.Items("content"))
        {
            switch (block.Text("type"))
            {
                case "tool_result":
                    AddResult(entry, block);
                    break;
                case "text":
                    AddUserText(entry, block.Text("text") ?? "");
                    break;
                case "image" or "document" when !entry.IsInjected:
                    pictures.Add(block);
                    break;
            }
        }
        _session.Message(UserType, pictures, entry.Time);
    }

    private void AddUserText(ClaudeCodeEntry entry, string text)
    {
        if (text.StartsWith(Interrupted, StringComparison.Ordinal))
        {
            _session.Mark("user.interrupt", entry.Time);
            return;
        }
        if (entry.IsInjected) return;
        var typed = ClaudeCodeMarkup.Typed(text);
        if (typed.Length == 0) return;
        _task ??= typed;
        _session.Message(UserType, typed, entry.Time);
    }

    // A sub-agent's instructions were written by an agent: as a person's words they would count as their wishes.
    private string UserType => subagent is null ? "user.message" : "agent.thread_message_received";

    private void AddResult(ClaudeCodeEntry entry, JsonElement block) =>
        _session.ToolResult(block.Text("tool_use_id"), block.Field("content"), block.IsTrue("is_error"), entry.Time);
}
