using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;

namespace Reverie.Dreams.Review;

/// <summary>What a policy says about a change and about people. Pure.</summary>
public static class ReviewRules
{
    /// <summary>Why a change that a dream would apply waits for a person; null when it does not.</summary>
    public static string? Asks(ReviewPolicy policy, Change change, PathPatterns patterns)
    {
        if (policy.HighStakesPaths.FirstOrDefault(pattern => Covers(patterns, pattern, change)) is { } pattern) return $"high-stakes path {pattern}";
        return policy.Mode switch
        {
            ReviewMode.Auto => null,
            ReviewMode.Ask => "the store's policy asks for every change",
            ReviewMode.Rules => policy.Rules.FirstOrDefault(rule => Matches(rule, change, patterns)) is { } rule ? $"rule {rule.Name}" : null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>True when someone on the list, or with no list everybody, is <paramref name="actor"/>; and for the operator, who can change the list by other means.</summary>
    public static bool Has(IReadOnlyList<string> keys, Actor actor) => keys.Count == 0 || actor is UserActor || (actor is ApiActor api && keys.Contains(api.ApiKeyId));

    /// <summary>When what a dream that ended at <paramref name="endedAt"/> proposes is rejected by itself; null for never.</summary>
    public static DateTimeOffset? ExpiresAt(ReviewPolicy policy, DateTimeOffset endedAt) => policy.ExpiresAfterDays is { } days ? endedAt.AddDays(days) : null;

    private static bool Matches(ReviewRule rule, Change change, PathPatterns patterns) =>
        (rule.Kinds is null || rule.Kinds.Contains(change.Kind))
        && (rule.ConfidenceBelow is null || change.Confidence < rule.ConfidenceBelow)
        && (rule.Paths is null || rule.Paths.Any(pattern => Covers(patterns, pattern, change)))
        && (rule.Deletions is not true || TakesAway(change))
        && (rule.PrincipalsBelow is null || Principals(change) < rule.PrincipalsBelow);

    private static bool Covers(PathPatterns patterns, string pattern, Change change) =>
        patterns.IsMatch(pattern, change.Path) || (change.NewPath is { } moved && patterns.IsMatch(pattern, moved));

    private static bool TakesAway(Change change) => change.Op == ChangeOp.Delete || change.Edits.Any(static e => e.Insert.Length == 0 && !string.IsNullOrWhiteSpace(e.Delete));

    /// <summary>A change that says nothing of its support has what it quotes.</summary>
    private static int Principals(Change change) => change.Support?.Principals ?? change.Evidence.Select(static e => e.Session).OfType<string>().Distinct(StringComparer.Ordinal).Count();
}
