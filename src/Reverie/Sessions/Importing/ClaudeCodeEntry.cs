using System.Runtime.InteropServices;
using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>What is kept of one line of a Claude Code session file until the file was read.</summary>
internal sealed class ClaudeCodeEntry
{
    /// <summary>What an entry without a message is taken to cost while it is held, in bytes.</summary>
    private const int OverheadBytes = 256;

    public required string? Uuid { get; init; }

    public required string? ParentUuid { get; init; }

    public required string SessionId { get; init; }

    public required long Line { get; init; }

    /// <summary>The line's time, or that of the line before it where it has none.</summary>
    public required DateTimeOffset? Time { get; init; }

    /// <summary>True for the turns of a sub-agent.</summary>
    public required bool IsSidechain { get; init; }

    /// <summary>The sub-agent's id; null where the version wrote none.</summary>
    public required string? SubagentId { get; init; }

    /// <summary>True for <c>assistant</c> lines, false for <c>user</c> ones.</summary>
    public required bool IsAssistant { get; init; }

    /// <summary>True for text the program put into the person's turn.</summary>
    public required bool IsInjected { get; init; }

    /// <summary>True for a summary that replaced earlier turns.</summary>
    public required bool IsCompaction { get; init; }

    /// <summary>True for an API failure shown as an assistant's turn.</summary>
    public required bool IsApiError { get; init; }

    public required string? Cwd { get; init; }

    public required string? GitBranch { get; init; }

    public required string? Version { get; init; }

    public required string? Model { get; init; }

    /// <summary>The message object as it stood; empty for bookkeeping lines, which only link others.</summary>
    public required byte[] Message { get; init; }

    /// <summary>What holding this entry costs.</summary>
    public int HeldBytes => OverheadBytes + Message.Length;

    /// <summary>Reads a line that takes part in a session's thread.</summary>
    /// <param name="line">The line's object.</param>
    /// <param name="number">Its number.</param>
    /// <param name="sessionId">The session of lines that do not say theirs.</param>
    /// <param name="time">The time of lines that do not say theirs.</param>
    /// <exception cref="TranscriptFormatException">A turn without a readable message.</exception>
    public static ClaudeCodeEntry Read(JsonElement line, long number, string sessionId, DateTimeOffset? time)
    {
        var type = line.Text("type");
        var isTurn = type is "user" or "assistant";
        var message = line.Field("message");
        if (isTurn) CheckMessage(message);
        return new ClaudeCodeEntry
        {
            Uuid = line.Text("uuid"),
            ParentUuid = line.Text("parentUuid") ?? line.Text("logicalParentUuid"),
            SessionId = line.Text("sessionId") is { Length: > 0 } own ? own : sessionId,
            Line = number,
            Time = line.Text("timestamp") is { } at && Rfc3339.TryRead(at, out var own2) ? own2 : time,
            IsSidechain = line.IsTrue("isSidechain"),
            SubagentId = line.Text("agentId"),
            IsAssistant = type == "assistant",
            IsInjected = line.IsTrue("isMeta"),
            IsCompaction = line.IsTrue("isCompactSummary"),
            IsApiError = line.IsTrue("isApiErrorMessage"),
            Cwd = line.Text("cwd"),
            GitBranch = line.Text("gitBranch"),
            Version = line.Text("version"),
            Model = message?.Text("model"),
            Message = isTurn ? ReverieReader.Copy(JsonMarshal.GetRawUtf8Value(message!.Value)) : [],
        };
    }

    private static void CheckMessage(JsonElement? message)
    {
        if (message?.Field("content") is not { } content || content.ValueKind is not (JsonValueKind.String or JsonValueKind.Array))
            throw new TranscriptFormatException("a turn must have a message whose content is a string or an array");
        if (content.ValueKind == JsonValueKind.Array && content.EnumerateArray().Any(block => block.ValueKind != JsonValueKind.Object))
            throw new TranscriptFormatException("the content of a message must be an array of objects");
    }
}
