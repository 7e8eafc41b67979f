using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Memory;

/// <summary>What became of the sessions that had a memory at hand, by whether they were shown its text.</summary>
public sealed record MemoryCredit
{
    /// <summary>The memory.</summary>
    public required Id<StoredMemory> MemoryId { get; init; }

    /// <summary>Where it lies, with a leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>Sessions that have the store mounted.</summary>
    public required int Mounted { get; init; }

    /// <summary>Those whose tools showed at least one line of the memory that stands in no other.</summary>
    public required CreditOutcomes Readers { get; init; }

    /// <summary>The others.</summary>
    public required CreditOutcomes NonReaders { get; init; }

    /// <summary>Fisher's exact test over the graded sessions of both, two-sided, adjusted for all memories of the store (Benjamini–Hochberg).</summary>
    public required double PValue { get; init; }

    /// <summary>True when readers did worse than the others and <see cref="PValue"/> is at most 0.05. A correlation: look before you delete.</summary>
    public required bool Harmful { get; init; }
}

/// <summary>Sessions by how they were judged.</summary>
public sealed record CreditOutcomes
{
    /// <summary>Judged satisfied.</summary>
    public required int Satisfied { get; init; }

    /// <summary>Judged failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Judged by nobody.</summary>
    public required int Ungraded { get; init; }

    /// <summary>The lower end of the exact 95 % interval (Clopper–Pearson) of the share that was satisfied; 0 where none was graded.</summary>
    public required double RateLow { get; init; }

    /// <summary>The upper end; 1 where none was graded.</summary>
    public required double RateHigh { get; init; }
}
