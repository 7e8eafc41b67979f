using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reverie.Testing.Models;

/// <summary>What the Messages API refuses, in its words.</summary>
internal sealed partial class MessagesRules
{
    private const int BreakpointsMax = 4;
    private const int OutputTokensMax = 128_000;
    private const int BytesPerToken = 4;
    private const string NotPermitted = "Extra inputs are not permitted";

    private static readonly string[] Fields =
        ["model", "max_tokens", "messages", "system", "tools", "tool_choice", "stream", "thinking", "output_config", "speed", "inference_geo", "metadata", "stop_sequences", "service_tier", "cache_control", "temperature", "top_p", "top_k", "container"];

    private static readonly string[] ModelsWithoutSystemRole = ["claude-sonnet-5", "claude-opus-4-7", "claude-opus-4-6", "claude-opus-4-5", "claude-sonnet-4", "claude-haiku-4"];

    private static readonly string[] ModelsWithoutFormat = ["claude-3", "claude-opus-4-0", "claude-opus-4-2", "claude-sonnet-4-0", "claude-sonnet-4-2"];

    private readonly IssuedThinking _issued;
    private int _breakpoints;

    private MessagesRules(IssuedThinking issued) => _issued = issued;

    /// <summary>Null for a request the service takes.</summary>
    public static FakeError? Check(JsonElement body, string beta, int contextTokens, IssuedThinking issued)
    {
        try
        {
            if (body.ValueKind != JsonValueKind.Object) throw new Refusal("The request body is not valid JSON");
            var model = Required(body, "model", JsonValueKind.String).GetString()!;
            if (!model.StartsWith("claude-", StringComparison.Ordinal)) return new FakeError { Status = 404, Type = "not_found_error", Message = $"model: {model}" };
            new MessagesRules(issued).CheckBody(body, model, beta);
            var tokens = body.GetRawText().Length / BytesPerToken;
            return tokens > contextTokens ? new FakeError { Status = 400, Type = "invalid_request_error", Message = $"prompt is too long: {tokens} tokens > {contextTokens} maximum" } : null;
        }
        catch (Refusal refusal)
        {
            return new FakeError { Status = 400, Type = "invalid_request_error", Message = refusal.Message };
        }
    }

    private void CheckBody(JsonElement body, string model, string beta)
    {
        Known(body, "", Fields);
        var max = Required(body, "max_tokens", JsonValueKind.Number).GetInt64();
        if (max < 1) throw new Refusal("max_tokens: Input should be greater than or equal to 1");
        if (max > OutputTokensMax) throw new Refusal($"max_tokens: {max} > {OutputTokensMax}, which is the maximum allowed number of output tokens for {model}");
        if (!body.TryGetProperty("stream", out var stream) || stream.ValueKind != JsonValueKind.True) throw new Refusal("stream: this service only streams");
        if (body.TryGetProperty("thinking", out var thinking)) CheckThinking(thinking, model, max);
        if (body.TryGetProperty("output_config", out var output)) CheckOutput(output, model);
        if (body.TryGetProperty("inference_geo", out _)) OneOf(body, "", "inference_geo", "us", "global");
        if (body.TryGetProperty("speed", out var speed))
        {
            OneOf(body, "", "speed", "standard", "fast");
            if (speed.ValueEquals("fast") && !beta.Contains("fast-mode-2026-02-01", StringComparison.Ordinal)) throw new Refusal("speed: Extra inputs are not permitted");
        }
        if (body.TryGetProperty("tools", out var tools)) CheckTools(tools);
        if (body.TryGetProperty("system", out var system)) CheckSystem(system, "system");
        CheckMessages(Required(body, "messages", JsonValueKind.Array), model);
        if (_breakpoints > BreakpointsMax) throw new Refusal($"A maximum of {BreakpointsMax} blocks with cache_control may be provided. Found {_breakpoints}.");
    }

    private static void CheckOutput(JsonElement output, string model)
    {
        Known(output, "output_config", "effort", "format");
        if (output.TryGetProperty("effort", out _)) OneOf(output, "output_config", "effort", "low", "medium", "high", "xhigh", "max");
        if (!output.TryGetProperty("format", out var format)) return;
        if (ModelsWithoutFormat.Any(m => model.StartsWith(m, StringComparison.Ordinal))) throw new Refusal($"'{model}' does not support output format.");
        Known(format, "output_config.format", "type", "schema");
        OneOf(format, "output_config.format", "type", "json_schema");
        if (SchemaRules.OfMessages(Required(format, "schema", JsonValueKind.Object, "output_config.format")) is { } problem) throw new Refusal($"output_config.format.schema: {problem}");
    }

