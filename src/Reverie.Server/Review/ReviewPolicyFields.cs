using System.Text.Json;
using Reverie.Dreams.Review;
using Reverie.Keys;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Http;

namespace Reverie.Server.Review;

/// <summary>Reads what a client wants changed in a review policy.</summary>
internal static class ReviewPolicyFields
{
    public const int KeysMax = 100;
    public const int RulesMax = 50;
    public const int PatternsMax = 50;
    public const int DaysMax = 3650;
    private const int NameCharsMax = 64;
    private const int PatternCharsMax = 1_000;

    /// <summary>Sessions that a change can cite: it has six quotes at most.</summary>
    private const int PrincipalsMax = 1000;

    private static readonly string[] RuleNames = ["name", "kinds", "confidence_below", "paths", "deletions", "principals_below"];

    public static string[] Names { get; } = ["mode", "owners", "reviewers", "rules", "high_stakes_paths", "expires_after_days"];

    /// <summary>What is to be done to the policy there is; what is wrong is noted in the body.</summary>
    public static Func<ReviewPolicy, ReviewPolicy> Read(JsonPart body)
    {
        var mode = body.OneOf("mode", isRequired: false, [.. WireNames<ReviewMode>.All]);
        var (owners, reviewers) = (ReadKeys(body, "owners"), ReadKeys(body, "reviewers"));
        var rules = body.Has("rules") ? ReadRules(body) : null;
        var highStakes = ReadPatterns(body, "high_stakes_paths");
        var (isDaysSent, days) = (body.IsSent("expires_after_days"), body.Number("expires_after_days", 1, DaysMax));
        return before => before with
        {
            Mode = mode is null ? before.Mode : WireNames<ReviewMode>.Parse(mode),
            Owners = owners ?? before.Owners,
            Reviewers = reviewers ?? before.Reviewers,
            Rules = rules ?? before.Rules,
            HighStakesPaths = highStakes ?? before.HighStakesPaths,
            ExpiresAfterDays = isDaysSent ? days : before.ExpiresAfterDays,
        };
    }

    private static List<string>? ReadKeys(JsonPart body, string field)
    {
        if (!body.Has(field)) return null;
        var keys = body.Texts(field, KeysMax, 1, 128).ToList();
        foreach (var key in keys.Where(static k => !Id<ApiKey>.TryParse(k, out _)))
            body.Problem(field, $"holds {ApiException.Quoted(key)}, which is no key id; it begins with {ApiKey.IdPrefix}_");
        NoteTwice(body, field, keys);
        return keys;
    }

    private static List<ReviewRule> ReadRules(JsonPart body)
    {
        var rules = new List<ReviewRule>();
        foreach (var part in body.Objects("rules", RulesMax))
        {
            part.Knows(RuleNames);
            var rule = new ReviewRule
            {
                Name = part.Text("name", isRequired: true, 1, NameCharsMax) ?? "",
                Kinds = ReadKinds(part),
                ConfidenceBelow = ReadConfidence(part),
                Paths = ReadPatterns(part, "paths"),
                Deletions = part.Flag("deletions"),
                PrincipalsBelow = part.Number("principals_below", 2, PrincipalsMax),
            };
            if (rule.Name.Any(char.IsControl)) part.Problem("name", "must not contain control characters");
            if (rule is { Kinds: null, ConfidenceBelow: null, Paths: null, Deletions: not true, PrincipalsBelow: null } && !part.IsBodyWrong)
                part.ProblemAt(part.Name, "has no condition; set kinds, confidence_below, paths, deletions or principals_below, or use mode \"ask\" to be asked for everything");
            rules.Add(rule);
        }
        NoteTwice(body, "rules", [.. rules.Select(static r => r.Name)]);
        return rules;
    }

    private static List<ChangeKind>? ReadKinds(JsonPart rule)
    {
        if (!rule.Has("kinds")) return null;
        var kinds = new List<ChangeKind>();
        foreach (var text in rule.Texts("kinds", WireNames<ChangeKind>.All.Count, 1, 64))
        {
            if (WireNames<ChangeKind>.TryParse(text, out var kind)) kinds.Add(kind);
            else rule.Problem("kinds", $"holds {ApiException.Quoted(text)}; it may hold {string.Join(", ", WireNames<ChangeKind>.All)}");
        }
        if (kinds.Count == 0 && !rule.IsBodyWrong) rule.Problem("kinds", "is empty; leave it out for any kind");
        return kinds;
    }

    private static double? ReadConfidence(JsonPart rule)
    {
        if (!rule.Has("confidence_below")) return null;
        var value = rule.Value.GetProperty("confidence_below");
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is > 0 and <= 1) return number;
        rule.Problem("confidence_below", "must be a number above 0 and up to 1");
        return null;
    }

    private static List<string>? ReadPatterns(JsonPart part, string field)
    {
        if (!part.Has(field)) return null;
        var patterns = part.Texts(field, PatternsMax, 1, PatternCharsMax).ToList();
        foreach (var pattern in patterns)
        {
            if (ReviewRules.PatternProblem(pattern) is { } problem) part.Problem(field, $"holds {ApiException.Quoted(pattern)}, which {problem}");
        }
        if (patterns.Count == 0 && field == "paths" && !part.IsBodyWrong) part.Problem(field, "is empty; leave it out for any path");
        return patterns;
    }

    private static void NoteTwice(JsonPart body, string field, IReadOnlyList<string> texts)
    {
        if (texts.GroupBy(static t => t, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twice) body.Problem(field, $"holds {ApiException.Quoted(twice.Key)} twice");
    }
}
