using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reverie.Protocol;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>Writes one session in the interchange format from what a foreign one says.</summary>
#pragma warning disable CA1001 // A writer into memory holds nothing to free.
internal sealed class TranscriptBuilder
#pragma warning restore CA1001
{
    /// <summary>Longest title made from a message, in characters.</summary>
    public const int TitleCharsMax = 120;

    // Text is read by people and written to files, never into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    private readonly ArrayBufferWriter<byte> _events = new();
    private readonly ArrayBufferWriter<byte> _verbatim = new();
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<string, string> _toolUses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mcpUses = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _metadata = [];
    private int _toolCalls;
    private int _toolErrors;

    public TranscriptBuilder()
    {
        _writer = new Utf8JsonWriter(_events, Options);
        _writer.WriteStartArray();
    }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    public required string Agent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Title { get; set; }

    public SessionOutcome? Outcome { get; set; }

    /// <summary>Events written so far.</summary>
    public int EventCount { get; private set; }

    /// <summary>Text of the first message a person wrote; null before there is one.</summary>
    public string? FirstUserText { get; private set; }

    /// <summary>Adds a label; null and empty ones are left out, long ones cut.</summary>
    public void Label(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) _metadata.Add(KeyValuePair.Create(name, Cut(value, MetadataLimits.ValueCharsMax)));
    }

    /// <summary>A message of one text; left out when it is blank.</summary>
    public void Message(string type, string? text, DateTimeOffset? at)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        if (type == "user.message") FirstUserText ??= text;
        Begin(type);
        _writer.WriteStartArray("content");
        Text(text);
        _writer.WriteEndArray();
        End(at);
    }

    /// <summary>A message of foreign blocks; left out when there are none.</summary>
    public void Message(string type, IReadOnlyList<JsonElement> blocks, DateTimeOffset? at)
    {
        if (blocks.Count == 0) return;
        Begin(type);
        _writer.WriteStartArray("content");
        foreach (var block in blocks) Block(block);
        _writer.WriteEndArray();
        End(at);
    }

    /// <summary>An event that says nothing but its type.</summary>
    public void Mark(string type, DateTimeOffset? at)
    {
        Begin(type);
        End(at);
    }

    /// <summary>A failure of the session itself.</summary>
    public void Error(string message, DateTimeOffset? at)
    {
        Begin("session.error");
        _writer.WriteStartObject("error");
        _writer.WriteString("type", "unknown_error");
        _writer.WriteString("message", message);
        _writer.WriteEndObject();
        End(at);
    }

    /// <summary>True when a tool use with this id was written.</summary>
    public bool HasToolUse(string id) => _toolUses.ContainsKey(id);

    /// <summary>
    /// A tool use. An id that occurs again is made unique, since ids must be; results then answer the latest.
    /// <c>mcp__server__tool</c> becomes an MCP use.
    /// </summary>
    public void ToolUse(string? id, string name, JsonElement? input, DateTimeOffset? at)
    {
        _toolCalls++;
        var unique = Unique(id ?? $"tu_{_toolCalls}");
        var mcp = name.Split("__", 3) is ["mcp", { Length: > 0 } server, { Length: > 0 } tool] ? (Server: server, Tool: tool) : default;
        _toolUses[id ?? unique] = unique;
        if (mcp.Tool is not null) _mcpUses.Add(unique);
        Begin(mcp.Tool is null ? "agent.tool_use" : "agent.mcp_tool_use");
        _writer.WriteString("id", unique);
        if (mcp.Tool is not null) _writer.WriteString("mcp_server_name", mcp.Server);
        _writer.WriteString("name", mcp.Tool ?? name);
        _writer.WritePropertyName("input");
        if (input is { ValueKind: JsonValueKind.Object } fields) Verbatim(fields);
        else WriteLooseInput(input);
        End(at);
    }

    /// <summary>A tool's answer, also to a use that is not in the file.</summary>
    public void ToolResult(string? toolUseId, JsonElement? content, bool isError, DateTimeOffset? at)
    {
        BeginResult(toolUseId);
        if (content is { ValueKind: JsonValueKind.Array } blocks)
        {
            foreach (var block in blocks.EnumerateArray()) Block(block);
        }
        else if (content is { ValueKind: JsonValueKind.String } text)
        {
            Text(text.GetString()!);
        }
        EndResult(isError, at);
    }

    /// <inheritdoc cref="ToolResult(string?, JsonElement?, bool, DateTimeOffset?)"/>
    public void ToolResult(string? toolUseId, string text, bool isError, DateTimeOffset? at)
    {
        BeginResult(toolUseId);
        Text(text);
        EndResult(isError, at);
    }

    /// <summary>The session as one line of the interchange format, without the line feed.</summary>
    public byte[] Build()
    {
        _writer.WriteEndArray();
        _writer.Flush();
        var line = new ArrayBufferWriter<byte>(_events.WrittenCount + 1024);
        using var writer = new Utf8JsonWriter(line, Options);
        writer.WriteStartObject();
        writer.WriteString("external_id", Cut(ExternalId, SessionTranscript.ExternalIdCharsMax));
        writer.WriteString("source", Source);
        if ((Title ?? FirstUserText) is { } title) writer.WriteString("title", OneLine(title));
        writer.WriteString("agent", Agent);
        writer.WriteString("created_at", Time(CreatedAt));
        Label("tool_calls", $"{_toolCalls}");
        Label("tool_errors", $"{_toolErrors}");
        writer.WriteStartObject("metadata");
        foreach (var (name, value) in _metadata) writer.WriteString(name, value);
        writer.WriteEndObject();
        WriteOutcome(writer);
        writer.WritePropertyName("events");
        writer.WriteRawValue(_events.WrittenSpan, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return line.WrittenSpan.ToArray();
    }

    /// <summary><paramref name="text"/> on one line, cut to the length of a title.</summary>
    public static string OneLine(string text)
    {
        // A title is cut from the front part only, however long the message.
        var front = text.Length <= 4 * TitleCharsMax ? text : text[..(4 * TitleCharsMax)];
        return Cut(string.Join(' ', front.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), TitleCharsMax);
    }

    private string Unique(string id)
    {
        var unique = id;
        for (var copy = 2; !_ids.Add(unique); copy++) unique = $"{id}-{copy}";
        return unique;
    }

    private void Begin(string type)
    {
        EventCount++;
        _writer.WriteStartObject();
        _writer.WriteString("type", type);
    }

    private void End(DateTimeOffset? at)
    {
        if (at is { } time) _writer.WriteString("processed_at", Time(time));
        _writer.WriteEndObject();
    }

    private void BeginResult(string? toolUseId)
    {
        var answered = toolUseId is null ? "" : _toolUses.GetValueOrDefault(toolUseId, toolUseId);
        Begin(_mcpUses.Contains(answered) ? "agent.mcp_tool_result" : "agent.tool_result");
        _writer.WriteString("tool_use_id", answered);
        _writer.WriteStartArray("content");
    }

    private void EndResult(bool isError, DateTimeOffset? at)
    {
        if (isError) _toolErrors++;
        _writer.WriteEndArray();
        _writer.WriteBoolean("is_error", isError);
        End(at);
    }

    private void Block(JsonElement block)
    {
        if (block.Text("type") == "text" && block.Text("text") is { } text)
        {
            Text(text);
        }
        else if (block.Text("type") is { } type and ("image" or "document"))
        {
            // Pictures would fill the log with text nobody reads; that there was one is kept.
            _writer.WriteStartObject();
            _writer.WriteString("type", type);
            _writer.WriteStartObject("source");
            _writer.WriteString("type", "omitted");
            if (block.Field("source")?.Text("media_type") is { } media) _writer.WriteString("media_type", media);
            _writer.WriteEndObject();
            _writer.WriteEndObject();
        }
        else if (block.ValueKind == JsonValueKind.Object)
        {
            Verbatim(block);
        }
        else if (block.ValueKind == JsonValueKind.String)
        {
            Text(block.GetString()!);
        }
    }

    private void Text(string text)
    {
        _writer.WriteStartObject();
        _writer.WriteString("type", "text");
        _writer.WriteString("text", text);
        _writer.WriteEndObject();
    }

    private void Verbatim(JsonElement element)
    {
        _verbatim.ResetWrittenCount();
        CompactJson.Write(JsonMarshal.GetRawUtf8Value(element), _verbatim);
        _writer.WriteRawValue(_verbatim.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>Inputs that are text holding JSON, as chat APIs send them, or nothing like an object.</summary>
    private void WriteLooseInput(JsonElement? input)
    {
        if (input is { ValueKind: JsonValueKind.String } text)
        {
            try
            {
                using var parsed = TranscriptJson.Parse(System.Text.Encoding.UTF8.GetBytes(text.GetString()!));
                if (parsed.RootElement.ValueKind == JsonValueKind.Object)
                {
                    Verbatim(parsed.RootElement);
                    return;
                }
            }
            catch (TranscriptFormatException)
            {
                // A model that wrote broken arguments is worth seeing as it was.
            }
        }
        _writer.WriteStartObject();
        if (input is { ValueKind: not JsonValueKind.Null } other)
        {
            _writer.WritePropertyName("arguments");
            Verbatim(other);
        }
        _writer.WriteEndObject();
    }

    private void WriteOutcome(Utf8JsonWriter writer)
    {
        if (Outcome is not { } outcome) return;
        writer.WriteStartObject("outcome");
        writer.WriteString("result", outcome.Satisfied ? "satisfied" : "failed");
        if (outcome.Score is { } score) writer.WriteNumber("score", score);
        if (outcome.Explanation is { } explanation) writer.WriteString("explanation", explanation);
        writer.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Cut(string text, int charsMax)
    {
        if (text.Length <= charsMax) return text;
        var length = charsMax - 1;
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length] + "…";
    }
}
