using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reverie.Inference.Embedding;

/// <summary>A request in the words of <see cref="IChatClient"/>.</summary>
internal static class ChatClientRequest
{
    public static List<ChatMessage> Messages(ModelRequest request)
    {
        var messages = new List<ChatMessage>();
        foreach (var message in Conversation.Sendable(request.Messages, static _ => true))
        {
            // Results are a message of the role tool; what the user adds follows.
            var results = message.Blocks.OfType<ToolResultBlock>().Select(Result).ToList();
            if (results.Count > 0) messages.Add(new ChatMessage(ChatRole.Tool, results));
            var rest = message.Blocks.Where(static b => b is not ToolResultBlock).Select(Content).ToList();
            if (rest.Count > 0) messages.Add(new ChatMessage(Role(message.Role), rest));
        }
        return messages;
    }

    public static ChatOptions Options(ModelRequest request) => new()
    {
        ModelId = request.Model,
        Instructions = request.FullSystem is { Length: > 0 } system ? system : null,
        MaxOutputTokens = request.MaxTokens,
        Tools = request.Tools.Count > 0 ? [.. request.Tools.Select(static t => new DeclaredTool(t))] : null,
        Reasoning = request.Effort is { } effort ? new ReasoningOptions { Effort = Effort(effort) } : null,
    };

    private static ReasoningEffort Effort(string effort) => effort switch
    {
        "low" => ReasoningEffort.Low,
        "medium" => ReasoningEffort.Medium,
        "high" => ReasoningEffort.High,
        _ => ReasoningEffort.ExtraHigh,
    };

    private static ChatRole Role(ModelRole role) => role switch
    {
        ModelRole.User => ChatRole.User,
        ModelRole.Assistant => ChatRole.Assistant,
        ModelRole.System => ChatRole.System,
        _ => throw new UnreachableException(),
    };

    private static AIContent Result(ToolResultBlock block)
    {
        object content = block.Content is [TextBlock only] ? only.Text : block.Content.Select(Content).ToList();
        return new FunctionResultContent(block.ToolUseId, content) { AdditionalProperties = block.IsError ? new() { ["is_error"] = true } : null };
    }

    private static AIContent Content(ModelBlock block) => block switch
    {
        TextBlock b => new TextContent(b.Text),
        ThinkingBlock b => new TextReasoningContent(b.Text) { ProtectedData = b.Signature },
        RedactedThinkingBlock b => new TextReasoningContent(null) { ProtectedData = b.Data },
        ToolUseBlock b => new FunctionCallContent(b.Id, b.Name, JsonSerializer.Deserialize<Dictionary<string, object?>>(b.Input)),
        ImageBlock b => Media(b.Source, "image/*"),
        DocumentBlock b => Media(b.Source, "application/pdf"),
        SearchResultBlock b => new TextContent($"{b.Title}\n{b.Source}\n\n{string.Join("\n\n", b.Content)}"),
        _ => throw new UnreachableException(),
    };

    private static AIContent Media(MediaSource source, string mediaType) => source switch
    {
        Base64Source s => new DataContent($"data:{s.MediaType};base64,{s.Data}"),
        UrlSource s => new UriContent(s.Url, mediaType),
        PlainTextSource s => new TextContent(s.Text),
        _ => throw new UnreachableException(),
    };

    /// <summary>A tool the client may tell the model about and must not run.</summary>
    private sealed class DeclaredTool(ModelTool tool) : AIFunctionDeclaration
    {
        private readonly JsonElement _schema = JsonDocument.Parse(tool.InputSchema).RootElement;

        public override string Name => tool.Name;

        public override string Description => tool.Description;

        public override JsonElement JsonSchema => _schema;
    }
}
