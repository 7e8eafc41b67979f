using Reverie.Dreaming.Synthesis.Behaviours;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>
/// Finds conditions and choices with numbers: when this was answered, that was better chosen so. Takes the clearest rule
/// first, corrected for all that were tried and held against both halves of the sessions. Sessions that broke it have a
/// known reason for their result and are set aside before the next one is looked for. Says what goes with success, not
/// what causes it.
/// </summary>
internal static class ConditionMiner
{
    /// <summary>Rules kept per toolbox.</summary>
    public const int RulesMax = 12;

    /// <summary>Rules looked at per toolbox: what is clear may still not hold in either half, or for like with like.</summary>
    private const int QuestionsMax = 24;

    /// <summary>The chance of writing any rule of a sort, with a condition or without, where there is none (Bonferroni).</summary>
    private const double FalseMax = 0.015;

    /// <summary>Two-sided; the other half has settled the direction, so this is 0.05 in that direction.</summary>
    private const double ConfirmationPMax = 0.10;

    private const double HalfEffectMin = 0.10;
    private const double StratifiedPMax = 0.03;

    /// <summary>The insights of <paramref name="toolbox"/>, in the order in which they were found.</summary>
    /// <param name="toolbox">Sessions without a verdict are not counted.</param>
    /// <param name="refused">Takes what is clear at first sight and does not hold when looked at again; null to drop it.</param>
    public static IEnumerable<Insight> Mine(Toolbox toolbox, ICollection<Refusal>? refused = null)
    {
        if (Cohort.Of(toolbox) is not { } cohort) return [];
        var decisions = Decision.In(cohort);
        return decisions.Count == 0 ? [] : Prove(cohort, decisions, refused).Select(proof => Tell(proof, cohort)).ToList();
    }

    private static List<Proof> Prove(Cohort cohort, List<Decision> decisions, ICollection<Refusal>? refused)
    {
        var count = cohort.Sessions.Count;
        var good = SessionSet.Of(count, i => cohort.Good[i]);
        var confirms = SessionSet.Of(count, i => cohort.Confirms[i]);
        var left = SessionSet.Of(count, static _ => true);
        var asked = new HashSet<(string, Feature?, bool?, Feature)>();
        var proofs = new List<Proof>();
        for (var question = 0; question < QuestionsMax && proofs.Count < RulesMax; question++)
        {
            var search = new RuleSearch(decisions, left, good);
            if (search.Clearest(found => IsWanted(found) && !asked.Contains(found.Subject)) is not { } clearest) break;
            asked.Add(clearest.Subject);
            var rule = search.Careful(clearest);
            if (rule.Subject != clearest.Subject && !asked.Add(rule.Subject)) continue;
            var (applied, followed) = (rule.Applied, rule.Followed);
            var p = Statistics.FisherExact(search.Compare(rule));
            var proof = new Proof
            {
                Rule = rule,
                Kept = [.. left.And(applied).And(followed).Sessions()],
                Broke = [.. left.And(applied).Except(followed).Sessions()],
                Table = search.Compare(rule),
                Discovery = SessionSet.Compare(left.Except(confirms), applied, followed, good),
                Confirmation = SessionSet.Compare(left.And(confirms), applied, followed, good),
                P = p,
                PAdjusted = Math.Min(1, p * search.Tries(rule)),
                SetAside = count - left.Count,
            };
            if (proof.PAdjusted > FalseMax) break;
            if (!Holds(proof, cohort))
            {
                refused?.Add(new Refusal(Tell(proof, cohort).Summary, "it does not hold in both halves of the sessions, within equal tasks and agents, and in enough independent sessions", proof.Kept.Count + proof.Broke.Count));
                continue;
            }
            proofs.Add(proof);
            left = left.Except(clearest.Applied.Except(clearest.Followed));
        }
        return proofs;
    }

    /// <summary>That a call should come before another at all, workflows tell; that it should come seldom, behaviours do.</summary>
    private static bool IsWanted(Rule rule) => rule.Choice.Cut is not { Feature.Kind: FeatureKind.Calls } cut || (cut.IsUpper && cut.Threshold >= 1);

    private static bool Holds(Proof proof, Cohort cohort) =>
        proof.Discovery.Difference >= HalfEffectMin && proof.Confirmation.Difference >= HalfEffectMin && Statistics.FisherExact(proof.Confirmation) <= ConfirmationPMax
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
        return Statistics.CommonDifference(strata) >= HalfEffectMin && Statistics.MantelHaenszel(strata) <= StratifiedPMax;
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
            Confidence = Math.Round(0.55 + 0.04 * Math.Min(8, -Math.Log10(Math.Max(1e-12, proof.PAdjusted))), 2),
            Support = proof.Table.WithGood,
            Bearing = new Bearing(cohort.Toolbox, proof.Kept.Where(i => cohort.Good[i]).Select(i => cohort.Sessions[i]),
                proof.Kept.Select(i => new Situation(cohort.Sessions[i], IsDone: true)).Concat(proof.Broke.Select(i => new Situation(cohort.Sessions[i], IsDone: false)))),
            Quotes = RuleQuotes.Of(proof, cohort),
        };
    }
}
