namespace Reverie.Inference;

/// <summary>What is known about a model.</summary>
public sealed record ModelInfo
{
    /// <summary>The id agents name.</summary>
    public required string Id { get; init; }

    /// <summary>Other ids that mean the same model.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who runs it.</summary>
    public required ModelProviderKind Provider { get; init; }

    /// <summary>For people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Tokens of input and output together; null when not known, and then only the provider tells when it is full.</summary>
    public int? ContextWindowTokens { get; init; }

    /// <summary>Tokens a response may have; null when not known.</summary>
    public int? OutputTokensMax { get; init; }

    /// <summary>The list price; null when it has none here, which a session's budget must treat as reached.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>The levels of effort it takes, lowest first; empty when it takes none.</summary>
    public IReadOnlyList<string> Efforts { get; init; } = [];

    /// <summary>The effort of agents that name none; null when it takes none.</summary>
    public string? DefaultEffort { get; init; }

    /// <summary>True when it takes the speed <c>fast</c>.</summary>
    public bool HasFastSpeed { get; init; }

    /// <summary>True when it takes an inference geography.</summary>
    public bool HasInferenceGeo { get; init; }

    /// <summary>True when it sees pictures.</summary>
    public bool HasImageInput { get; init; }

    /// <summary>True when it reads PDF.</summary>
    public bool HasPdfInput { get; init; }

    /// <summary>True when it takes <see cref="ModelRole.System"/> messages.</summary>
    public bool HasMidConversationSystem { get; init; }

    /// <summary><c>active</c>, <c>deprecated</c> or <c>retired</c>.</summary>
    public string Lifecycle { get; init; } = "active";

    /// <summary><c>haiku</c>, <c>sonnet</c>, <c>opus</c>, <c>fable</c> or <c>mythos</c>; null for others.</summary>
    public string? Line { get; init; }

    /// <summary>When it came out; the epoch's begin when not known.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UnixEpoch;
}

/// <summary>List price in US dollars per million tokens.</summary>
/// <param name="Input">Input that no cache holds.</param>
/// <param name="Output">Output, thinking included.</param>
/// <param name="CacheRead">Input read from the cache.</param>
/// <param name="CacheWrite5m">Input written to the cache for five minutes.</param>
/// <param name="CacheWrite1h">Input written to the cache for an hour.</param>
public sealed record ModelPrice(decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite5m, decimal CacheWrite1h)
{
    private const decimal Million = 1_000_000;

    /// <summary>US dollars, exact.</summary>
    public decimal CostOf(ModelUsage usage) =>
        (usage.InputTokens * Input + usage.OutputTokens * Output + usage.CacheReadInputTokens * CacheRead
            + usage.CacheCreation5mInputTokens * CacheWrite5m + usage.CacheCreation1hInputTokens * CacheWrite1h) / Million;
}

/// <summary>Who runs a model.</summary>
public enum ModelProviderKind
{
    /// <summary>The Anthropic Messages API.</summary>
    Anthropic,

    /// <summary>An endpoint of OpenAI-compatible chat completions.</summary>
    OpenAi,

    /// <summary>Built in: the notice that no model is configured.</summary>
    Local,

    /// <summary>Built in: follows the script in the agent's system prompt.</summary>
    Scripted,

    /// <summary>What an embedding program brought.</summary>
    Embedded,
}
