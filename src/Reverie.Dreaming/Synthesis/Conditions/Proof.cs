namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>A rule with the tests it passed.</summary>
internal sealed record Proof
{
    public required Rule Rule { get; init; }

    /// <summary>Sessions to which it applied and that kept to it, ascending.</summary>
    public required IReadOnlyList<int> Kept { get; init; }

    /// <summary>Sessions to which it applied and that did not.</summary>
    public required IReadOnlyList<int> Broke { get; init; }

    /// <summary>Of these: sessions that broke no rule found before.</summary>
    public required Table Table { get; init; }

    /// <summary>One half of all sessions, by the rule they broke before.</summary>
    public required IReadOnlyList<Table> Discovery { get; init; }

    /// <summary>The other half.</summary>
    public required IReadOnlyList<Table> Confirmation { get; init; }

    /// <summary>Fisher's exact test; where rules were found before, the Cochran–Mantel–Haenszel test over those that broke them and those that did not.</summary>
    public required double P { get; init; }

    /// <summary><see cref="P"/>, times the number of rules of its sort that were tried.</summary>
    public required double PAdjusted { get; init; }

    /// <summary>Sessions that broke a rule found before, and are compared among themselves.</summary>
    public required int SetAside { get; init; }
}
