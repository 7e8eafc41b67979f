namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>A behaviour that goes with results, and the tests it passed.</summary>
internal sealed record Finding
{
    public required Behaviour Behaviour { get; init; }

    /// <summary>Sessions that show it, ascending.</summary>
    public required IReadOnlyList<int> With { get; init; }

    /// <summary>Sessions it was compared with: they could have shown it and did not.</summary>
    public required IReadOnlyList<int> Without { get; init; }

    public required Table Table { get; init; }

    /// <summary>Fisher's exact test over all sessions compared.</summary>
    public required double P { get; init; }

    /// <summary><see cref="P"/>, adjusted for all behaviours tested in the toolbox.</summary>
    public required double PAdjusted { get; init; }

    /// <summary>Like compared with like (same task; same agent): the larger p-value; null when nothing repeats.</summary>
    public required double? PStratified { get; init; }

    /// <summary>The difference that is left when like is compared with like; the raw one when nothing repeats.</summary>
    public required double Difference { get; init; }

    /// <summary>Tasks in which some sessions show it, others do not, and results differ: those the comparison rests on.</summary>
    public required int TellingTasks { get; init; }

    public required Table Discovery { get; init; }

    public required Table Confirmation { get; init; }

    public bool Helps => Table.Difference > 0;
}
