using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reverie.Inference.ChatCompletions;

/// <summary>A request in the words of chat completions.</summary>
internal static class ChatCompletionsRequest
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ModelRequest request, ModelInfo info, bool isPublicService)
    {
        var messages = new JsonArray();
        if (request.FullSystem is { Length: > 0 } system) messages.Add(Message("system", system));
        // Templates of many open models take a system message at the begin only.
        foreach (var message in Conversation.Sendable(request.Messages, _ => isPublicService && info.HasMidConversationSystem)) Add(messages, message, info);
        var body = new JsonObject
        {
            ["model"] = info.UpstreamId ?? info.Id,
            ["messages"] = messages,
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
        };
        if (request.Tools.Count > 0) body["tools"] = new JsonArray([.. request.Tools.Select(Tool)]);
        // OpenAI has renamed the field; servers that speak its language mostly know the old name only.
        if ((request.MaxTokens ?? info.OutputTokensMax) is { } max) body[isPublicService ? "max_completion_tokens" : "max_tokens"] = max;
        if (request.Effort is { } effort && info.Efforts.Count > 0) body["reasoning_effort"] = effort;
        if (request.AnswerSchema is { } schema && info.HasStructuredOutput) body["response_format"] = Format(schema);
        if (request.Speed == ModelWords.Fast) body["service_tier"] = "fast";
        return Encoding.UTF8.GetBytes(body.ToJsonString(Compact));
    }

    private static JsonObject Format(string schema) => new()
    {
        ["type"] = "json_schema",
        ["json_schema"] = new JsonObject { ["name"] = "answer", ["strict"] = true, ["schema"] = JsonNode.Parse(schema) },
    };

    private static JsonObject Tool(ModelTool tool) => new()
    {
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description, ["parameters"] = JsonNode.Parse(tool.InputSchema) },
    };

    private static void Add(JsonArray messages, ModelMessage message, ModelInfo info)
    {
        switch (message.Role)
        {
            case ModelRole.Assistant:
                AddAssistant(messages, message);
                break;
            case ModelRole.System:
                messages.Add(Message("system", Joined(message.Blocks)));
                break;
            case ModelRole.User:
                AddUser(messages, message, info);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void AddAssistant(JsonArray messages, ModelMessage message)
    {
        var text = Joined(message.Blocks);
        var calls = message.Blocks.OfType<ToolUseBlock>().Select(static call => (JsonNode)new JsonObject
        {
            ["id"] = call.Id,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Input },
        }).ToArray();
        if (text.Length == 0 && calls.Length == 0) return;
        var said = Message("assistant", text.Length > 0 ? text : null);
        if (calls.Length > 0) said["tool_calls"] = new JsonArray(calls);
        messages.Add(said);
    }

    /// <summary>Results are messages of their own and hold text only; what else they have follows as the user's.</summary>
    private static void AddUser(JsonArray messages, ModelMessage message, ModelInfo info)
    {
        var parts = new JsonArray();
        foreach (var result in message.Blocks.OfType<ToolResultBlock>())
        {
            var text = new List<string>();
            foreach (var block in result.Content)
            {
                if (Words(block, info) is { } words) text.Add(words);
                else
                {
                    text.Add("[attached to the next message]");
                    parts.Add(TextPart($"Attached by the tool call {result.ToolUseId}:"));
                    parts.Add(Media(block));
                }
            }
            if (result.IsError) text.Insert(0, "The tool failed:");
            messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = result.ToolUseId, ["content"] = text.Count > 0 ? string.Join("\n", text) : "(no output)" });
        }
        foreach (var block in message.Blocks.Where(static b => b is not ToolResultBlock))
            parts.Add(Words(block, info) is { } words ? TextPart(words) : Media(block));
        // A plain text is what every server takes.
        if (parts.Count == 1 && (string?)parts[0]!["type"] == "text") messages.Add(Message("user", (string?)parts[0]!["text"]));
        else if (parts.Count > 0) messages.Add(new JsonObject { ["role"] = "user", ["content"] = parts });
    }

    /// <summary>A block as text; null where it must go as a picture or file.</summary>
    private static string? Words(ModelBlock block, ModelInfo info) => block switch
    {
        TextBlock text => text.Text,
        SearchResultBlock found => $"{found.Title}\n{found.Source}\n\n{string.Join("\n\n", found.Content)}",
        DocumentBlock { Source: PlainTextSource source } document => $"{Heading(document)}{source.Text}",
        DocumentBlock { Source: UrlSource source } document => $"{Heading(document)}[a document at {source.Url}, which this model cannot open]",
        DocumentBlock when !info.HasPdfInput => "[a PDF document, which this model cannot read]",
        ImageBlock when !info.HasImageInput => "[a picture, which this model cannot see]",
        ImageBlock or DocumentBlock => null,
        _ => throw new UnreachableException(),
    };

    private static string Heading(DocumentBlock document) =>
        string.Concat(new[] { document.Title, document.Context }.Where(static t => !string.IsNullOrWhiteSpace(t)).Select(static t => t + "\n\n"));

    private static JsonObject Media(ModelBlock block) => block switch
    {
        ImageBlock { Source: Base64Source source } => ImagePart($"data:{source.MediaType};base64,{source.Data}"),
        ImageBlock { Source: UrlSource source } => ImagePart(source.Url),
        DocumentBlock { Source: Base64Source source } document => new JsonObject
        {
            ["type"] = "file",
            ["file"] = new JsonObject { ["filename"] = document.Title ?? "document.pdf", ["file_data"] = $"data:{source.MediaType};base64,{source.Data}" },
        },
        _ => throw new UnreachableException(),
    };

    private static JsonObject ImagePart(string url) => new() { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = url } };

    private static JsonObject TextPart(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Message(string role, string? content) => new() { ["role"] = role, ["content"] = content };

    private static string Joined(IReadOnlyList<ModelBlock> blocks) => string.Join("\n\n", blocks.OfType<TextBlock>().Select(static b => b.Text));
}
