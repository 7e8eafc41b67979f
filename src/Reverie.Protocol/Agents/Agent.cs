using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Agents;

/// <summary>A saved configuration, at one of its versions (public contract, "Object agent").</summary>
public sealed record Agent : AgentConfig, IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "agent";

    /// <summary>Unique; the same for all versions.</summary>
    public required Id<Agent> Id { get; init; }

    /// <summary>Always <c>agent</c>.</summary>
    public string Type { get; } = "agent";

    /// <summary>1 at first, one more with each change.</summary>
    public required int Version { get; init; }

    /// <summary>Whom it may set to work; null when it works alone.</summary>
    public required Multiagent? Multiagent { get; init; }

    /// <summary>Free labels, not shown to the agent; at most 16 pairs.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>When its first version was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this version was made, or the agent archived.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was archived; null while it is in use. There is no way back.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}
