namespace Reverie.Inference;

/// <summary>What a model answered.</summary>
public sealed record ModelResponse
{
    /// <summary>Text, thinking and tool uses, in order; no text block is empty. May be empty itself.</summary>
    public required IReadOnlyList<ModelBlock> Blocks { get; init; }

    /// <summary>Why it ended.</summary>
    public required ModelStopReason StopReason { get; init; }

    /// <summary>Set when <see cref="StopReason"/> is <see cref="ModelStopReason.Refusal"/>, null otherwise.</summary>
    public ModelRefusal? Refusal { get; init; }

    /// <summary>What it took.</summary>
    public required ModelUsage Usage { get; init; }
}

/// <summary>Why a response ended.</summary>
public enum ModelStopReason
{
    /// <summary>The model had said what it wanted to.</summary>
    EndTurn,

    /// <summary>It waits for the results of its calls.</summary>
    ToolUse,

    /// <summary>It reached <see cref="ModelRequest.MaxTokens"/>; the last block may be cut off, a cut-off call is left out.</summary>
    MaxTokens,

    /// <summary>It met a stop sequence.</summary>
    StopSequence,

    /// <summary>It, or a guard before it, refused.</summary>
    Refusal,

    /// <summary>The provider paused a long turn: send the response back as it is to go on.</summary>
    PauseTurn,

    /// <summary>The context window was full before the response was whole.</summary>
    ContextWindowExceeded,
}

/// <summary>A refusal in the provider's words.</summary>
/// <param name="Category">Such as <c>cyber</c> or <c>bio</c>, an open list; null where none is given.</param>
/// <param name="Explanation">For people; null where none is given.</param>
public sealed record ModelRefusal(string? Category, string? Explanation);

/// <summary>Tokens of one request. Each token of the prompt counts in exactly one of the four figures of input.</summary>
public sealed record ModelUsage
{
    /// <summary>Nothing.</summary>
    public static ModelUsage None { get; } = new();

    /// <summary>Both together.</summary>
    public static ModelUsage operator +(ModelUsage one, ModelUsage other) => new()
    {
        InputTokens = one.InputTokens + other.InputTokens,
        OutputTokens = one.OutputTokens + other.OutputTokens,
        CacheReadInputTokens = one.CacheReadInputTokens + other.CacheReadInputTokens,
        CacheCreation5mInputTokens = one.CacheCreation5mInputTokens + other.CacheCreation5mInputTokens,
        CacheCreation1hInputTokens = one.CacheCreation1hInputTokens + other.CacheCreation1hInputTokens,
    };

    /// <summary>Input neither read from nor written to the cache.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output, thinking included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Input read from the cache.</summary>
    public long CacheReadInputTokens { get; init; }

    /// <summary>Input written to the cache for five minutes.</summary>
    public long CacheCreation5mInputTokens { get; init; }

    /// <summary>Input written to the cache for an hour.</summary>
    public long CacheCreation1hInputTokens { get; init; }

    /// <summary>Input written to the cache.</summary>
    public long CacheCreationInputTokens => CacheCreation5mInputTokens + CacheCreation1hInputTokens;

    /// <summary>The whole prompt.</summary>
    public long AllInputTokens => InputTokens + CacheReadInputTokens + CacheCreationInputTokens;
}
