using Reverie.Dreaming.Synthesis.Behaviours;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>
/// Finds conditions and choices with numbers: when this was answered, that was better chosen so. Half of the sessions
/// propose one rule at a time, the clearest; the other half is asked whether it holds. Sessions that broke a rule that
/// holds have failed for a known reason and are set aside before the next one is looked for. Says what goes with success,
/// not what causes it.
/// </summary>
internal static class ConditionMiner
{
    /// <summary>Rules asked about per toolbox.</summary>
    public const int RulesMax = 12;

    /// <summary>Two-sided; the other half has settled the direction, so the chance of writing any rule where there is none is 0.03.</summary>
    private const double FalseMax = 0.06;

    /// <summary>What is less clear than this in the proposing half is not asked about; it is the best of many, so this says little.</summary>
    private const double ProposalPMax = 0.01;

    /// <summary>Times one choice may fail to hold, under different conditions.</summary>
    private const int AskedMax = 2;

    private const double ConfirmedEffectMin = 0.15;
    private const double StratifiedPMax = 0.03;

    /// <summary>The insights of <paramref name="toolbox"/>, in the order in which they were found.</summary>
    public static IEnumerable<Insight> Mine(Toolbox toolbox)
    {
        if (Cohort.Of(toolbox) is not { } cohort) return [];
        var decisions = Decision.In(cohort);
        return decisions.Count == 0 ? [] : Prove(cohort, decisions).Select(proof => Tell(proof, cohort)).ToList();
    }

    private static List<Proof> Prove(Cohort cohort, List<Decision> decisions)
    {
        var count = cohort.Sessions.Count;
        var good = SessionSet.Of(count, i => cohort.Good[i]);
        var confirms = SessionSet.Of(count, i => cohort.Confirms[i]);
        var left = SessionSet.Of(count, static _ => true);
        var failed = new List<Rule>();
        var proofs = new List<Proof>();
        double passedOn = 0;
        for (var question = 0; question < RulesMax; question++)
        {
            if (RuleSearch.Best(decisions, left.Except(confirms), good, rule => IsWanted(rule) && !WasAsked(rule, failed, proofs)) is not { } rule) break;
            var (applied, followed) = (rule.Applied, rule.Followed);
            Table Within(SessionSet sessions) => SessionSet.Compare(sessions, applied, followed, good);
            var discovery = Within(left.Except(confirms));
            if (Statistics.FisherExact(discovery) > ProposalPMax) break;
            var proof = new Proof
            {
                Rule = rule,
                Kept = [.. left.And(applied).And(followed).Sessions()],
                Broke = [.. left.And(applied).Except(followed).Sessions()],
                Table = Within(left),
                Discovery = discovery,
                Confirmation = Within(left.And(confirms)),
                P = Statistics.FisherExact(Within(left.And(confirms))),
                // The level of a rule that holds passes on to the next (the fallback procedure), so all together stay below it.
                Level = FalseMax / RulesMax + passedOn,
                SetAside = count - left.Count,
            };
            if (Environment.GetEnvironmentVariable("DBG") is not null) Console.WriteLine($"  Q{question} {rule} disc {discovery} {Statistics.FisherExact(discovery):0.0e0} conf {proof.Confirmation} p={proof.P:0.0e0} level {proof.Level:0.0000}");
            passedOn = 0;
            if (!Holds(proof, cohort))
            {
                failed.Add(rule);
                continue;
            }
            passedOn = proof.Level;
            proofs.Add(proof);
            left = left.Except(applied.Except(followed));
        }
        return proofs;
    }

    /// <summary>The same question, or once more the same choice under another condition after twice it did not hold.</summary>
    private static bool WasAsked(Rule rule, List<Rule> failed, List<Proof> proofs) =>
        proofs.Exists(p => p.Rule.Subject == rule.Subject) || failed.Exists(f => f.Subject == rule.Subject) || failed.Count(f => f.Choice.Cut.Feature == rule.Choice.Cut.Feature) >= AskedMax;

    /// <summary>That a call should come before another at all, workflows tell; that it should come seldom, behaviours do.</summary>
    private static bool IsWanted(Rule rule) => rule.Choice.Cut is not { Feature.Kind: FeatureKind.Calls } cut || (cut.IsUpper && cut.Threshold >= 1);

    private static bool Holds(Proof proof, Cohort cohort) =>
        proof.Confirmation.Difference >= ConfirmedEffectMin && proof.P <= proof.Level
        && Math.Min(proof.Confirmation.With, proof.Confirmation.Without) >= RuleSearch.SideMin
        && cohort.Toolbox.IsIndependent(proof.Kept.Where(i => cohort.Good[i]).Select(i => cohort.Sessions[i]))
        && cohort.Toolbox.IsIndependent(proof.Broke.Where(i => !cohort.Good[i]).Select(i => cohort.Sessions[i]))
        && (!cohort.TasksRepeat || HoldsWithin(proof, cohort.Good, i => cohort.Tasks[i]))
        && (!cohort.AgentsDiffer || HoldsWithin(proof, cohort.Good, i => cohort.Agents[i]));

    /// <summary>Like compared with like: same task, same agent.</summary>
    private static bool HoldsWithin(Proof proof, bool[] good, Func<int, int> stratumOf)
    {
        var strata = proof.Kept.Select(i => (Stratum: stratumOf(i), One: good[i] ? new Table(1, 0, 0, 0) : new Table(0, 1, 0, 0)))
            .Concat(proof.Broke.Select(i => (Stratum: stratumOf(i), One: good[i] ? new Table(0, 0, 1, 0) : new Table(0, 0, 0, 1))))
            .GroupBy(static s => s.Stratum, static s => s.One).OrderBy(static g => g.Key).Select(static g => g.Aggregate(static (a, b) => a + b)).ToList();
        return Statistics.CommonDifference(strata) >= ConfirmedEffectMin && Statistics.MantelHaenszel(strata) <= StratifiedPMax;
    }

    private static Insight Tell(Proof proof, Cohort cohort)
    {
        var wording = new RuleWording(proof, cohort);
        return new Insight
        {
            Key = "condition|" + proof.Rule,
            Kind = ChangeKind.Workflow,
            Toolbox = cohort.Toolbox,
            Topic = "conditions",
            Title = wording.Title(),
            Lines = [wording.Line()],
            Summary = wording.Line(),
            Rationale = wording.Rationale(),
            Confidence = Math.Round(0.55 + 0.04 * Math.Min(8, -Math.Log10(Math.Max(1e-12, proof.P))), 2),
            Support = proof.Table.WithGood,
            Quotes = RuleQuotes.Of(proof, cohort),
        };
    }
}
