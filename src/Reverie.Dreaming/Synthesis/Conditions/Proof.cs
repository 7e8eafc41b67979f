namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>A rule with the tests it passed.</summary>
internal sealed record Proof
{
    public required Rule Rule { get; init; }

    /// <summary>Sessions to which it applied and that kept to it, ascending.</summary>
    public required IReadOnlyList<int> Kept { get; init; }

    /// <summary>Sessions to which it applied and that did not.</summary>
    public required IReadOnlyList<int> Broke { get; init; }

    public required Table Table { get; init; }

    /// <summary>The half in which it was found.</summary>
    public required Table Discovery { get; init; }

    /// <summary>The half that was asked whether it holds.</summary>
    public required Table Confirmation { get; init; }

    /// <summary>Fisher's exact test over the confirming half, for which it is one of few questions.</summary>
    public required double P { get; init; }

    /// <summary>What <see cref="P"/> had to stay below: its share of all that may go wrong.</summary>
    public required double Level { get; init; }

    /// <summary>Sessions set aside because they broke a rule that was found before.</summary>
    public required int SetAside { get; init; }
}
