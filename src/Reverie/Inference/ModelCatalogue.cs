namespace Reverie.Inference;

/// <summary>What is publicly documented about the models the contract names, as of November 2026, and the built-in ones.</summary>
internal static class ModelCatalogue
{
    private static readonly string[] UpToHigh = ["low", "medium", "high"];
    private static readonly string[] UpToMax = ["low", "medium", "high", "max"];
    private static readonly IReadOnlyList<string> AllEfforts = ModelWords.Efforts;

    private static readonly ModelPrice FivePerMillion = new(5, 25, 0.5m, 6.25m, 10);
    private static readonly ModelPrice ThreePerMillion = new(3, 15, 0.3m, 3.75m, 6);

    public static IReadOnlyList<ModelInfo> Claude { get; } =
    [
        Current("claude-fable-5-2", "Claude Fable 5.2", "fable", new(8, 40, 0.2m, 10, 16), new(2026, 11, 9)) with { HasFastSpeed = true },
        Current("claude-haiku-5-5", "Claude Haiku 5.5", "haiku", new(0.1m, 0.5m, 0.01m, 0.125m, 0.2m)
        {
            LongPromptTokens = 100_000,
            LongPrompt = new(0.5m, 2.5m, 0.05m, 0.625m, 1),
        }, new(2026, 10, 7)) with { DefaultEffort = "medium" },
        Current("claude-sonnet-5-5", "Claude Sonnet 5.5", "sonnet", new(2, 10, 0.1m, 2.5m, 4), new(2026, 9, 29)),
        Current("claude-opus-5-5", "Claude Opus 5.5", "opus", new(4, 20, 0.2m, 5, 8), new(2026, 9, 23)) with { DefaultEffort = "medium", HasFastSpeed = true, FastPriceFactor = 2 },
        Current("claude-fable-5-1", "Claude Fable 5.1", "fable", new(10, 50, 0.25m, 12.5m, 20), null),
        Current("claude-opus-5", "Claude Opus 5", "opus", FivePerMillion, new(2026, 7, 24)) with { HasFastSpeed = true },
        Current("claude-sonnet-5", "Claude Sonnet 5", "sonnet", new(2, 10, 0.2m, 2.5m, 4), new(2026, 6, 30)) with { HasMidConversationSystem = false },
        Current("claude-fable-5", "Claude Fable 5", "fable", new(10, 50, 1, 12.5m, 20), new(2026, 6, 9)),
        Current("claude-opus-4-8", "Claude Opus 4.8", "opus", FivePerMillion, new(2026, 5, 28)),
        Current("claude-opus-4-7", "Claude Opus 4.7", "opus", FivePerMillion, new(2026, 4, 16)) with { HasMidConversationSystem = false },
        Current("claude-opus-4-6", "Claude Opus 4.6", "opus", FivePerMillion, new(2026, 2, 5)) with { HasMidConversationSystem = false, Efforts = UpToMax },
        Current("claude-sonnet-4-6", "Claude Sonnet 4.6", "sonnet", ThreePerMillion, new(2026, 2, 17)) with { HasMidConversationSystem = false, Efforts = UpToMax, OutputTokensMax = 64_000 },
        Earlier("claude-opus-4-5-20251101", "Claude Opus 4.5", "opus", FivePerMillion, new(2025, 11, 24)) with { Efforts = UpToHigh, DefaultEffort = "high" },
        Earlier("claude-haiku-4-5-20251001", "Claude Haiku 4.5", "haiku", new(1, 5, 0.1m, 1.25m, 2), new(2025, 10, 15)),
        Earlier("claude-sonnet-4-5-20250929", "Claude Sonnet 4.5", "sonnet", ThreePerMillion, new(2025, 9, 29)),
    ];

    public static ModelInfo Local { get; } = new()
    {
        Id = ModelWords.LocalModel,
        Provider = ModelProviderKind.Local,
        DisplayName = "No model: a notice",
        Price = new(0, 0, 0, 0, 0),
        HasImageInput = true,
        HasPdfInput = true,
        HasMidConversationSystem = true,
    };

    /// <summary>A price of its own, so that budgets can be tried without a model.</summary>
    public static ModelInfo Scripted { get; } = new()
    {
        Id = ModelWords.ScriptedModel,
        Provider = ModelProviderKind.Scripted,
        DisplayName = "Follows the script in the agent's system prompt",
        ContextWindowTokens = 200_000,
        OutputTokensMax = 64_000,
        Price = new(1, 5, 0.1m, 1.25m, 2),
        Efforts = AllEfforts,
        DefaultEffort = "high",
        HasFastSpeed = true,
        FastPriceFactor = 2,
        HasInferenceGeo = true,
        HasImageInput = true,
        HasPdfInput = true,
        HasMidConversationSystem = true,
    };

    /// <summary>What is assumed of an OpenAI-compatible model nothing is known about.</summary>
    public static ModelInfo OpenAi(string id) => new()
    {
        Id = id,
        Provider = ModelProviderKind.OpenAi,
        DisplayName = id[ModelWords.OpenAiPrefix.Length..],
        ContextWindowTokens = 128_000,
        Efforts = UpToHigh,
        HasStructuredOutput = true,
        HasImageInput = true,
        HasMidConversationSystem = true,
    };

    /// <summary>What is assumed of a Claude model the operator adds.</summary>
    public static ModelInfo AddedClaude(string id) => new()
    {
        Id = id,
        Provider = ModelProviderKind.Anthropic,
        DisplayName = id,
        HasImageInput = true,
        HasPdfInput = true,
    };

    private static ModelInfo Current(string id, string name, string line, ModelPrice price, DateOnly? released) => AddedClaude(id) with
    {
        DisplayName = name,
        Line = line,
        Price = price,
        CreatedAt = At(released),
        ContextWindowTokens = 1_000_000,
        HasStructuredOutput = true,
        OutputTokensMax = 128_000,
        Efforts = AllEfforts,
        DefaultEffort = "high",
        HasAdaptiveThinking = true,
        HasInferenceGeo = true,
        HasMidConversationSystem = true,
    };

    /// <summary>Models with a dated id, which is also known without its date.</summary>
    private static ModelInfo Earlier(string id, string name, string line, ModelPrice price, DateOnly released) => AddedClaude(id) with
    {
        Aliases = [id[..id.LastIndexOf('-')]],
        DisplayName = name,
        Line = line,
        Price = price,
        CreatedAt = At(released),
        HasStructuredOutput = true,
        ContextWindowTokens = 200_000,
        OutputTokensMax = 64_000,
    };

    private static DateTimeOffset At(DateOnly? released) => released is { } day ? new(day, TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
}
