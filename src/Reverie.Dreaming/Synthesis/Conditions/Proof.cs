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

    /// <summary>One half of the sessions.</summary>
    public required Table Discovery { get; init; }

    /// <summary>The other half.</summary>
    public required Table Confirmation { get; init; }

    /// <summary>Fisher's exact test over all sessions compared.</summary>
    public required double P { get; init; }

    /// <summary><see cref="P"/>, times the number of rules of its sort that were tried.</summary>
    public required double PAdjusted { get; init; }

    /// <summary>Sessions not compared because they broke a rule that was found before.</summary>
    public required int SetAside { get; init; }
}
