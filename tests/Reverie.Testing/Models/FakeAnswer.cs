using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Testing.Models;

/// <summary>What the fake server answers to one request, whichever protocol asks.</summary>
public sealed record FakeAnswer
{
    /// <summary>Content blocks as the Messages API writes them: text, thinking, redacted_thinking, tool_use.</summary>
    public IReadOnlyList<JsonElement> Blocks { get; init; } = [];

    /// <summary>As the Messages API says it; null for what follows from the blocks.</summary>
    public string? StopReason { get; init; }

    /// <summary>Of a refusal.</summary>
    public JsonElement? StopDetails { get; init; }

    /// <summary>As the Messages API writes it; null for what the prompt and the cache make it.</summary>
    public JsonElement? Usage { get; init; }

    /// <summary>Characters of a delta.</summary>
    public int ChunkChars { get; init; } = 16;

    /// <summary>Bytes written to the socket at a time; 0 for an event at a time.</summary>
    public int WriteBytes { get; init; }

    /// <summary>Before the first byte.</summary>
    public int DelayMs { get; init; }

    /// <summary>Between two events.</summary>
    public int BetweenMs { get; init; }

    /// <summary>Cuts the connection after as many events; null for never.</summary>
    public int? CutAfterEvents { get; init; }

    /// <summary>Ends the stream politely after as many events; null for never.</summary>
    public int? EndAfterEvents { get; init; }

    /// <summary>Sends nothing more after as many events, until the client leaves; null for never.</summary>
    public int? HangAfterEvents { get; init; }

    /// <summary>An error in the place of an answer; with <see cref="ErrorAfterEvents"/>, within it.</summary>
    public FakeError? Error { get; init; }

    /// <summary>Where in the stream the error comes; null for a plain error answer.</summary>
    public int? ErrorAfterEvents { get; init; }

    /// <summary>What servers of chat completions leave out or say otherwise: no_usage, no_ids, same_ids, no_index, no_done, stop_for_tools, no_finish, whole_arguments.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Only for requests whose last message holds this text; null for any.</summary>
    public string? Match { get; init; }

    public static FakeAnswer Text(string text) => new() { Blocks = [TextBlock(text)] };

    public static FakeAnswer Failing(int status, string type, string message, string? retryAfter = null) => new() { Error = new FakeError { Status = status, Type = type, Message = message, RetryAfter = retryAfter } };

    public static JsonElement TextBlock(string text) => JsonSerializer.SerializeToElement(new { type = "text", text });

    public static JsonElement Thinking(string thinking, string signature) => JsonSerializer.SerializeToElement(new { type = "thinking", thinking, signature });

    public static JsonElement RedactedThinking(string data) => JsonSerializer.SerializeToElement(new { type = "redacted_thinking", data });

    public static JsonElement ToolUse(string id, string name, object input) => JsonSerializer.SerializeToElement(new { type = "tool_use", id, name, input });
}

/// <summary>An error as a real service sends it.</summary>
public sealed record FakeError
{
    public int Status { get; init; } = 500;

    public string Type { get; init; } = "api_error";

    public string Message { get; init; } = "Internal server error";

    /// <summary>The <c>retry-after</c> header; null for none.</summary>
    public string? RetryAfter { get; init; }
}

/// <summary>A request as it came.</summary>
/// <param name="Path">Where to.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Beta">The <c>anthropic-beta</c> header; empty for none.</param>
/// <param name="Refused">Why it was refused; null when it was answered.</param>
public sealed record ReceivedRequest(string Path, JsonElement Body, string Beta, string? Refused);

internal static class FakeJson
{
    /// <summary>By reflection: generated code would forget the defaults of what is left out.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };
}
