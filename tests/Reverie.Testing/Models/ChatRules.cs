using System.Text.Json;

namespace Reverie.Testing.Models;

/// <summary>What chat completions refuse, in OpenAI's words.</summary>
internal static class ChatRules
{
    private const int BytesPerToken = 4;

    private static readonly string[] Fields = ["model", "messages", "stream", "stream_options", "tools", "tool_choice", "max_tokens", "max_completion_tokens", "reasoning_effort", "service_tier", "temperature", "top_p", "response_format"];

    /// <summary>Null for a request the service takes.</summary>
    public static FakeError? Check(JsonElement body, int contextTokens)
    {
        if (Problem(body) is { } problem) return new FakeError { Status = 400, Type = "invalid_value", Message = problem };
        var tokens = body.GetRawText().Length / BytesPerToken;
        return tokens > contextTokens
            ? new FakeError { Status = 400, Type = "context_length_exceeded", Message = $"This model's maximum context length is {contextTokens} tokens. However, your messages resulted in {tokens} tokens." }
            : null;
    }

    private static string? Problem(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return "We could not parse the JSON body of your request.";
        foreach (var field in body.EnumerateObject())
            if (!Fields.Contains(field.Name)) return $"Unrecognized request argument supplied: {field.Name}";
        if (!body.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.String) return "you must provide a model parameter";
        if (!body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0) return "[] is too short - 'messages'";
        if (body.TryGetProperty("response_format", out var format) && FormatProblem(format) is { } unfit) return unfit;
        if (body.TryGetProperty("tools", out var tools) && ToolProblem(tools) is { } wrong) return wrong;
        var open = new List<string>();
        foreach (var (at, message) in messages.EnumerateArray().Index())
        {
            var role = message.GetProperty("role").GetString();
            if (role == "tool")
            {
                var id = message.GetProperty("tool_call_id").GetString()!;
                if (!open.Remove(id)) return "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
                if (message.GetProperty("content").ValueKind != JsonValueKind.String) return $"messages[{at}].content: tool messages hold text only";
                continue;
            }
            if (open.Count > 0) return Unanswered(open);
            if (role is not ("system" or "developer" or "user" or "assistant")) return $"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.";
            if (ContentProblem(message, at, role) is { } bad) return bad;
            if (message.TryGetProperty("tool_calls", out var calls))
            {
                if (role != "assistant" || calls.GetArrayLength() == 0) return $"[] is too short - 'messages.{at}.tool_calls'";
                foreach (var call in calls.EnumerateArray())
                {
                    if (CallProblem(call, at) is { } wrongCall) return wrongCall;
                    open.Add(call.GetProperty("id").GetString()!);
                }
            }
        }
        return open.Count > 0 ? Unanswered(open) : null;
    }

    private static string? FormatProblem(JsonElement format)
    {
        if (format.GetProperty("type").GetString() is not "json_schema") return "Invalid value of response_format.type";
        if (!format.TryGetProperty("json_schema", out var named) || !named.TryGetProperty("name", out var name)) return "Missing required parameter: 'response_format.json_schema.name'.";
        if (name.GetString() is not { Length: > 0 and <= 64 } text || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) return "Invalid 'response_format.json_schema.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.";
        return named.TryGetProperty("schema", out var schema) && SchemaRules.OfChat(schema) is { } problem ? $"Invalid schema for response_format '{text}': {problem}" : null;
    }

    private static string Unanswered(List<string> open) => $"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: {string.Join(", ", open)}";

    private static string? ContentProblem(JsonElement message, int at, string role)
    {
        var content = message.TryGetProperty("content", out var found) ? found : default;
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return null;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return role == "assistant" && message.TryGetProperty("tool_calls", out _) ? null : $"Invalid value for 'content': expected a string, got null. (messages[{at}])";
            case JsonValueKind.Array when role == "user" && content.GetArrayLength() > 0:
                foreach (var part in content.EnumerateArray())
                    if (PartProblem(part, at) is { } problem) return problem;
                return null;
            default:
                return $"Invalid content of messages[{at}]";
        }
    }

    private static string? PartProblem(JsonElement part, int at)
    {
        switch (part.GetProperty("type").GetString())
        {
            case "text":
                return part.GetProperty("text").GetString()!.Length > 0 ? null : $"messages[{at}]: empty text part";
            case "image_url":
                var url = part.GetProperty("image_url").GetProperty("url").GetString()!;
                return url.StartsWith("data:image/", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal) ? null : $"messages[{at}]: Invalid image URL";
            case "file":
                return part.GetProperty("file").TryGetProperty("file_data", out _) ? null : $"messages[{at}]: Missing file_data";
            case var type:
                return $"Invalid value: '{type}'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'.";
        }
    }

    private static string? CallProblem(JsonElement call, int at)
    {
        if (!call.TryGetProperty("id", out var id) || id.GetString() is not { Length: > 0 }) return $"Missing required parameter: 'messages[{at}].tool_calls[].id'.";
        var function = call.GetProperty("function");
        if (function.GetProperty("name").GetString() is not { Length: > 0 }) return $"Empty name of messages[{at}].tool_calls[]";
        try
        {
            // Templates of open models parse them again.
            using var arguments = JsonDocument.Parse(function.GetProperty("arguments").GetString()!);
            return arguments.RootElement.ValueKind == JsonValueKind.Object ? null : "arguments must be an object";
        }
        catch (JsonException)
        {
            return $"messages[{at}].tool_calls[].function.arguments is not valid JSON";
        }
    }

    private static string? ToolProblem(JsonElement tools)
    {
        foreach (var tool in tools.EnumerateArray())
        {
            if (!tool.GetProperty("type").ValueEquals("function")) return "Invalid value for tools[].type";
            if (tool.GetProperty("function").GetProperty("parameters").GetProperty("type").GetString() != "object") return "Invalid schema for function: schema must be of type 'object'";
        }
        return tools.GetArrayLength() == 0 ? "[] is too short - 'tools'" : null;
    }
}
