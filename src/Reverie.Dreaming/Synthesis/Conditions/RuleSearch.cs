namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>
/// Finds the rule that parts good sessions from bad ones most clearly, among all pairs of a condition and a choice cut in
/// few places. Sessions are compared within strata, so that what is explained already is not explained again.
/// </summary>
/// <param name="decisions">What could be decided.</param>
/// <param name="strata">Disjoint sets of sessions; like is compared with like.</param>
/// <param name="good">Sessions that went well.</param>
internal sealed class RuleSearch(IReadOnlyList<Decision> decisions, IReadOnlyList<SessionSet> strata, SessionSet good)
{
    /// <summary>Sessions needed on either side of a comparison.</summary>
    public const int SideMin = 5;

    /// <summary>Smallest difference of success rates worth a line in a playbook.</summary>
    public const double EffectMin = 0.15;

    /// <summary>Of rules that speak of the same, those at least so clear against the clearest are as good.</summary>
    private const double AlikeMin = 0.75;

    /// <summary>Where the condition does not hold, a choice that still works so clearly does not need it.</summary>
    private const double NeedlessChiSquare = 3.84;

    /// <summary>The best rule, carefully cut; null when none shows an effect.</summary>
    public Rule? Best(Func<Rule, bool> wanted) => Clearest(wanted) is { } clearest ? Careful(clearest) : null;

    /// <summary>How many rules like this one are tried: those without a condition are few, those with one are many.</summary>
    public int Tries(Rule rule) =>
        Math.Max(1, decisions.Sum(d => d.Choices.Sum(static c => c.Cuts.Count) * (rule.Condition is null ? 1 : 2 * d.Conditions.Sum(static c => c.Cuts.Count))));

    /// <summary>The sessions to which a rule applies, in each stratum, and how they went.</summary>
    public List<Table> Compare(Rule rule) => Compare(rule.Applied, rule.Followed);

    private List<Table> Compare(SessionSet applied, SessionSet followed)
    {
        var tables = new List<Table>(strata.Count);
        foreach (var stratum in strata) tables.Add(SessionSet.Compare(stratum, applied, followed, good));
        return tables;
    }

    private Rule? Clearest(Func<Rule, bool> wanted)
    {
        Rule? best = null;
        var bestScore = double.NegativeInfinity;
        foreach (var decision in decisions)
        {
            foreach (var (condition, population) in Populations(decision))
            {
                foreach (var choice in decision.Choices)
                {
                    if (condition is { } when && IsSameAnswer(when.Column.Feature, choice.Feature)) continue;
                    var applied = population?.And(choice.Known) ?? choice.Known;
                    foreach (var (cut, upper) in choice.Cuts)
                    {
                        var tables = Compare(applied, upper);
                        var difference = Statistics.CommonDifference(tables);
                        if (Math.Abs(difference) < EffectMin || !HasSides(tables)) continue;
                        var rule = new Rule(decision, condition, (choice, difference > 0 ? cut : cut.Opposite));
                        // The best of many tries is the better by luck the more there are.
                        var score = ChiSquare(tables) - 2 * Math.Log(Tries(rule));
                        if (score > bestScore && wanted(rule)) (best, bestScore) = (rule, score);
                    }
                }
            }
        }
        return best;
    }

    /// <summary>
    /// The same rule without a condition it does not need, and with its thresholds where they are safest: the choice where
    /// those that kept to it did best, the condition as wide as it goes.
    /// </summary>
    private Rule Careful(Rule clearest)
    {
        var rule = clearest.Condition is { } when && IsNeedless(clearest, when) ? clearest with { Condition = null } : clearest;
        var scoreMin = AlikeMin * ChiSquare(Compare(rule));
        var careful = Sides(rule.Choice).Select(c => rule with { Choice = c }).Where(IsAlike).OrderByDescending(Reliability).DefaultIfEmpty(rule).First();
        if (careful.Condition is not { } condition) return careful;
        return Sides(condition).Select(c => careful with { Condition = c }).Where(IsAlike).OrderByDescending(static r => r.Applied.Count).DefaultIfEmpty(careful).First();

        bool IsAlike(Rule other) => Compare(other) is var tables && HasSides(tables) && Statistics.CommonDifference(tables) >= EffectMin && ChiSquare(tables) >= scoreMin;

        double Reliability(Rule other) => Compare(other)[0] is var table ? Statistics.WilsonLower(table.WithGood, table.With) : 0;
    }

    private bool IsNeedless(Rule rule, (Column Column, Cut Cut) when)
    {
        var elsewhere = Compare(rule with { Condition = (when.Column, when.Cut.Opposite) });
        return Statistics.CommonDifference(elsewhere) > 0 && ChiSquare(elsewhere) >= NeedlessChiSquare && Statistics.CommonDifference(Compare(rule with { Condition = null })) >= EffectMin;
    }

    private static IEnumerable<(Column, Cut)> Sides((Column Column, Cut Cut) side) =>
        side.Column.FineCuts.Select(c => (side.Column, side.Cut.IsUpper ? c : c.Opposite)).Where(c => c.Item2.Word == side.Cut.Word);

    private static IEnumerable<((Column Column, Cut Cut)? Condition, SessionSet? Sessions)> Populations(Decision decision)
    {
        yield return (null, null);
        foreach (var column in decision.Conditions)
        {
            foreach (var (cut, upper) in column.Cuts)
            {
                yield return ((column, cut), upper);
                yield return ((column, cut.Opposite), column.Known.Except(upper));
            }
        }
    }

    private static bool IsSameAnswer(Feature condition, Feature choice) => choice.Kind == FeatureKind.Subject && condition.Tool == choice.Tool && condition.Field == choice.Field;

    private static bool HasSides(List<Table> tables) => Math.Min(tables[0].With, tables[0].Without) >= SideMin;

    /// <summary>The Cochran–Mantel–Haenszel statistic over the strata, without the correction for continuity.</summary>
    private static double ChiSquare(List<Table> tables)
    {
        double deviation = 0, variance = 0;
        foreach (var table in tables)
        {
            double n = table.Total, goods = table.WithGood + table.WithoutGood;
            if (n < 2) continue;
            deviation += table.WithGood - table.With * goods / n;
            variance += table.With * (double)table.Without * goods * (n - goods) / (n * n * (n - 1));
        }
        return variance <= 0 ? 0 : deviation * deviation / variance;
    }
}
