using System.Text;
using System.Text.Json;

namespace Reverie.Inference.ChatCompletions;

/// <summary>Reads the chunks of one streamed chat completion, forgiving what servers leave out.</summary>
internal sealed class ChatCompletionsReading(ResponseBuilder builder)
{
    private readonly StringBuilder _refusal = new();
    private ModelUsage _usage = ModelUsage.None;
    private string? _finishReason;
    private bool _hasEnded;
    private long _lastCall = -1;

    /// <summary>The server says that nothing follows.</summary>
    public void End() => _hasEnded = true;

    /// <summary>What came; null when it broke off before it was whole.</summary>
    public ModelResponse? Response()
    {
        if (_finishReason is null && !_hasEnded) return null;
        var reason = (_finishReason, _refusal.Length) switch
        {
            (_, > 0) or ("content_filter", _) => ModelStopReason.Refusal,
            ("length", _) => ModelStopReason.MaxTokens,
            // Some servers say "stop" after a call, too.
            _ when builder.HasToolUse => ModelStopReason.ToolUse,
            _ => ModelStopReason.EndTurn,
        };
        return new ModelResponse
        {
            Blocks = builder.Blocks(reason is ModelStopReason.MaxTokens or ModelStopReason.Refusal),
            StopReason = reason,
            Refusal = reason == ModelStopReason.Refusal ? new ModelRefusal(null, _refusal.Length > 0 ? _refusal.ToString() : null) : null,
            Usage = _usage,
        };
    }

    public void Add(JsonElement chunk)
    {
        if (Field(chunk, "usage", JsonValueKind.Object) is { } usage) _usage = Usage(usage);
        if (Field(chunk, "choices", JsonValueKind.Array) is not { } choices || choices.GetArrayLength() == 0) return;
        var choice = choices[0];
        if (Field(choice, "delta", JsonValueKind.Object) is { } delta) AddDelta(delta);
        if (Text(choice, "finish_reason") is { Length: > 0 } reason) _finishReason = reason;
    }

    private void AddDelta(JsonElement delta)
    {
        // Two names for thinking that is shown: DeepSeek's and vLLM's, and Ollama's.
        if ((Text(delta, "reasoning_content") ?? Text(delta, "reasoning")) is { Length: > 0 } thinking) builder.AddThinking(thinking);
        if (Text(delta, "content") is { Length: > 0 } text) builder.AddText(text);
        if (Text(delta, "refusal") is { Length: > 0 } refusal) _refusal.Append(refusal);
        if (Field(delta, "tool_calls", JsonValueKind.Array) is not { } calls) return;
        foreach (var call in calls.EnumerateArray()) AddCall(call);
    }

    /// <summary>Pieces belong together by index; without one, a piece with a name begins a call and others go on with the last.</summary>
    private void AddCall(JsonElement call)
    {
        var function = Field(call, "function", JsonValueKind.Object);
        var name = function is { } f ? Text(f, "name") : null;
        if (Field(call, "index", JsonValueKind.Number)?.TryGetInt64(out var index) == true) _lastCall = index;
        else if (name is { Length: > 0 } || _lastCall < 0) _lastCall++;
        var input = function is { } g ? Text(g, "arguments") ?? Field(g, "arguments", JsonValueKind.Object)?.GetRawText() : null;
        builder.AddToolUse(_lastCall, Text(call, "id"), name, input ?? "");
    }

    private static ModelUsage Usage(JsonElement usage)
    {
        var prompt = Number(usage, "prompt_tokens");
        var cached = Field(usage, "prompt_tokens_details", JsonValueKind.Object) is { } details ? Math.Clamp(Number(details, "cached_tokens"), 0, prompt) : 0;
        return new ModelUsage { InputTokens = prompt - cached, CacheReadInputTokens = cached, OutputTokens = Number(usage, "completion_tokens") };
    }

    private static long Number(JsonElement value, string name) => Field(value, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var count) ? Math.Max(count, 0) : 0;

    /// <summary>Null when absent or null. Half of a surrogate pair, which is no text, becomes the replacement character.</summary>
    private static string? Text(JsonElement value, string name)
    {
        if (Field(value, name, JsonValueKind.String) is not { } text) return null;
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }

    private static JsonElement? Field(JsonElement value, string name, JsonValueKind kind) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) && found.ValueKind == kind ? found : null;
}
