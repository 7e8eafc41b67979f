using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Reverie.Inference.ChatCompletions;

/// <summary>
/// One model behind an endpoint of OpenAI-compatible chat completions. The package carries requests and answers; what they
/// hold is written and read here, because servers differ from the service the package's types are strict about.
/// </summary>
internal sealed class ChatCompletionsProvider(ChatCompletionsClient client, ModelInfo info) : IModelProvider
{
    private const string Who = "The OpenAI-compatible endpoint";
    private const string EndOfStream = "[DONE]";

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = BinaryData.FromBytes(ChatCompletionsRequest.Write(request, info, client.IsPublicService));
        var builder = new ResponseBuilder(request);
        var reading = new ChatCompletionsReading(builder);
        await using var events = SilenceGuard.WatchAsync(Who, token => EventsAsync(body, token), client.SilenceMax, client.Clock, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasStarted = false;
        while (await NextAsync(events))
        {
            if (!hasStarted) yield return new MessageStarted(ModelUsage.None);
            hasStarted = true;
            var data = events.Current;
            if (data == EndOfStream)
            {
                reading.End();
                break;
            }
            Read(reading, data);
            while (builder.TryTake(out var update)) yield return update;
        }
        yield return new ModelCompleted(reading.Response() ?? throw ProviderErrors.BrokenOff(Who));
    }

    private async IAsyncEnumerable<string> EventsAsync(BinaryData body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new RequestOptions { BufferResponse = false, CancellationToken = cancellationToken };
        var result = await client.Chat(info).CompleteChatAsync(BinaryContent.Create(body), options);
        using var response = result.GetRawResponse();
        if (response.ContentStream is null) yield break;
        await foreach (var item in SseParser.Create(response.ContentStream).EnumerateAsync(cancellationToken))
            if (item.Data.Length > 0) yield return item.Data;
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<string> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (ClientResultException error) when (error.GetRawResponse() is { } response)
        {
            var retryAfter = ProviderErrors.RetryAfter(name => response.Headers.TryGetValue(name, out var value) ? value : null, client.Clock);
            var requestId = response.Headers.TryGetValue("x-request-id", out var id) ? id : null;
            throw ProviderErrors.Refused(Who, response.Status, await BodyAsync(response), retryAfter, requestId, client.Secret);
        }
        catch (Exception error) when (error is ClientResultException or HttpRequestException or IOException)
        {
            throw ProviderErrors.Unreachable(Who, error, client.Secret);
        }
    }

    private static async Task<string> BodyAsync(PipelineResponse response)
    {
        try
        {
            return (await response.BufferContentAsync()).ToString();
        }
        catch (Exception error) when (error is IOException or HttpRequestException or InvalidOperationException)
        {
            return "";
        }
    }

    private void Read(ChatCompletionsReading reading, string data)
    {
        try
        {
            using var chunk = JsonDocument.Parse(data);
            if (chunk.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
                throw ProviderErrors.Refused(Who, null, data, null, null, client.Secret);
            reading.Add(chunk.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw ProviderErrors.Unreadable(Who, error.Message, client.Secret);
        }
    }
}
