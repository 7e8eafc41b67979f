using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Protocol.Dreams;

/// <summary>
/// Who decides on the changes that dreams make to a store, and which of them wait for a person. A quarantined change always
/// waits for one.
/// </summary>
public sealed record ReviewPolicy
{
    /// <summary>Always <c>review_policy</c>.</summary>
    public string Type { get; } = "review_policy";

    /// <summary>The store.</summary>
    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>What happens to a change that no list below speaks of.</summary>
    public ReviewMode Mode { get; init; } = ReviewMode.Auto;

    /// <summary>The keys that may change this policy; every key of the workspace while empty.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>The keys that may decide on changes and undo dreams; every key of the workspace while empty.</summary>
    public IReadOnlyList<string> Reviewers { get; init; } = [];

    /// <summary>With <see cref="ReviewMode.Rules"/>: a change that any of them matches waits for a person.</summary>
    public IReadOnlyList<ReviewRule> Rules { get; init; } = [];

    /// <summary>Patterns of paths at which every change waits for a person, in every mode.</summary>
    public IReadOnlyList<string> HighStakesPaths { get; init; } = [];

    /// <summary>Days after the end of its dream when an open proposal is rejected by itself, 1 to 3650; null for never.</summary>
    public int? ExpiresAfterDays { get; init; }

    /// <summary>When it was last changed; null while it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>What happens to a change that a dream would apply.</summary>
[JsonConverter(typeof(WireNames<ReviewMode>))]
public enum ReviewMode
{
    /// <summary>It is applied.</summary>
    Auto,

    /// <summary>It waits for a person.</summary>
    Ask,

    /// <summary>It waits for a person when a rule matches it, and is applied otherwise.</summary>
    Rules,
}

/// <summary>Which changes wait for a person: those that meet every condition that is set. At least one is.</summary>
public sealed record ReviewRule
{
    /// <summary>1 to 64 characters; what a proposal says it was asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The change is of one of these kinds; null for any.</summary>
    public IReadOnlyList<ChangeKind>? Kinds { get; init; }

    /// <summary>Its confidence is below this, above 0 and up to 1; null for any.</summary>
    public double? ConfidenceBelow { get; init; }

    /// <summary>Its path, or the one it moves to, matches one of these patterns; null for any.</summary>
    public IReadOnlyList<string>? Paths { get; init; }

    /// <summary>True: it deletes a memory, or takes text out without putting any in. Null or false for any.</summary>
    public bool? Deletions { get; init; }

    /// <summary>Fewer independent principals than this bear it out, 2 to 1,000: people, or, where nobody is named, distinct tellings. Null for any.</summary>
    public int? PrincipalsBelow { get; init; }
}
