using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Reverie.Inference;
using Reverie.Inference.Embedding;
using static Reverie.Tests.Inference.Asking;

namespace Reverie.Tests.Inference;

public sealed class ChatClientProviderTests
{
    [Fact]
    public async Task An_embedded_client_is_a_provider_like_any_other()
    {
        using var client = new EchoClient();
        var provider = new ChatClientProvider(client);

        var response = Whole(await UpdatesAsync(provider, Request("mine", User(new TextBlock("hello"), new ImageBlock(new Base64Source("image/png", "AQID"))),
            Assistant(new ThinkingBlock("t", "s"), new ToolUseBlock("a", "bash", """{"x":1}""")), User(Result("a", "done"))) with
        { System = "system", Tools = [new ModelTool("bash", "runs", Schema)], Effort = "high" }));

        Assert.Equal([new ThinkingBlock("hm", "sig"), new TextBlock("user,assistant,tool system bash"), new ToolUseBlock("call_1", "bash", """{"command":"ls"}""")], response.Blocks);
        Assert.Equal(ModelStopReason.ToolUse, response.StopReason);
        Assert.Equal(new ModelUsage { InputTokens = 4, CacheReadInputTokens = 6, OutputTokens = 3 }, response.Usage);
    }

    [Fact]
    public async Task Its_network_failures_are_retryable()
    {
        using var client = new EchoClient { Failure = new HttpRequestException("down") };

        Assert.True((await Assert.ThrowsAsync<ModelException>(() => UpdatesAsync(new ChatClientProvider(client), Request("mine", User("hello"))))).IsRetryable);
    }
}

/// <summary>Says what it was asked.</summary>
internal sealed class EchoClient : IChatClient
{
    public Exception? Failure { get; init; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        if (Failure is not null) throw Failure;
        var said = $"{string.Join(',', messages.Select(static m => m.Role.Value))} {options!.Instructions} {string.Join(',', options.Tools!.Select(static t => t.Name))}";
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("hm") { ProtectedData = "sig" }]);
        foreach (var letter in said) yield return new ChatResponseUpdate(ChatRole.Assistant, $"{letter}");
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("call_1", "bash", new Dictionary<string, object?> { ["command"] = "ls" })]);
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 10, CachedInputTokenCount = 6, OutputTokenCount = 3 })]) { FinishReason = ChatFinishReason.ToolCalls };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
