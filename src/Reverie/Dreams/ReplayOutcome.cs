using Reverie.Dreaming;

namespace Reverie.Dreams;

/// <summary>What came of playing a report over a store.</summary>
public abstract record ReplayOutcome
{
    private ReplayOutcome() { }

    /// <summary>Every change fitted.</summary>
    /// <param name="Memory">The store after.</param>
    /// <param name="Changes">How many changes were played.</param>
    public sealed record Replayed(MemoryTree Memory, int Changes) : ReplayOutcome;

    /// <summary>At least one change did not fit; the store is as it was.</summary>
    /// <param name="Conflicts">The first conflict of each memory, in the order met.</param>
    public sealed record Conflicted(IReadOnlyList<ReplayConflict> Conflicts) : ReplayOutcome;
}
