using System.Diagnostics;
using System.Text.Json;
using Anthropic.Models.Messages;

namespace Reverie.Inference.Messages;

/// <summary>
/// A request in the words of the Messages API. Up to four breakpoints mark what the provider may keep: the tools, the system
/// prompt, the conversation as it was a turn ago, and the conversation as it is. Each next request finds the last one's.
/// Of a single request only the end of what others begin with is marked.
/// </summary>
internal static class MessagesRequest
{
    private const int DefaultOutputTokens = 32_000;
    private const string NoOutput = "(no output)";
    private const string BetaHeader = "anthropic-beta";
    private const string FastModeBeta = "fast-mode-2026-02-01";

    private static readonly CacheControlEphemeral Breakpoint = new();

    public static MessageCreateParams From(ModelRequest request, ModelInfo info)
    {
        var parameters = new MessageCreateParams
        {
            Model = info.UpstreamId ?? request.Model,
            MaxTokens = request.MaxTokens ?? info.OutputTokensMax ?? DefaultOutputTokens,
            Messages = Messages(request, info),
        };
        if (request.Tools.Count > 0) parameters = parameters with { Tools = Tools(request.Tools) };
        if (request.FullSystem is { Length: > 0 } system) parameters = parameters with { System = new List<TextBlockParam> { new() { Text = system, CacheControl = Breakpoint } } };
        if (info.HasAdaptiveThinking) parameters = parameters with { Thinking = new ThinkingConfigAdaptive() };
        if (Output(request, info) is { } output) parameters = parameters with { OutputConfig = output };
        if (request.InferenceGeo is { } geo) parameters = parameters with { InferenceGeo = geo };
        if (request.Speed == ModelWords.Fast) parameters = Faster(parameters);
        return parameters;
    }

    private static OutputConfig? Output(ModelRequest request, ModelInfo info)
    {
        var effort = info.Efforts.Count > 0 ? request.Effort : null;
        var schema = info.HasStructuredOutput ? request.AnswerSchema : null;
        if (effort is null && schema is null) return null;
        var output = new OutputConfig();
        if (effort is not null) output = output with { Effort = new(JsonSerializer.SerializeToElement(effort)) };
        return schema is null ? output : output with { Format = new JsonOutputFormat { Schema = Fields(schema) } };
    }

    /// <summary>Some models ask for the beta value with a speed, none minds it.</summary>
    private static MessageCreateParams Faster(MessageCreateParams parameters)
    {
        parameters = parameters with { Speed = Speed.Fast };
        var headers = new Dictionary<string, JsonElement>(parameters.RawHeaderData) { [BetaHeader] = JsonSerializer.SerializeToElement(FastModeBeta) };
        return MessageCreateParams.FromRawUnchecked(headers, parameters.RawQueryData, parameters.RawBodyData);
    }

    private static List<ToolUnion> Tools(IReadOnlyList<ModelTool> tools)
    {
        var list = new List<ToolUnion>(tools.Count);
        foreach (var tool in tools)
        {
            var schema = InputSchema.FromRawUnchecked(Fields(tool.InputSchema));
            list.Add(list.Count < tools.Count - 1
                ? new Tool { Name = tool.Name, Description = tool.Description, InputSchema = schema }
                : new Tool { Name = tool.Name, Description = tool.Description, InputSchema = schema, CacheControl = Breakpoint });
        }
        return list;
    }

    private static List<MessageParam> Messages(ModelRequest request, ModelInfo info)
    {
        var sendable = Conversation.Sendable(request.Messages, last => info.HasMidConversationSystem && last is { Role: ModelRole.User });
        var marked = request.IsSingle ? [] : sendable.Index().Where(static m => m.Item.Role == ModelRole.User).Select(static m => m.Index).TakeLast(2).ToHashSet();
        return [.. sendable.Select((message, index) => ToMessage(message, marked.Contains(index)))];
    }

    private static bool EndsPrefix(ModelBlock block) => block is TextBlock { EndsSharedPrefix: true };

