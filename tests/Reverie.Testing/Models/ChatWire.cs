using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Reverie.Testing.Models;

/// <summary>Answers of chat completions on the wire, with what servers are known to leave out.</summary>
internal static class ChatWire
{
    private const int BytesPerToken = 4;

    public static Task RefuseAsync(HttpContext http, FakeError error)
    {
        http.Response.StatusCode = error.Status;
        http.Response.Headers["x-request-id"] = "req_fake";
        if (error.RetryAfter is { } after) http.Response.Headers.RetryAfter = after;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Envelope(error));
    }

    public static async Task AnswerAsync(HttpContext http, FakeAnswer answer, JsonElement request)
    {
        if (answer.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(answer.DelayMs), TimeProvider.System, http.RequestAborted);
        if (answer is { Error: { } error, ErrorAfterEvents: null })
        {
            await RefuseAsync(http, error);
            return;
        }
        http.Response.ContentType = "text/event-stream";
        var stream = new EventStream(http, answer);
        foreach (var data in Chunks(answer, request))
            if (!await stream.SendAsync(null, data, static e => (null, Envelope(e)))) return;
    }

    private static IEnumerable<string> Chunks(FakeAnswer answer, JsonElement request)
    {
        var model = request.GetProperty("model").GetString()!;
        yield return Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" });
        var calls = 0;
        foreach (var block in answer.Blocks)
        {
            switch (block.GetProperty("type").GetString())
            {
                case "thinking":
                    foreach (var piece in EventStream.Pieces(block.GetProperty("thinking").GetString()!, answer.ChunkChars)) yield return Chunk(new JsonObject { ["reasoning_content"] = piece });
                    break;
                case "text":
                    foreach (var piece in EventStream.Pieces(block.GetProperty("text").GetString()!, answer.ChunkChars)) yield return Chunk(new JsonObject { ["content"] = piece });
                    break;
                case "refusal":
                    yield return Chunk(new JsonObject { ["refusal"] = block.GetProperty("refusal").GetString() });
                    break;
                case "tool_use":
                    foreach (var delta in Call(answer, block, calls++)) yield return Chunk(delta);
                    break;
            }
        }
        if (!Has("no_finish")) yield return Chunk([], Finish());
        if (!Has("no_usage")) yield return new JsonObject { ["id"] = "chatcmpl-fake", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = model, ["choices"] = new JsonArray(), ["usage"] = Usage() }.ToJsonString();
        if (!Has("no_done")) yield return "[DONE]";

        bool Has(string quirk) => answer.Quirks.Contains(quirk);

        string Finish() => answer.StopReason switch
        {
            "max_tokens" => "length",
            "refusal" => "content_filter",
            _ => calls > 0 && !Has("stop_for_tools") ? "tool_calls" : "stop",
        };

        JsonNode Usage() => answer.Usage is { } usage ? JsonNode.Parse(usage.GetRawText())! : new JsonObject
        {
            ["prompt_tokens"] = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(request, PromptCache.Plain)) / BytesPerToken,
            ["completion_tokens"] = answer.Blocks.Sum(static b => JsonSerializer.Serialize(b, PromptCache.Plain).Length) / BytesPerToken + 1,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
        };

        string Chunk(JsonObject delta, string? finish = null) => new JsonObject
        {
            ["id"] = "chatcmpl-fake",
            ["object"] = "chat.completion.chunk",
            ["created"] = 1,
            ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
        }.ToJsonString();
    }

    private static IEnumerable<JsonObject> Call(FakeAnswer answer, JsonElement block, int index)
    {
        var input = block.GetProperty("input");
        var json = input.ValueKind == JsonValueKind.String ? input.GetString()! : input.GetRawText();
        var isWhole = answer.Quirks.Contains("whole_arguments");
        yield return Piece(isWhole ? json : "", isFirst: true);
        if (isWhole) yield break;
        foreach (var piece in EventStream.Pieces(json, answer.ChunkChars)) yield return Piece(piece, isFirst: false);

        JsonObject Piece(string arguments, bool isFirst)
        {
            var call = new JsonObject { ["function"] = new JsonObject { ["arguments"] = arguments } };
            if (!answer.Quirks.Contains("no_index")) call["index"] = index;
            if (isFirst)
            {
                call["type"] = "function";
                call["function"]!["name"] = block.GetProperty("name").GetString();
                if (!answer.Quirks.Contains("no_ids")) call["id"] = answer.Quirks.Contains("same_ids") ? "call_0" : block.GetProperty("id").GetString();
            }
            return new JsonObject { ["tool_calls"] = new JsonArray(call) };
        }
    }

    private static string Envelope(FakeError error) => JsonSerializer.Serialize(new { error = new { message = error.Message, type = "invalid_request_error", param = (string?)null, code = error.Type } });
}