    private static void CheckThinking(JsonElement thinking, string model, long max)
    {
        OneOf(thinking, "thinking", "type", "adaptive", "enabled", "disabled", "between_tools");
        if (thinking.GetProperty("type").ValueEquals("adaptive") && (model.Contains("-4-5", StringComparison.Ordinal))) throw new Refusal("adaptive thinking is not supported on this model");
        if (thinking.TryGetProperty("budget_tokens", out var budget) && budget.GetInt64() >= max) throw new Refusal("`max_tokens` must be greater than `thinking.budget_tokens`.");
    }

    private void CheckTools(JsonElement tools)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, tool) in tools.EnumerateArray().Index())
        {
            var place = $"tools.{at}.custom";
            Known(tool, place, "name", "description", "input_schema", "cache_control", "type", "strict", "input_examples");
            var name = Required(tool, "name", JsonValueKind.String, place).GetString()!;
            if (!ToolName().IsMatch(name)) throw new Refusal($"{place}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'");
            if (!names.Add(name)) throw new Refusal("tools: Tool names must be unique.");
            var schema = Required(tool, "input_schema", JsonValueKind.Object, place);
            if (!schema.TryGetProperty("type", out var type) || !type.ValueEquals("object")) throw new Refusal($"{place}.input_schema.type: Input should be 'object'");
            CheckMark(tool, place);
        }
    }

    private void CheckSystem(JsonElement system, string place)
    {
        if (system.ValueKind == JsonValueKind.String) return;
        foreach (var (at, block) in system.EnumerateArray().Index()) CheckText(block, $"{place}.{at}", place);
    }

    private void CheckMessages(JsonElement messages, string model)
    {
        var count = messages.GetArrayLength();
        if (count == 0) throw new Refusal("messages: at least one message is required");
        if (!messages[0].GetProperty("role").ValueEquals("user")) throw new Refusal("messages: first message must use the \"user\" role");
        if (messages[count - 1].GetProperty("role").ValueEquals("assistant")) throw new Refusal("This model does not support assistant message prefill. The conversation must end with a user message.");
        var callIds = new HashSet<string>(StringComparer.Ordinal);
        List<string> open = [];
        var openAt = 0;
        foreach (var (at, message) in messages.EnumerateArray().Index())
        {
            Known(message, $"messages.{at}", "role", "content");
            var role = Required(message, "role", JsonValueKind.String, $"messages.{at}").GetString();
            if (role is not ("user" or "assistant" or "system")) throw new Refusal($"messages.{at}.role: Input should be 'user' or 'assistant'");
            if (role == "system") CheckSystemRole(messages, at, model);
            var blocks = CheckContent(message, at, role, at == LastAssistant(messages));
            if (open.Count > 0 || blocks.Exists(static b => b.Type == "tool_result")) CheckAnswers(at, role, blocks, open, openAt);
            open = [.. blocks.Where(static b => b.Type == "tool_use").Select(static b => b.Id)];
            openAt = at;
            if (!open.TrueForAll(callIds.Add)) throw new Refusal("messages: `tool_use` ids must be unique");
        }
    }

    private static void CheckSystemRole(JsonElement messages, int at, string model)
    {
        if (Array.Exists(ModelsWithoutSystemRole, name => model == name || model.StartsWith(name + "-", StringComparison.Ordinal) && name != "claude-sonnet-5")) throw new Refusal($"messages.{at}: role 'system' is not supported on this model");
        if (at == 0 || !messages[at - 1].GetProperty("role").ValueEquals("user")) throw new Refusal($"messages.{at}: role 'system' must immediately follow a 'user' message");
    }

    private static int LastAssistant(JsonElement messages) => messages.EnumerateArray().Index().LastOrDefault(static m => m.Item.GetProperty("role").ValueEquals("assistant"), (-1, default)).Index;

    private static void CheckAnswers(int at, string role, List<(string Type, string Id)> blocks, List<string> open, int openAt)
    {
        var answered = blocks.Where(static b => b.Type == "tool_result").Select(static b => b.Id).ToList();
        var missing = role == "user" ? open.Except(answered, StringComparer.Ordinal).ToList() : open;
        if (missing.Count > 0) throw new Refusal($"messages.{openAt}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", missing)}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
        if (answered.Except(open, StringComparer.Ordinal).FirstOrDefault() is { } stray) throw new Refusal($"messages.{at}.content: unexpected `tool_use_id` found in `tool_result` blocks: {stray}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
        if (answered.Distinct(StringComparer.Ordinal).Count() != answered.Count) throw new Refusal($"messages.{at}.content: each tool_use must have a single result.");
        if (blocks.Take(answered.Count).Any(static b => b.Type != "tool_result")) throw new Refusal($"messages.{at}.content: `tool_result` blocks must come first");
    }

    private List<(string Type, string Id)> CheckContent(JsonElement message, int at, string role, bool isLastAssistant)
    {
        var content = Required(message, "content", JsonValueKind.Undefined, $"messages.{at}");
        if (content.ValueKind == JsonValueKind.String)
        {
            NotBlank(content.GetString()!, "messages");
            return [];
        }
        if (content.ValueKind != JsonValueKind.Array || content.GetArrayLength() == 0) throw new Refusal($"messages.{at}: all messages must have non-empty content except for the optional final assistant message");
        var blocks = content.EnumerateArray().Index().Select(b => CheckBlock(b.Item, $"messages.{at}.content.{b.Index}", role)).ToList();
        if (isLastAssistant && blocks.Exists(b => b.Type == "tool_use" && _issued.NeedsThinking(b.Id)) && !blocks.Exists(static b => b.Type is "thinking" or "redacted_thinking"))
            throw new Refusal($"messages.{at}.content.0.type: Expected `thinking` or `redacted_thinking`, but found `{blocks[0].Type}`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.");
        return blocks;
    }

    private (string Type, string Id) CheckBlock(JsonElement block, string place, string role)
    {
        var type = Required(block, "type", JsonValueKind.String, place).GetString()!;
        var id = "";
        switch (type, role)
        {
            case ("text", _):
                CheckText(block, $"{place}.text", "messages");
                break;
            case ("image", "user"):
                CheckImage(block, $"{place}.image");
                break;
            case ("document", "user"):
                CheckDocument(block, $"{place}.document");
                break;
            case ("search_result", "user"):
                CheckSearchResult(block, $"{place}.search_result");
                break;
            case ("tool_result", "user"):
                id = CheckResult(block, $"{place}.tool_result");
                break;
            case ("tool_use", "assistant"):
                id = CheckUse(block, $"{place}.tool_use");
                break;
            case ("thinking", "assistant"):
                Known(block, $"{place}.thinking", "type", "thinking", "signature");
                if (!_issued.IsGenuine(Required(block, "signature", JsonValueKind.String, place).GetString()!, Required(block, "thinking", JsonValueKind.String, place).GetString()!)) throw new Refusal($"{place}: Invalid `signature` in `thinking` block");
                break;
            case ("redacted_thinking", "assistant"):
                Known(block, $"{place}.redacted_thinking", "type", "data");
                if (!_issued.IsGenuine(Required(block, "data", JsonValueKind.String, place).GetString()!, "")) throw new Refusal($"{place}: Invalid `data` in `redacted_thinking` block");
                break;
            default:
                throw new Refusal($"{place}: `{type}` blocks are not permitted in `{role}` messages");
        }
        return (type, id);
    }

    private void CheckText(JsonElement block, string place, string blankPlace)
    {
        Known(block, place, "type", "text", "cache_control", "citations");
        NotBlank(Required(block, "text", JsonValueKind.String, place).GetString()!, blankPlace);
        CheckMark(block, place);
    }

    private void CheckImage(JsonElement block, string place)
    {
        Known(block, place, "type", "source", "cache_control");
        var source = Required(block, "source", JsonValueKind.Object, place);
        OneOf(source, $"{place}.source", "type", "base64", "url");
        if (source.GetProperty("type").ValueEquals("base64"))
        {
            Known(source, $"{place}.source.base64", "type", "media_type", "data");
            OneOf(source, $"{place}.source.base64", "media_type", "image/jpeg", "image/png", "image/gif", "image/webp");
            CheckBase64(source, $"{place}.source.base64.data");
        }
        else Known(source, $"{place}.source.url", "type", "url");
        CheckMark(block, place);
    }

    private void CheckDocument(JsonElement block, string place)
    {
        Known(block, place, "type", "source", "title", "context", "citations", "cache_control");
        var source = Required(block, "source", JsonValueKind.Object, place);
        OneOf(source, $"{place}.source", "type", "base64", "text", "url");
        switch (source.GetProperty("type").GetString())
        {
            case "base64":
                OneOf(source, $"{place}.source.base64", "media_type", "application/pdf");
                CheckBase64(source, $"{place}.source.base64.data");
                break;
            case "text":
                OneOf(source, $"{place}.source.text", "media_type", "text/plain");
                Required(source, "data", JsonValueKind.String, place);
                break;
            default:
                Known(source, $"{place}.source.url", "type", "url");
                break;
        }
        CheckMark(block, place);
    }

    private void CheckSearchResult(JsonElement block, string place)
    {
        Known(block, place, "type", "source", "title", "content", "citations", "cache_control");
        Required(block, "source", JsonValueKind.String, place);
        Required(block, "title", JsonValueKind.String, place);
        var content = Required(block, "content", JsonValueKind.Array, place);
        if (content.GetArrayLength() == 0) throw new Refusal($"{place}.content: List should have at least 1 item after validation, not 0");
        foreach (var part in content.EnumerateArray()) CheckText(part, $"{place}.content", place);
        CheckMark(block, place);
    }

    private static void CheckBase64(JsonElement source, string place)
    {
        var data = Required(source, "data", JsonValueKind.String, place);
        if (!data.TryGetBytesFromBase64(out var bytes)) throw new Refusal($"{place}: Invalid base64 data");
        if (bytes.Length == 0) throw new Refusal($"{place}: file cannot be empty");
    }

    private string CheckUse(JsonElement block, string place)
    {
        Known(block, place, "type", "id", "name", "input", "cache_control", "caller");
        var id = Required(block, "id", JsonValueKind.String, place).GetString()!;
        if (!CallId().IsMatch(id)) throw new Refusal($"{place}.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
        if (!ToolName().IsMatch(Required(block, "name", JsonValueKind.String, place).GetString()!)) throw new Refusal($"{place}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,200}}$'");
        Required(block, "input", JsonValueKind.Object, place);
        CheckMark(block, place);
        return id;
    }

    private string CheckResult(JsonElement block, string place)
    {
        Known(block, place, "type", "tool_use_id", "content", "is_error", "cache_control");
        var isEmpty = !block.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Array && content.GetArrayLength() == 0;
        if (isEmpty && block.TryGetProperty("is_error", out var isError) && isError.ValueKind == JsonValueKind.True) throw new Refusal($"{place}: content cannot be empty if `is_error` is true");
        if (content.ValueKind == JsonValueKind.Array)
        {
            foreach (var (at, part) in content.EnumerateArray().Index())
            {
                if (part.GetProperty("type").GetString() is not ("text" or "image" or "document" or "search_result")) throw new Refusal($"{place}.content.{at}: Input tag not permitted in tool_result");
                CheckBlock(part, $"{place}.content.{at}", "user");
            }
        }
        CheckMark(block, place);
        return Required(block, "tool_use_id", JsonValueKind.String, place).GetString()!;
    }

    private void CheckMark(JsonElement block, string place)
    {
        if (!block.TryGetProperty("cache_control", out var mark)) return;
        Known(mark, $"{place}.cache_control", "type", "ttl");
        OneOf(mark, $"{place}.cache_control", "type", "ephemeral");
        _breakpoints++;
    }

    private static void NotBlank(string text, string place)
    {
        if (text.Length == 0) throw new Refusal($"{place}: text content blocks must be non-empty");
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal($"{place}: text content blocks must contain non-whitespace text");
    }

    private static void Known(JsonElement value, string place, params ReadOnlySpan<string> fields)
    {
        foreach (var field in value.EnumerateObject())
            if (!fields.Contains(field.Name)) throw new Refusal($"{(place.Length > 0 ? place + "." : "")}{field.Name}: {NotPermitted}");
    }

    private static JsonElement Required(JsonElement value, string field, JsonValueKind kind, string place = "")
    {
        var name = $"{(place.Length > 0 ? place + "." : "")}{field}";
        if (!value.TryGetProperty(field, out var found)) throw new Refusal($"{name}: Field required");
        return kind == JsonValueKind.Undefined || found.ValueKind == kind ? found : throw new Refusal($"{name}: Input should be a valid {kind.ToString().ToLowerInvariant()}");
    }

    private static void OneOf(JsonElement value, string place, string field, params string[] words)
    {
        if (!words.Contains(Required(value, field, JsonValueKind.String, place).GetString())) throw new Refusal($"{(place.Length > 0 ? place + "." : "")}{field}: Input should be {string.Join(" or ", words.Select(static w => $"'{w}'"))}");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,128}$")]
    private static partial Regex ToolName();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex CallId();

    private sealed class Refusal(string message) : Exception(message);
}
