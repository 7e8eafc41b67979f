namespace Reverie.Dreams.Models;

/// <summary>What one dream may take of a model; never exceeded.</summary>
/// <param name="TokensMax">Tokens of all kinds together; null for no bound.</param>
/// <param name="CostMax">US dollars at list price; null for no bound.</param>
public sealed record DreamCaps(long? TokensMax, decimal? CostMax)
{
    /// <summary>No bound.</summary>
    public static DreamCaps None { get; } = new(null, null);

    /// <summary>The bounds for people; empty when there is none.</summary>
    public override string ToString() => string.Join(" and ", new[]
    {
        TokensMax is { } tokens ? FormattableString.Invariant($"{tokens} tokens") : null,
        CostMax is { } cost ? FormattableString.Invariant($"{cost:0.######} US dollars") : null,
    }.OfType<string>());
}
