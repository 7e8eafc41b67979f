using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Dreams;

/// <summary>A change that waits for a person.</summary>
public sealed record Proposal
{
    /// <summary>Always <c>proposal</c>.</summary>
    public string Type { get; } = "proposal";

    /// <summary>The dream that made it.</summary>
    public required Id<Dream> DreamId { get; init; }

    /// <summary>The change with its evidence.</summary>
    public required Change Change { get; init; }

    /// <summary>Why it was not applied: the rule that asked, what stood in the way, or what the dreamer thinks of it.</summary>
    public required string Reason { get; init; }

    /// <summary>When the dream ended, since when it waits.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is rejected by itself; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
