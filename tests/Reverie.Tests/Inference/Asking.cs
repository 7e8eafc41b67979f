using Reverie.Inference;
using Reverie.Testing.Models;

namespace Reverie.Tests.Inference;

/// <summary>A registry that reaches the fake service, and requests to it.</summary>
internal static class Asking
{
    public const string Claude = "claude-opus-4-8";
    public const string OpenAi = "openai/some-model";
    public const string Schema = """{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]}""";

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ModelRegistry Registry(FakeModelServer server, TimeSpan? silence = null, string? key = null) => new(new InferenceOptions
    {
        AnthropicApiKey = key ?? server.Key,
        AnthropicBaseUrl = new Uri(server.Url),
        OpenAiApiKey = key ?? server.Key,
        OpenAiBaseUrl = new Uri(server.Url + "/v1"),
        SilenceMax = silence ?? TimeSpan.FromMinutes(1),
    }, TimeProvider.System);

    /// <summary>A registry whose providers are at an address nobody listens at.</summary>
    public static ModelRegistry RegistryOf(string url) => new(new InferenceOptions { AnthropicApiKey = "none", AnthropicBaseUrl = new Uri(url), OpenAiApiKey = "none", OpenAiBaseUrl = new Uri(url + "/v1") }, TimeProvider.System);

    public static IModelProvider Provider(ModelRegistry registry, string model) => Assert.IsType<ModelFound>(registry.Find(model)).Provider;

    public static ModelRequest Request(string model, params ModelMessage[] messages) => new() { Model = model, Messages = messages };

    public static ModelMessage User(params ModelBlock[] blocks) => new(ModelRole.User, blocks);

    public static ModelMessage User(string text) => User(new TextBlock(text));

    public static ModelMessage Assistant(params ModelBlock[] blocks) => new(ModelRole.Assistant, blocks);

    public static ToolResultBlock Result(string id, string text) => new(id, [new TextBlock(text)], IsError: false);

    public static async Task<List<ModelUpdate>> UpdatesAsync(IModelProvider provider, ModelRequest request)
    {
        var updates = new List<ModelUpdate>();
        await foreach (var update in provider.StreamAsync(request, Token)) updates.Add(update);
        return updates;
    }

    public static async Task<ModelResponse> AskAsync(FakeModelServer server, ModelRequest request) => Whole(await UpdatesAsync(Provider(Registry(server), request.Model), request));

    /// <summary>The response, after checking that the updates tell the same.</summary>
    public static ModelResponse Whole(List<ModelUpdate> updates)
    {
        var response = Assert.IsType<ModelCompleted>(updates[^1]).Response;
        Assert.Single(updates.OfType<ModelCompleted>());
        Assert.IsType<MessageStarted>(updates[0]);
        foreach (var (index, block) in response.Blocks.Index())
        {
            var told = string.Concat(updates.OfType<TextDelta>().Where(d => d.Index == index).Select(d => d.Text));
            Assert.Equal((block as TextBlock)?.Text ?? "", told);
            Assert.Equal(block is TextBlock, updates.Contains(new TextStarted(index)));
            Assert.Equal(block is ThinkingBlock or RedactedThinkingBlock, updates.Contains(new ThinkingStarted(index)));
        }
        return response;
    }

    public static Task<ModelException> FailsAsync(FakeModelServer server, ModelRequest request) => Assert.ThrowsAsync<ModelException>(() => AskAsync(server, request));
}
