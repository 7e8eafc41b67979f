using System.Runtime.CompilerServices;
using System.Text.Json;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace Reverie.Inference.Messages;

/// <summary>One model behind the Anthropic Messages API.</summary>
internal sealed class MessagesProvider(MessagesClient client, ModelInfo info) : IModelProvider
{
    private const string Who = "The Anthropic Messages API";

    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var notes = client.BeginNotes();
        var parameters = MessagesRequest.From(request, info);
        var reading = new MessagesReading(new ResponseBuilder(request));
        await using var events = SilenceGuard.WatchAsync(Who, token => client.Api.Messages.CreateStreaming(parameters, token), client.SilenceMax, client.Clock, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(events, notes))
        {
            Read(reading, events.Current);
            while (reading.TryTake(out var update)) yield return update;
            if (reading.Response is { } response)
            {
                yield return new ModelCompleted(response);
                yield break;
            }
        }
        throw ProviderErrors.BrokenOff(Who);
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<RawMessageStreamEvent> events, ResponseNotes notes)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (AnthropicApiException error)
        {
            throw ProviderErrors.Refused(Who, (int)error.StatusCode, error.ResponseBody, notes.RetryAfter, error.RequestID, client.Secret);
        }
        catch (AnthropicSseException error)
        {
            throw ProviderErrors.Refused(Who, null, error.Body.ValueKind == JsonValueKind.Undefined ? error.Message : error.Body.GetRawText(), notes.RetryAfter, null, client.Secret);
        }
        catch (Exception error) when (error is AnthropicIOException or HttpRequestException or IOException)
        {
            throw ProviderErrors.Unreachable(Who, error, client.Secret);
        }
        catch (Exception error) when (error is AnthropicException or JsonException)
        {
            throw ProviderErrors.Unreadable(Who, error.Message, client.Secret);
        }
    }

    private void Read(MessagesReading reading, RawMessageStreamEvent item)
    {
        try
        {
            reading.Add(item);
        }
        catch (Exception error) when (error is AnthropicException or JsonException or InvalidOperationException)
        {
            throw ProviderErrors.Unreadable(Who, error.Message, client.Secret);
        }
    }
}
