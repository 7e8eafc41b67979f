using System.Runtime.InteropServices;
using System.Text.Json;

namespace Reverie.Protocol.Sessions;

/// <summary>
/// One immutable entry of a session's log, exactly as it stood on the wire. Unknown types and fields are kept in
/// <see cref="Raw"/> and written back verbatim; the properties read the fields the contract names.
/// </summary>
/// <remarks>Not thread-safe for the first read of <see cref="Text"/>. Lives as long as its transcript's document.</remarks>
public sealed class SessionEvent
{
    private string? _text;

    /// <summary>Wraps the object <paramref name="raw"/> found at <paramref name="index"/> of the session's events.</summary>
    public SessionEvent(JsonElement raw, int index)
    {
        Raw = raw;
        Index = index;
        Type = raw.GetProperty("type"u8).GetString() ?? "";
        Id = String("id"u8);
    }

    /// <summary>The event object as it was received.</summary>
    public JsonElement Raw { get; }

    /// <summary>0-based position in the session's log; the only order events have.</summary>
    public int Index { get; }

    /// <summary>The event's id, unique in its session; null when the source gave none.</summary>
    public string? Id { get; }

    /// <summary>What evidence calls this event: its id, or its 0-based index in decimal where it has no id.</summary>
    public string Key => Id ?? Index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The wire type, e.g. <c>agent.tool_use</c>. Unknown types are legal.</summary>
    public string Type { get; }

    /// <summary>When the event was processed, UTC; null when the source did not say.</summary>
    /// <remarks>Read anew each time: most readers never ask, and parsing a time is what a whole event costs otherwise.</remarks>
    public DateTimeOffset? ProcessedAt
    {
        get
        {
            if (!Raw.TryGetProperty("processed_at"u8, out var at) || at.ValueKind != JsonValueKind.String) return null;
            // In UTC, as nearly all are, it is read where it stands.
            if (JsonMarshal.GetRawUtf8Value(at).EndsWith("Z\""u8) && at.TryGetDateTimeOffset(out var time)) return time;
            return Rfc3339.TryRead(at.GetString()!, out time) ? time : null;
        }
    }

    /// <summary>True for the three kinds of tool use.</summary>
    public bool IsToolUse => Type is "agent.tool_use" or "agent.mcp_tool_use" or "agent.custom_tool_use";

    /// <summary>True for the three kinds of tool result.</summary>
    public bool IsToolResult => Type is "agent.tool_result" or "agent.mcp_tool_result" or "user.custom_tool_result";

    /// <summary>The tool's name on a tool use; null on every other type.</summary>
    public string? ToolName => IsToolUse ? String("name"u8) : null;

    /// <summary>The id of the tool use that a tool result answers; null on every other type.</summary>
    public string? ToolUseId => String("tool_use_id"u8) ?? String("custom_tool_use_id"u8) ?? String("mcp_tool_use_id"u8);

    /// <summary>True when a tool result says it failed. A missing flag means false.</summary>
    public bool IsError => Raw.TryGetProperty("is_error"u8, out var flag) && flag.ValueKind == JsonValueKind.True;

    /// <summary>The tool use's input; null when absent.</summary>
    public JsonElement? Input => Raw.TryGetProperty("input"u8, out var input) ? input : null;

    /// <summary>
    /// The event's words: its text blocks joined by a line feed (also when <c>content</c> is a bare string), or the
    /// message of a <c>session.error</c>. Empty when it has none.
    /// </summary>
    public string Text => _text ??= ReadText();

    private string ReadText()
    {
        if (Raw.TryGetProperty("content"u8, out var content))
        {
            if (content.ValueKind == JsonValueKind.String) return content.GetString() ?? "";
            if (content.ValueKind == JsonValueKind.Array)
            {
                string? only = null;
                List<string>? many = null;
                foreach (var block in content.EnumerateArray())
                {
                    if (TextOf(block) is not { } text) continue;
                    if (only is null) only = text;
                    else (many ??= [only]).Add(text);
                }
                return many is null ? only ?? "" : string.Join('\n', many);
            }
        }
        return Raw.TryGetProperty("error"u8, out var error) && error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty("message"u8, out var message) && message.ValueKind == JsonValueKind.String
            ? message.GetString() ?? "" : "";
    }

    private static string? TextOf(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty("text"u8, out var text)
        && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private string? String(ReadOnlySpan<byte> name) =>
        Raw.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
