namespace Reverie.Dreaming;

/// <summary>What a dream may do.</summary>
public sealed record DreamOptions
{
    /// <summary>Share of the store's memories one dream may delete, 0 to 1; further deletions become proposals.</summary>
    public double DeleteShareMax { get; init; } = 0.25;

    /// <summary>
    /// Share of the store's entries one dream may replace or mark as no longer valid, 0 to 1; four in a small store,
    /// unless it is 0. Further corrections become proposals.
    /// </summary>
    public double ReplaceShareMax { get; init; } = 0.25;

    /// <summary>Independent principals (people, or sessions where nobody is named) an insight or a correction needs, at least 2.</summary>
    public int PrincipalsMin { get; init; } = 2;

    /// <summary>
    /// Share of the sessions that one attacker may control, 0 to 0.5: an insight that no more than this share of the sessions
    /// or of the principals of its toolbox bear out is proposed, not applied. 0, the default: <see cref="PrincipalsMin"/> alone counts.
    /// </summary>
    public double AttackerShare { get; init; }

    /// <summary>The person's steering text, at most 4,096 characters; null for none. Narrows and reorganises; never opens the gate.</summary>
    public string? Instructions { get; init; }

    /// <summary>True to leave every change proposed and the store as it was.</summary>
    public bool ReviewOnly { get; init; }

    /// <summary>Threads the review of sessions may use, at least 1. Does not influence the result.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
