namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>
/// Finds the rule that parts good sessions from bad ones most clearly, among all pairs of a condition and a choice cut in
/// few places. Only ranks: whether the best one is more than luck, other sessions have to show.
/// </summary>
internal static class RuleSearch
{
    /// <summary>Sessions needed on either side of a comparison.</summary>
    public const int SideMin = 5;

    /// <summary>Smallest difference of success rates worth a line in a playbook.</summary>
    public const double EffectMin = 0.25;

    /// <summary>Of rules that speak of the same, those at least so clear against the clearest are as good.</summary>
    private const double AlikeMin = 0.75;

    /// <summary>The best rule among <paramref name="sessions"/>, carefully cut; null when none shows an effect.</summary>
    public static Rule? Best(IReadOnlyList<Decision> decisions, SessionSet sessions, SessionSet good, Func<Rule, bool> wanted) =>
        Clearest(decisions, sessions, good, wanted) is { } clearest ? Careful(clearest, sessions, good) : null;

    private static Rule? Clearest(IReadOnlyList<Decision> decisions, SessionSet sessions, SessionSet good, Func<Rule, bool> wanted)
    {
        Rule? best = null;
        double bestScore = 0;
        foreach (var decision in decisions)
        {
            // A condition is the best of many, so it has to add more than many tries would by luck.
            var luck = 2 * Math.Log(1 + 2 * decision.Conditions.Sum(static c => c.Cuts.Count));
            foreach (var (condition, population) in Populations(decision, sessions))
            {
                foreach (var choice in decision.Choices)
                {
                    if (condition is { } when && IsSameAnswer(when.Column.Feature, choice.Feature)) continue;
                    foreach (var (cut, upper) in choice.Cuts)
                    {
                        var table = SessionSet.Compare(population, choice.Known, upper, good);
                        if (Math.Min(table.With, table.Without) < SideMin || Math.Abs(table.Difference) < EffectMin) continue;
                        var score = ChiSquare(table) - (condition is null ? 0 : luck);
                        if (score <= bestScore) continue;
                        var rule = new Rule(decision, condition, (choice, table.Difference > 0 ? cut : cut.Opposite));
                        if (!wanted(rule)) continue;
                        (best, bestScore) = (rule, score);
                    }
                }
            }
        }
        return best;
    }

    /// <summary>
    /// The same rule with its thresholds where they are safest: the choice where those that kept to it did best, the
    /// condition as wide as it goes.
    /// </summary>
    private static Rule Careful(Rule clearest, SessionSet sessions, SessionSet good)
    {
        var scoreMin = AlikeMin * ChiSquare(Compare(clearest));
        var choices = Sides(clearest.Choice).Select(c => clearest with { Choice = c }).Where(IsAlike).OrderByDescending(Reliability);
        var careful = choices.DefaultIfEmpty(clearest).First();
        if (clearest.Condition is not { } condition) return careful;
        return Sides(condition).Select(c => careful with { Condition = c }).Where(IsAlike).OrderByDescending(r => Compare(r).Total).DefaultIfEmpty(careful).First();

        Table Compare(Rule rule) => SessionSet.Compare(sessions, rule.Applied, rule.Followed, good);

        bool IsAlike(Rule rule) => Compare(rule) is var table && Math.Min(table.With, table.Without) >= SideMin && table.Difference >= EffectMin && ChiSquare(table) >= scoreMin;

        double Reliability(Rule rule) => Compare(rule) is var table ? Statistics.WilsonLower(table.WithGood, table.With) : 0;
    }

    private static IEnumerable<(Column, Cut)> Sides((Column Column, Cut Cut) side) =>
        side.Column.Cuts.Select(c => (side.Column, side.Cut.IsUpper ? c.Cut : c.Cut.Opposite)).Where(c => c.Item2.Word == side.Cut.Word);

    private static IEnumerable<((Column Column, Cut Cut)? Condition, SessionSet Sessions)> Populations(Decision decision, SessionSet sessions)
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

    private static bool IsSameAnswer(Feature condition, Feature choice) => choice.Kind == FeatureKind.Subject && condition.Tool == choice.Tool && condition.Field == choice.Field;

    private static double ChiSquare(Table table)
    {
        double n = table.Total, good = table.WithGood + table.WithoutGood;
        var spread = table.With * (double)table.Without * good * (n - good);
        var cross = (double)table.WithGood * table.WithoutBad - (double)table.WithBad * table.WithoutGood;
        return spread == 0 ? 0 : n * cross * cross / spread;
    }
}
