using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;
using Reverie.Tools;

namespace Reverie.Dreams.Review;

/// <summary>What a policy says about a change and about people. Pure.</summary>
public static class ReviewRules
{
    /// <summary>Why a change that a dream would apply waits for a person; null when it does not.</summary>
    public static string? Asks(ReviewPolicy policy, Change change)
    {
        if (policy.HighStakesPaths.FirstOrDefault(pattern => Covers(pattern, change)) is { } pattern) return $"high-stakes path {pattern}";
        return policy.Mode switch
        {
            ReviewMode.Auto => null,
            ReviewMode.Ask => "the store's policy asks for every change",
            ReviewMode.Rules => policy.Rules.FirstOrDefault(rule => Matches(rule, change)) is { } rule ? $"rule {rule.Name}" : null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>True when someone on the list, or with no list everybody, is <paramref name="actor"/>; and for the operator, who can change the list by other means.</summary>
    public static bool Has(IReadOnlyList<string> keys, Actor actor) => keys.Count == 0 || actor is UserActor || (actor is ApiActor api && keys.Contains(api.ApiKeyId));

    /// <summary>When what a dream that ended at <paramref name="endedAt"/> proposes is rejected by itself; null for never.</summary>
    public static DateTimeOffset? ExpiresAt(ReviewPolicy policy, DateTimeOffset endedAt) => policy.ExpiresAfterDays is { } days ? endedAt.AddDays(days) : null;

    /// <summary>What is wrong with a pattern of paths, to follow its name; null when nothing is.</summary>
    public static string? PatternProblem(string pattern)
    {
        try
        {
            Glob(pattern);
            return null;
        }
        catch (ToolInputException error)
        {
            return $"is no pattern of paths ({error.Message[(error.Message.IndexOf(':', StringComparison.Ordinal) + 2)..]}); write one such as /playbooks/** or *.md";
        }
    }

    private static bool Matches(ReviewRule rule, Change change) =>
        (rule.Kinds is null || rule.Kinds.Contains(change.Kind))
        && (rule.ConfidenceBelow is null || change.Confidence < rule.ConfidenceBelow)
        && (rule.Paths is null || rule.Paths.Any(pattern => Covers(pattern, change)))
        && (rule.Deletions is not true || TakesAway(change))
        && (rule.PrincipalsBelow is null || Principals(change) < rule.PrincipalsBelow);

    private static bool Covers(string pattern, Change change)
    {
        var glob = Glob(pattern);
        return glob.IsMatch(change.Path) || (change.NewPath is { } moved && glob.IsMatch(moved));
    }

    private static bool TakesAway(Change change) => change.Op == ChangeOp.Delete || change.Edits.Any(static e => e.Insert.Length == 0 && !string.IsNullOrWhiteSpace(e.Delete));

    /// <summary>A change that says nothing of its support has what it quotes.</summary>
    private static int Principals(Change change) => change.Support?.Principals ?? change.Evidence.Select(static e => e.Session).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    /// <summary>With or without the slash that paths of a store begin with.</summary>
    private static GlobPattern Glob(string pattern) => GlobPattern.Parse(pattern.StartsWith('/') ? pattern[1..] : pattern);
}
