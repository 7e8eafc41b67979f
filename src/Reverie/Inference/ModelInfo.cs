namespace Reverie.Inference;

/// <summary>What is known about a model.</summary>
public sealed record ModelInfo
{
    /// <summary>The id agents name.</summary>
    public required string Id { get; init; }

    /// <summary>Other ids that mean the same model.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What its provider calls it; null where that is the id, without <c>openai/</c>.</summary>
    public string? UpstreamId { get; init; }

    /// <summary>Who runs it.</summary>
    public required ModelProviderKind Provider { get; init; }

    /// <summary>It reads and answers, as neither the built-in notice nor a script does.</summary>
    public bool CanJudge => Provider is not (ModelProviderKind.Local or ModelProviderKind.Scripted);

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

    /// <summary>How many times its price a request at speed <c>fast</c> costs; null when that has no list price here.</summary>
    public decimal? FastPriceFactor { get; init; }

    /// <summary>True when it decides by itself how much to think.</summary>
    public bool HasAdaptiveThinking { get; init; }

    /// <summary>True when it takes an inference geography.</summary>
    public bool HasInferenceGeo { get; init; }

    /// <summary>True when it sees pictures.</summary>
    public bool HasImageInput { get; init; }

    /// <summary>True when it reads PDF.</summary>
    public bool HasPdfInput { get; init; }

    /// <summary>True when its provider can keep its answer to <see cref="ModelRequest.AnswerSchema"/>.</summary>
    public bool HasStructuredOutput { get; init; }

    /// <summary>True when it takes <see cref="ModelRole.System"/> messages.</summary>
    public bool HasMidConversationSystem { get; init; }

    /// <summary><c>active</c>, <c>deprecated</c> or <c>retired</c>.</summary>
    public string Lifecycle { get; init; } = "active";

    /// <summary><c>haiku</c>, <c>sonnet</c>, <c>opus</c>, <c>fable</c> or <c>mythos</c>; null for others.</summary>
    public string? Line { get; init; }

    /// <summary>When it came out; the epoch's begin when not known.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>What one request costs at list price in US dollars, exact; null when it has no list price.</summary>
    /// <param name="usage">Of one request, not of several together: long prompts may cost more.</param>
    /// <param name="speed">As requested; null for standard.</param>
    /// <param name="inferenceGeo">As requested; null for anywhere.</param>
    public decimal? CostOf(ModelUsage usage, string? speed, string? inferenceGeo)
    {
        var factor = speed == ModelWords.Fast ? FastPriceFactor : 1;
        return Price?.CostOf(usage) * factor * (inferenceGeo == ModelWords.Us ? ModelPrice.UsFactor : 1);
    }
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