    private static MessageParam ToMessage(ModelMessage message, bool isMarked)
    {
        if (message.Role == ModelRole.System)
            return new SystemMessageParam { Content = new SystemMessageParamContent(JsonSerializer.SerializeToElement(string.Join("\n\n", message.Blocks.OfType<TextBlock>().Select(static b => b.Text)))) };
        var blocks = new List<ContentBlockParam>(message.Blocks.Count);
        // Results come before anything else in the message that answers calls.
        foreach (var block in message.Blocks.OrderBy(static b => b is not ToolResultBlock))
            blocks.Add(ToBlock(block, EndsPrefix(block) || (isMarked && blocks.Count == message.Blocks.Count - 1) ? Breakpoint : null));
        return message.Role == ModelRole.User ? new UserMessageParam { Content = blocks } : new AssistantMessageParam { Content = blocks };
    }

    private static ContentBlockParam ToBlock(ModelBlock block, CacheControlEphemeral? mark) => block switch
    {
        TextBlock b => Text(b.Text, mark),
        ThinkingBlock b => new ThinkingBlockParam { Thinking = b.Text, Signature = b.Signature! },
        RedactedThinkingBlock b => new RedactedThinkingBlockParam(b.Data),
        ToolUseBlock b => new ToolUseBlockParam { ID = b.Id, Name = b.Name, Input = Fields(b.Input) },
        ToolResultBlock b => Result(b, mark),
        ImageBlock b => Image(b, mark),
        DocumentBlock b => Document(b, mark),
        SearchResultBlock b => SearchResult(b, mark),
        _ => throw new UnreachableException(),
    };

    private static ToolResultBlockParam Result(ToolResultBlock block, CacheControlEphemeral? mark)
    {
        var result = new ToolResultBlockParam { ToolUseID = block.ToolUseId };
        var content = new List<Block>(block.Content.Count);
        foreach (var part in block.Content)
        {
            switch (part)
            {
                case TextBlock { Text: var text }:
                    if (!string.IsNullOrWhiteSpace(text)) content.Add(Text(text, null));
                    break;
                case ImageBlock image:
                    content.Add(Image(image, null));
                    break;
                case DocumentBlock document:
                    content.Add(Document(document, null));
                    break;
                case SearchResultBlock found:
                    content.Add(SearchResult(found, null));
                    break;
                default:
                    throw new UnreachableException();
            }
        }
        // A failure must say something.
        if (content.Count == 0 && block.IsError) content.Add(Text(NoOutput, null));
        if (content.Count > 0) result = result with { Content = content };
        if (block.IsError) result = result with { IsError = true };
        return mark is null ? result : result with { CacheControl = mark };
    }

    private static TextBlockParam Text(string text, CacheControlEphemeral? mark) => mark is null ? new() { Text = text } : new() { Text = text, CacheControl = mark };

    private static ImageBlockParam Image(ImageBlock block, CacheControlEphemeral? mark)
    {
        ImageBlockParamSource source = block.Source switch
        {
            Base64Source s => new Base64ImageSource { Data = s.Data, MediaType = new(JsonSerializer.SerializeToElement(s.MediaType)) },
            UrlSource s => new UrlImageSource(s.Url),
            _ => throw new UnreachableException(),
        };
        return mark is null ? new() { Source = source } : new() { Source = source, CacheControl = mark };
    }

    private static DocumentBlockParam Document(DocumentBlock block, CacheControlEphemeral? mark)
    {
        DocumentBlockParamSource source = block.Source switch
        {
            Base64Source s => new Base64PdfSource(s.Data),
            UrlSource s => new UrlPdfSource(s.Url),
            PlainTextSource s => new Anthropic.Models.Messages.PlainTextSource(s.Text),
            _ => throw new UnreachableException(),
        };
        var document = new DocumentBlockParam { Source = source };
        if (block.Title is { } title) document = document with { Title = title };
        if (block.Context is { } context) document = document with { Context = context };
        return mark is null ? document : document with { CacheControl = mark };
    }

    private static SearchResultBlockParam SearchResult(SearchResultBlock block, CacheControlEphemeral? mark)
    {
        var found = new SearchResultBlockParam
        {
            Source = block.Source,
            Title = block.Title,
            Content = [.. block.Content.Where(static t => !string.IsNullOrWhiteSpace(t)).Select(static t => new TextBlockParam { Text = t })],
            Citations = new CitationsConfigParam { Enabled = block.IsCitable },
        };
        return mark is null ? found : found with { CacheControl = mark };
    }

    private static Dictionary<string, JsonElement> Fields(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? [];
}
