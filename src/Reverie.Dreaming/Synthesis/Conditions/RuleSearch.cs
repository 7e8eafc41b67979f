namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>
/// Finds the rule that parts good sessions from bad ones most clearly, among all pairs of a condition and a choice cut in
/// few places.
/// </summary>
/// <param name="decisions">What could be decided.</param>
/// <param name="sessions">Those that are compared.</param>
/// <param name="good">Sessions that went well.</param>
internal sealed class RuleSearch(IReadOnlyList<Decision> decisions, SessionSet sessions, SessionSet good)
{
    /// <summary>Sessions needed on either side of a comparison.</summary>
    public const int SideMin = 5;

    /// <summary>Smallest difference of success rates worth a line in a playbook.</summary>
    public const double EffectMin = 0.15;

    /// <summary>Of rules that speak of the same, those at least so clear against the clearest are as good.</summary>
    private const double AlikeMin = 0.75;

    /// <summary>Where the condition does not hold, a choice that still works so clearly does not need it.</summary>
    private const double NeedlessChiSquare = 3.84;

    private readonly int _always = decisions.Sum(ChoicesOf);
    private readonly int _conditional = decisions.Sum(static d => ChoicesOf(d) * 2 * d.Conditions.Sum(static c => c.Cuts.Count));

    /// <summary>How many rules like this one are tried: those without a condition are few, those with one are many.</summary>
    public int Tries(Rule rule) => rule.Condition is null ? _always : _conditional;

    /// <summary>How the sessions to which a rule applies went, with and without keeping to it.</summary>
    public Table Compare(Rule rule) => SessionSet.Compare(sessions, rule.Applied, rule.Followed, good);

    /// <summary>The rule that parts them most clearly; null when none shows an effect.</summary>
    public Rule? Clearest(Func<Rule, bool> wanted)
    {
        Rule? best = null;
        var bestScore = double.NegativeInfinity;
        foreach (var decision in decisions)
        {
            foreach (var (condition, population) in Populations(decision))
            {
                foreach (var choice in decision.Choices)
                {
                    var applied = population.And(choice.Known);
                    foreach (var (cut, upper) in choice.Cuts)
                    {
                        var table = SessionSet.Compare(sessions, applied, upper, good);
                        if (!ShowsEffect(table, Math.Sign(table.Difference))) continue;
                        var rule = new Rule(decision, condition, (choice, table.Difference > 0 ? cut : cut.Opposite));
                        // The best of many tries is the better by luck the more there are.
                        var score = ChiSquare(table) - 2 * Math.Log(Tries(rule));
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
    public Rule Careful(Rule clearest)
    {
        var rule = clearest.Condition is { } when && IsNeedless(clearest, when) ? clearest with { Condition = null } : clearest;
        var scoreMin = AlikeMin * ChiSquare(Compare(rule));
        var careful = Sides(rule.Choice).Select(c => rule with { Choice = c }).Where(IsAlike).OrderByDescending(Reliability).DefaultIfEmpty(rule).First();
        if (careful.Condition is not { } condition) return careful;
        return Sides(condition).Select(c => careful with { Condition = c }).Where(IsAlike).OrderByDescending(static r => r.Applied.Count).DefaultIfEmpty(careful).First();

        bool IsAlike(Rule other) => Compare(other) is var table && ShowsEffect(table, 1) && ChiSquare(table) >= scoreMin;

        double Reliability(Rule other) => Compare(other) is var table ? Statistics.Wilson(table.WithGood, table.With).Low : 0;
    }

    private bool IsNeedless(Rule rule, (Column Column, Cut Cut) when)
    {
        var elsewhere = Compare(rule with { Condition = (when.Column, when.Cut.Opposite) });
        return elsewhere.Difference > 0 && ChiSquare(elsewhere) >= NeedlessChiSquare && Compare(rule with { Condition = null }).Difference >= EffectMin;
    }

    private static IEnumerable<(Column, Cut)> Sides((Column Column, Cut Cut) side) =>
        side.Column.FineCuts.Select(c => (side.Column, side.Cut.IsUpper ? c : c.Opposite)).Where(c => c.Item2.Word == side.Cut.Word);

    private IEnumerable<((Column Column, Cut Cut)? Condition, SessionSet Sessions)> Populations(Decision decision)
    {
        yield return (null, sessions);
        foreach (var column in decision.Conditions)
        {
            foreach (var (cut, upper) in column.Cuts)
            {
                yield return ((column, cut), sessions.And(upper));
                yield return ((column, cut.Opposite), sessions.And(column.Known).Except(upper));
            }
        }
    }

    private static int ChoicesOf(Decision decision) => decision.Choices.Sum(static c => c.Cuts.Count);

    private static bool ShowsEffect(Table table, int sign) => Math.Min(table.With, table.Without) >= SideMin && sign * table.Difference >= EffectMin;

    private static double ChiSquare(Table table)
    {
        double n = table.Total, goods = table.WithGood + table.WithoutGood;
        var spread = table.With * (double)table.Without * goods * (n - goods);
        var cross = (double)table.WithGood * table.WithoutBad - (double)table.WithBad * table.WithoutGood;
        return spread == 0 ? 0 : n * cross * cross / spread;
    }
}
