using Reverie.Inference;
using Reverie.Inference.Embedding;

namespace Reverie.Tests.Inference;

public sealed class ModelRegistryTests : IDisposable
{
    private static readonly InferenceOptions Both = new() { AnthropicApiKey = "key", OpenAiBaseUrl = new Uri("http://127.0.0.1:1/v1") };

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("claude-opus-5", "ANTHROPIC_API_KEY")]
    [InlineData("openai/qwen3", "OPENAI_BASE_URL")]
    [InlineData("claude-nobody-9", "not known")]
    [InlineData("gpt-4", "reverie/local")]
    [InlineData("openai/", "not known")]
    [InlineData("", "not known")]
    public void A_model_that_cannot_be_asked_says_what_to_set(string model, string expected)
    {
        var registry = new ModelRegistry(new InferenceOptions(), TimeProvider.System);

        Assert.Contains(expected, Assert.IsType<ModelUnavailable>(registry.Find(model)).Reason);
    }

    [Theory]
    [InlineData("claude-opus-5", true)]
    [InlineData("openai/qwen3", true)]
    [InlineData("claude-nobody-9", false)]
    [InlineData("gpt-4", false)]
    public void An_agent_may_name_a_known_model_that_has_no_key_yet(string model, bool isTaken)
    {
        var problems = new ModelRegistry(new InferenceOptions(), TimeProvider.System).Check(model, null, null, null, null);

        Assert.Equal(isTaken ? [] : ["model"], problems.Select(static p => p.Field));
    }

    [Fact]
    public void Without_a_key_the_built_in_models_are_there()
    {
        Assert.Equal([ModelWords.LocalModel, ModelWords.ScriptedModel], new ModelRegistry(new InferenceOptions(), TimeProvider.System).Models.Select(static m => m.Id));
    }

    [Theory]
    [InlineData("claude-fable-5-2", "claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5", "claude-fable-5-1", "claude-sonnet-5", "claude-fable-5", "claude-opus-5", "claude-opus-4-8", "claude-opus-4-7", "claude-opus-4-6",
        "claude-sonnet-4-6", "claude-haiku-4-5", "claude-haiku-4-5-20251001", "claude-opus-4-5", "claude-opus-4-5-20251101", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "openai/any/thing:7b")]
    public void The_contracts_names_are_known(params string[] models)
    {
        var registry = new ModelRegistry(Both, TimeProvider.System);

        Assert.All(models, model => Assert.Empty(registry.Check(model, null, null, null, null)));
    }

    [Theory]
    [InlineData("claude-opus-4-6", "xhigh", null, null, "model.effort")]
    [InlineData("claude-haiku-4-5", "low", null, null, "model.effort")]
    [InlineData("claude-opus-5", "most", null, null, "model.effort")]
    [InlineData("claude-sonnet-5-5", null, "fast", null, "model.speed")]
    [InlineData("claude-opus-5-5", null, "slow", null, "model.speed")]
    [InlineData("claude-opus-4-5", null, null, "us", "model.inference_geo")]
    [InlineData("claude-opus-5", null, null, "eu", "model.inference_geo")]
    public void What_a_model_cannot_do_is_told_by_field(string model, string? effort, string? speed, string? geo, string field)
    {
        Assert.Equal(field, Assert.Single(new ModelRegistry(Both, TimeProvider.System).Check(model, effort, speed, geo, null)).Field);
    }

    [Fact]
    public void The_operators_file_adds_and_corrects()
    {
        File.WriteAllText(_temporary["models.json"], """
            {"models": [
              {"id": "claude-next", "context_window_tokens": 2000000, "efforts": ["low", "high"], "default_effort": "low"},
              {"id": "openai/qwen3", "context_window_tokens": 32768, "image_input": false, "structured_output": false, "price": {"input": 0.5, "output": 2}},
              {"id": "house-model", "provider": "openai", "upstream_id": "org/model", "lifecycle": "deprecated"},
              {"id": "claude-opus-5", "price": {"input": 1, "output": 2, "cache_read": 0.1, "cache_write_5m": 1.5, "cache_write_1h": 2}}
            ]}
            """);

        var registry = new ModelRegistry(Both with { ModelsFile = _temporary["models.json"] }, TimeProvider.System);

        Assert.Equal("low", Info("claude-next").DefaultEffort);
        Assert.Equal((32768, false, 0.5m), (Info("openai/qwen3").ContextWindowTokens, Info("openai/qwen3").HasImageInput, Info("openai/qwen3").Price!.CacheRead));
        Assert.Equal((false, true, false), (Info("openai/qwen3").HasStructuredOutput, Info("claude-opus-5").HasStructuredOutput, Info("claude-next").HasStructuredOutput));
        Assert.Equal("deprecated", Info("house-model").Lifecycle);
        Assert.Equal((1m, 1_000_000), (Info("claude-opus-5").Price!.Input, Info("claude-opus-5").ContextWindowTokens));

        ModelInfo Info(string id) => Assert.IsType<ModelFound>(registry.Find(id)).Info;
    }

    [Theory]
    [InlineData("[]", "line 1")]
    [InlineData("""{"models": [{"name": "x"}]}""", "models[0]")]
    [InlineData("""{"models": [{"id": "x"}]}""", "models[0].provider")]
    [InlineData("""{"models": [{"id": "x", "provider": "other"}]}""", "models[0].provider")]
    [InlineData("""{"models": [{"id": "claude-x", "efforts": ["much"]}]}""", "models[0].efforts")]
    [InlineData("""{"models": [{"id": "claude-x", "price": {"input": -1, "output": 1}}]}""", "models[0].price")]
    [InlineData("""{"models": [{"id": "reverie/local"}]}""", "models[0].id")]
    public void A_wrong_file_is_told_by_field(string json, string expected)
    {
        File.WriteAllText(_temporary["models.json"], json);

        var error = Assert.Throws<ModelsFileException>(() => new ModelRegistry(Both with { ModelsFile = _temporary["models.json"] }, TimeProvider.System));

        Assert.Contains(expected, error.Message);
        Assert.Contains("models.json", error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        Assert.Contains("nowhere.json", Assert.Throws<ModelsFileException>(() => new ModelRegistry(Both with { ModelsFile = _temporary["nowhere.json"] }, TimeProvider.System)).Message);
    }

    [Fact]
    public void What_a_program_brings_wins()
    {
        var info = new ModelInfo { Id = "claude-opus-5", Provider = ModelProviderKind.Embedded, DisplayName = "mine" };
        using var client = new EchoClient();
        var provider = new ChatClientProvider(client);

        Assert.Same(provider, Assert.IsType<ModelFound>(new ModelRegistry(new InferenceOptions { Embedded = [new EmbeddedModel(info, provider)] }, TimeProvider.System).Find(info.Id)).Provider);
    }

    [Theory]
    [InlineData(100_000, 0, 0.06)]
    [InlineData(90_000, 10_001, 0.29550005)]
    public void Long_prompts_cost_what_they_cost(long input, long read, double dollars)
    {
        var info = Assert.IsType<ModelFound>(new ModelRegistry(Both, TimeProvider.System).Find("claude-haiku-5-5")).Info;

        Assert.Equal((decimal)dollars, info.CostOf(new ModelUsage { InputTokens = input, CacheReadInputTokens = read, OutputTokens = 100_000 }, null, null));
    }

    [Fact]
    public void Speed_and_geography_change_the_price()
    {
        var registry = new ModelRegistry(Both, TimeProvider.System);
        var million = new ModelUsage { InputTokens = 1_000_000 };

        Assert.Equal(8.8m, Assert.IsType<ModelFound>(registry.Find("claude-opus-5-5")).Info.CostOf(million, "fast", "us"));
        Assert.Null(Assert.IsType<ModelFound>(registry.Find("claude-opus-5")).Info.CostOf(million, "fast", null));
        Assert.Null(Assert.IsType<ModelFound>(registry.Find("openai/x")).Info.CostOf(million, null, null));
    }
}
