namespace Reverie.Inference;

/// <summary>List price in US dollars per million tokens.</summary>
/// <param name="Input">Input that no cache holds.</param>
/// <param name="Output">Output, thinking included.</param>
/// <param name="CacheRead">Input read from the cache.</param>
/// <param name="CacheWrite5m">Input written to the cache for five minutes.</param>
/// <param name="CacheWrite1h">Input written to the cache for an hour.</param>
public sealed record ModelPrice(decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite5m, decimal CacheWrite1h)
{
    /// <summary>How many times the price a request costs that must be served in the United States.</summary>
    public const decimal UsFactor = 1.1m;

    private const decimal Million = 1_000_000;

    /// <summary>The price of requests with more input than <see cref="LongPromptTokens"/>; null when length does not matter.</summary>
    public ModelPrice? LongPrompt { get; init; }

    /// <summary>The input, cached or not, up to which this price holds; only with <see cref="LongPrompt"/>.</summary>
    public long LongPromptTokens { get; init; }

    /// <summary>What one request costs in US dollars, exact.</summary>
    public decimal CostOf(ModelUsage usage)
    {
        var price = LongPrompt is { } longer && usage.AllInputTokens > LongPromptTokens ? longer : this;
        return (usage.InputTokens * price.Input + usage.OutputTokens * price.Output + usage.CacheReadInputTokens * price.CacheRead
            + usage.CacheCreation5mInputTokens * price.CacheWrite5m + usage.CacheCreation1hInputTokens * price.CacheWrite1h) / Million;
    }
}
