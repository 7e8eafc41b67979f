using System.Text.Json;

namespace Reverie.Sessions;

/// <summary>Messages in the shape of chat APIs, which several benchmarks store: role, content, tool calls.</summary>
internal static class ChatMessages
{
    /// <summary>What simulated customers write to end a dialogue; no person would say it.</summary>
    private static readonly string[] EndMarks = ["###STOP###", "###TRANSFER###", "###OUT-OF-SCOPE###"];

    /// <summary>Adds one message's events. Unknown roles are left out.</summary>
    public static void Add(TranscriptBuilder session, JsonElement message, DateTimeOffset? at)
    {
        switch (message.Text("role"))
        {
            case "system":
                session.Message("system.message", Content(message), at);
                break;
            case "user":
                session.Message("user.message", WithoutEndMarks(Content(message)), at);
                break;
            case "assistant":
                session.Message("agent.thinking", message.Text("reasoning") ?? message.Text("reasoning_content"), at);
                session.Message("agent.message", Content(message), at);
                foreach (var call in message.Items("tool_calls")) AddCall(session, call, at);
                break;
            case "tool":
                var text = Content(message);
                session.ToolResult(message.Text("tool_call_id") ?? message.Text("id"), text, IsError(message, text), at);
                break;
        }
    }

    /// <summary>The message's words, whether it is a string or an array of text parts.</summary>
    public static string Content(JsonElement message) => message.Field("content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Join('\n', parts.EnumerateArray().Select(part => part.Text("text")).OfType<string>()),
        _ => "",
    };

    /// <summary>Adds one tool call, with the function's name and arguments inside <c>function</c> or beside the id.</summary>
    public static void AddCall(TranscriptBuilder session, JsonElement call, DateTimeOffset? at)
    {
        var function = call.Field("function") ?? call;
        session.ToolUse(call.Text("id"), function.Text("name") ?? "unknown", function.Field("arguments"), at);
    }

    private static string WithoutEndMarks(string text)
    {
        if (!text.Contains("###", StringComparison.Ordinal)) return text;
        foreach (var mark in EndMarks) text = text.Replace(mark, "", StringComparison.Ordinal);
        return text.Trim();
    }

    // tau2-bench has a flag; tau-bench says it in the text.
    private static bool IsError(JsonElement message, string text) => message.Field("error") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag
        ? flag.GetBoolean()
        : text.StartsWith("Error", StringComparison.Ordinal);
}
