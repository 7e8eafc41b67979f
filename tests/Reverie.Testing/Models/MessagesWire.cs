using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Reverie.Testing.Models;

/// <summary>Answers of the Messages API on the wire.</summary>
internal static class MessagesWire
{
    private const int BytesPerToken = 4;

    public static Task RefuseAsync(HttpContext http, FakeError error)
    {
        http.Response.StatusCode = error.Status;
        http.Response.Headers["request-id"] = "req_fake";
        if (error.RetryAfter is { } after) http.Response.Headers.RetryAfter = after;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Envelope(error));
    }

    public static async Task AnswerAsync(HttpContext http, FakeAnswer answer, JsonElement request, PromptTokens prompt)
    {
        if (answer.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(answer.DelayMs), TimeProvider.System, http.RequestAborted);
        if (answer is { Error: { } error, ErrorAfterEvents: null })
        {
            await RefuseAsync(http, error);
            return;
        }
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["request-id"] = "req_fake";
        var stream = new EventStream(http, answer);
        foreach (var (name, data) in Events(answer, request, prompt))
            if (!await stream.SendAsync(name, data, static e => ("error", Envelope(e)))) return;
    }

    private static IEnumerable<(string Name, string Data)> Events(FakeAnswer answer, JsonElement request, PromptTokens prompt)
    {
        var output = answer.Blocks.Sum(static b => JsonSerializer.Serialize(b, PromptCache.Plain).Length) / BytesPerToken + 1;
        yield return Event("message_start", new
        {
            type = "message_start",
            message = new
            {
                id = "msg_fake",
                type = "message",
                role = "assistant",
                model = request.GetProperty("model").GetString(),
                content = Array.Empty<object>(),
                stop_reason = (string?)null,
                stop_sequence = (string?)null,
                stop_details = (object?)null,
                usage = Usage(answer, prompt, 1),
            },
        });
        yield return Event("ping", new { type = "ping" });
        foreach (var (index, block) in answer.Blocks.Index())
            foreach (var item in BlockEvents(answer, index, block)) yield return item;
        var reason = answer.StopReason ?? (answer.Blocks.Any(static b => b.GetProperty("type").ValueEquals("tool_use")) ? "tool_use" : "end_turn");
        yield return Event("message_delta", new
        {
            type = "message_delta",
            delta = new { stop_reason = reason, stop_sequence = (string?)null, stop_details = answer.StopDetails },
            usage = Usage(answer, prompt, output),
        });
        yield return Event("message_stop", new { type = "message_stop" });
    }

    private static IEnumerable<(string Name, string Data)> BlockEvents(FakeAnswer answer, int index, JsonElement block)
    {
        switch (block.GetProperty("type").GetString())
        {
            case "text":
                yield return Start(new { type = "text", text = "" });
                foreach (var piece in EventStream.Pieces(Text("text"), answer.ChunkChars)) yield return Delta(new { type = "text_delta", text = piece });
                break;
            case "thinking":
                yield return Start(new { type = "thinking", thinking = "", signature = "" });
                foreach (var piece in EventStream.Pieces(Text("thinking"), answer.ChunkChars)) yield return Delta(new { type = "thinking_delta", thinking = piece });
                yield return Delta(new { type = "signature_delta", signature = Text("signature") });
                break;
            case "tool_use":
                yield return Start(new { type = "tool_use", id = Text("id"), name = Text("name"), input = new { } });
                yield return Delta(new { type = "input_json_delta", partial_json = "" });
                // What a test gives as a text goes out as it is: a call that was cut off is no JSON.
                var input = block.GetProperty("input");
                var json = input.ValueKind == JsonValueKind.String ? input.GetString()! : input.GetRawText();
                foreach (var piece in EventStream.Pieces(json, answer.ChunkChars)) yield return Delta(new { type = "input_json_delta", partial_json = piece });
                break;
            default:
                yield return Start(block);
                break;
        }
        yield return Event("content_block_stop", new { type = "content_block_stop", index });

        string Text(string name) => block.GetProperty(name).GetString()!;

        (string, string) Start(object content) => Event("content_block_start", new { type = "content_block_start", index, content_block = content });

        (string, string) Delta(object delta) => Event("content_block_delta", new { type = "content_block_delta", index, delta });
    }

    private static JsonElement Usage(FakeAnswer answer, PromptTokens prompt, int output) => answer.Usage ?? JsonSerializer.SerializeToElement(new
    {
        input_tokens = prompt.Input,
        output_tokens = output,
        cache_read_input_tokens = prompt.Read,
        cache_creation_input_tokens = prompt.Written,
        cache_creation = new { ephemeral_5m_input_tokens = prompt.Written, ephemeral_1h_input_tokens = 0 },
    });

    private static (string, string) Event(string name, object data) => (name, JsonSerializer.Serialize(data));

    private static string Envelope(FakeError error) => JsonSerializer.Serialize(new { type = "error", error = new { type = error.Type, message = error.Message }, request_id = "req_fake" });
}
