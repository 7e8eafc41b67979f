namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>When this holds, decide so.</summary>
/// <param name="Decision">The call it is about.</param>
/// <param name="Condition">When; null for always.</param>
/// <param name="Choice">How.</param>
internal sealed record Rule(Decision Decision, (Column Column, Cut Cut)? Condition, (Column Column, Cut Cut) Choice)
{
    /// <summary>What it speaks of, whatever the thresholds.</summary>
    public (string Tool, Feature? Condition, bool? IsUpper, Feature Choice) Subject => (Decision.Tool, Condition?.Cut.Feature, Condition?.Cut.IsUpper, Choice.Cut.Feature);

    /// <summary>Sessions to which it applied: the condition held and it is known what was decided.</summary>
    public SessionSet Applied => Condition is { } when ? when.Column.On(when.Cut).And(Choice.Column.Known) : Choice.Column.Known;

    /// <summary>Sessions that decided so, whether it applied or not.</summary>
    public SessionSet Followed => Choice.Column.On(Choice.Cut);

    /// <summary>A stable name, for keys.</summary>
    public override string ToString() => $"{Decision.Tool}|{Condition?.Cut}|{Choice.Cut}";
}
