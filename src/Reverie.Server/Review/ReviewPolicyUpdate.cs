using System.ComponentModel.DataAnnotations;
using Reverie.Protocol.Dreams;

namespace Reverie.Server.Review;

/// <summary>A change of a review policy: each field replaces the one there was; what is left out stays.</summary>
internal sealed record ReviewPolicyUpdate
{
    public ReviewMode? Mode { get; init; }

    /// <summary>Ids of keys; an empty list for every key of the workspace.</summary>
    [Length(0, ReviewPolicyFields.KeysMax)] public IReadOnlyList<string>? Owners { get; init; }

    /// <summary>Ids of keys; an empty list for every key of the workspace.</summary>
    [Length(0, ReviewPolicyFields.KeysMax)] public IReadOnlyList<string>? Reviewers { get; init; }

    [Length(0, ReviewPolicyFields.RulesMax)] public IReadOnlyList<ReviewRule>? Rules { get; init; }

    [Length(0, ReviewPolicyFields.PatternsMax)] public IReadOnlyList<string>? HighStakesPaths { get; init; }

    /// <summary>1 to 3650; null for never.</summary>
    public int? ExpiresAfterDays { get; init; }
}
