using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reverie.Inference.Embedding;

/// <summary>
/// Any <see cref="IChatClient"/> as a provider, for programs that embed the engine. Its exceptions count as retryable when
/// they come from the network, and as final otherwise, unless it throws <see cref="ModelException"/> itself.
/// </summary>
public sealed class ChatClientProvider(IChatClient client) : IModelProvider
{
    private const string Who = "The embedded chat client";

    /// <inheritdoc />
    public async IAsyncEnumerable<ModelUpdate> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var builder = new ResponseBuilder(request);
        var usage = ModelUsage.None;
        ChatFinishReason? finish = null;
        var calls = 0;
        await using var updates = client.GetStreamingResponseAsync(ChatClientRequest.Messages(request), ChatClientRequest.Options(request), cancellationToken).GetAsyncEnumerator(cancellationToken);
        yield return new MessageStarted(usage);
        while (await NextAsync(updates))
        {
            finish = updates.Current.FinishReason ?? finish;
            foreach (var content in updates.Current.Contents)
            {
                if (content is UsageContent { Details: var details }) usage = Usage(details);
                else Add(builder, content, ref calls);
            }
            while (builder.TryTake(out var update)) yield return update;
        }
        var reason = finish == ChatFinishReason.Length ? ModelStopReason.MaxTokens
            : finish == ChatFinishReason.ContentFilter ? ModelStopReason.Refusal
            : builder.HasToolUse ? ModelStopReason.ToolUse : ModelStopReason.EndTurn;
        yield return new ModelCompleted(new ModelResponse
        {
            Blocks = builder.Blocks(reason is ModelStopReason.MaxTokens or ModelStopReason.Refusal),
            StopReason = reason,
            Refusal = reason == ModelStopReason.Refusal ? new ModelRefusal(null, null) : null,
            Usage = usage,
        });
    }

    private static void Add(ResponseBuilder builder, AIContent content, ref int calls)
    {
        switch (content)
        {
            case TextContent text:
                builder.AddText(text.Text);
                break;
            case TextReasoningContent thought:
                builder.AddThinking(thought.Text);
                builder.AddSignature(thought.ProtectedData ?? "");
                break;
            case FunctionCallContent call:
                builder.AddToolUse(calls++, call.CallId, call.Name, call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments) : "");
                break;
            case ErrorContent error:
                throw ProviderErrors.Refused(Who, null, error.Message, null, null, null);
        }
    }

    private static ModelUsage Usage(UsageDetails details)
    {
        var input = details.InputTokenCount ?? 0;
        var cached = Math.Clamp(details.CachedInputTokenCount ?? 0, 0, input);
        return new ModelUsage { InputTokens = input - cached, CacheReadInputTokens = cached, OutputTokens = details.OutputTokenCount ?? 0 };
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw ProviderErrors.Unreachable(Who, error, null);
        }
        catch (Exception error) when (error is not (ModelException or OperationCanceledException))
        {
            throw new ModelException(ModelFailure.RequestFailed, $"{Who} failed: {error.Message}", error);
        }
    }
}
