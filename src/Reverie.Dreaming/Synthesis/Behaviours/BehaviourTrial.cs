namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>
/// Decides which behaviours separate satisfied from failed sessions. A behaviour has to clear every hurdle: enough
/// sessions on both sides, an effect worth acting on, Fisher's test corrected for everything that was tried, the same
/// when like is compared with like, and the same in both halves of the sessions.
/// </summary>
internal sealed class BehaviourTrial(Cohort cohort, BehaviourIndex index)
{
    /// <summary>Sessions needed with the behaviour, and without it.</summary>
    public const int SessionsMin = 6;

    /// <summary>Smallest difference of success rates worth a line in a playbook.</summary>
    public const double EffectMin = 0.15;

    /// <summary>Single words of code follow from the task more than other behaviour does; they have to show more.</summary>
    private const double KeywordEffectMin = 0.20;
    private const double KeywordShareMin = 0.04;

    private const double StratifiedEffectMin = 0.10;
    private const double FalseDiscoveryMax = 0.03;
    private const double StratifiedPMax = 0.03;

    /// <summary>Leaving out the closing call is one question per toolbox, not the best of many.</summary>
    private const double NeverClosedPMax = 0.05;
    private const double StratifiedFalseDiscoveryMax = 0.10;
    private const int TellingTasksMin = 3;
    private const double AddedPMax = 0.05;

    /// <summary>Two-sided; the other half has settled the direction, so this is 0.05 in that direction.</summary>
    private const double ConfirmationPMax = 0.10;

    /// <summary>With so few sessions in the confirming half the p-value cannot get small; the effect has to be full instead.</summary>
    private const int SmallHalf = 12;
    private const double SmallHalfPMax = 0.2;

    private readonly bool[] _marked = new bool[cohort.Sessions.Count];

    /// <summary>The behaviours that passed, in no particular order.</summary>
    /// <param name="wanted">Which behaviours to try.</param>
    /// <param name="expected">
    /// Which of them the operator's policy speaks of. They were to be expected, so they are corrected for among themselves
    /// when like is compared with like.
    /// </param>
    public List<Finding> Passed(Func<Behaviour, bool> wanted, Func<Behaviour, bool> expected)
    {
        var candidates = Hypotheses(wanted);
        var adjusted = new double[candidates.Count];
        foreach (var family in Enumerable.Range(0, candidates.Count).GroupBy(i => candidates[i].Behaviour.Kind == BehaviourKind.NeverClosed).Select(static g => g.ToList()))
        {
            var values = Statistics.AdjustForManyTests(family.ConvertAll(i => candidates[i].P));
            for (var k = 0; k < family.Count; k++) adjusted[family[k]] = values[k];
        }
        var findings = new List<Finding>();
        for (var i = 0; i < candidates.Count; i++)
        {
            if (adjusted[i] > FalseDiscoveryMax || Math.Abs(candidates[i].Table.Difference) < EffectMin) continue;
            if (candidates[i].Behaviour.Kind.IsNeverGood() && candidates[i].Table.Difference > 0) continue;
            findings.Add(Compare(candidates[i], adjusted[i]));
        }
        return [.. findings.GroupBy(f => f.Behaviour.Kind == BehaviourKind.NeverClosed || expected(f.Behaviour)).SelectMany(Like)];

        IEnumerable<Finding> Like(IEnumerable<Finding> family)
        {
            var members = family.ToList();
            var stratified = Statistics.AdjustForManyTests(members.ConvertAll(static f => f.PStratified ?? 0));
            return members.Where((f, i) => stratified[i] <= StratifiedFalseDiscoveryMax && HoldsForLike(f) && Confirmed(f));
        }
    }

    /// <summary>True when <paramref name="finding"/> still goes with results among sessions that are alike in <paramref name="known"/>.</summary>
    public bool AddsTo(Finding finding, Finding known)
    {
        var side = new int[cohort.Sessions.Count];
        foreach (var i in known.With) side[i] = 1;
        foreach (var i in known.Without) side[i] = 2;
        var strata = Strata(finding, i => side[i]);
        var difference = Statistics.CommonDifference(strata);
        return Statistics.MantelHaenszel(strata) <= AddedPMax && Math.Sign(difference) == Math.Sign(finding.Table.Difference)
            && Math.Abs(difference) >= StratifiedEffectMin;
    }

    /// <summary>One hypothesis per set of sessions: behaviours that the same sessions show are one, told by the plainest.</summary>
    private List<Hypothesis> Hypotheses(Func<Behaviour, bool> wanted)
    {
        var seen = new Dictionary<(int Population, ulong Sessions), bool>();
        var list = new List<Hypothesis>();
        foreach (var (behaviour, with) in index.Shown(SessionsMin))
        {
            if (!wanted(behaviour)) continue;
            var population = index.CouldShow(behaviour);
            if (population.Count - with.Count < SessionsMin) continue;
            if (behaviour.Kind == BehaviourKind.Keyword && with.Count < KeywordShareMin * population.Count) continue;
            if (!seen.TryAdd((population.Count, SetHash(with)), true)) continue;
            if (Weigh(behaviour, with, population) is { } hypothesis) list.Add(hypothesis);
        }
        return list;
    }

    private Hypothesis? Weigh(Behaviour behaviour, List<int> with, List<int> population)
    {
        var (all, without) = Contrast(with, population, static _ => true);
        var hypothesis = new Hypothesis(behaviour, with, without, all, Statistics.FisherExact(all));
        if (behaviour.Within == 0 || !cohort.EndsWithSuccess) return hypothesis;

        // Where success ends the session, early successes never had the time to show a behaviour, and those that were
        // still running had not succeeded yet: the two comparisons err in opposite directions, so the weaker one counts.
        bool Running(int i) => cohort.Sessions[i].Steps.Count > behaviour.Within;
        var withRunning = with.FindAll(Running);
        if (withRunning.Count < SessionsMin) return null;
        var (running, withoutRunning) = Contrast(withRunning, population, Running);
        if (running.Without < SessionsMin) return null;
        var weaker = new Hypothesis(behaviour, withRunning, withoutRunning, running, Statistics.FisherExact(running));
        if (Math.Sign(running.Difference) != Math.Sign(all.Difference)) return weaker with { P = 1 };
        return weaker.P >= hypothesis.P ? weaker : hypothesis;
    }

    private (Table Table, List<int> Without) Contrast(List<int> with, List<int> population, Func<int, bool> counted)
    {
        foreach (var i in with) _marked[i] = true;
        var without = population.FindAll(i => !_marked[i] && counted(i));
        foreach (var i in with) _marked[i] = false;
        var withGood = with.Count(i => cohort.Good[i]);
        var withoutGood = without.Count(i => cohort.Good[i]);
        return (new Table(withGood, with.Count - withGood, withoutGood, without.Count - withoutGood), without);
    }

    private Finding Compare(Hypothesis hypothesis, double adjusted)
    {
        var raw = new Finding
        {
            Behaviour = hypothesis.Behaviour,
            With = hypothesis.With,
            Without = hypothesis.Without,
            Table = hypothesis.Table,
            P = hypothesis.P,
            PAdjusted = adjusted,
            PStratified = null,
            Difference = hypothesis.Table.Difference,
            TellingTasks = 0,
            Discovery = Half(hypothesis, confirms: false),
            Confirmation = Half(hypothesis, confirms: true),
        };
        double? p = null;
        var difference = raw.Difference;
        var tellingTasks = 0;
        if (cohort.TasksRepeat)
        {
            var tasks = Strata(raw, i => cohort.Tasks[i]);
            tellingTasks = tasks.Count(static t => t.With > 0 && t.Without > 0 && t.WithGood + t.WithoutGood is var good && good > 0 && good < t.Total);
            Add(tasks);
        }
        if (cohort.AgentsDiffer) Add(Strata(raw, i => cohort.Agents[i]));
        return raw with { PStratified = p, Difference = difference, TellingTasks = tellingTasks };

        void Add(List<Table> strata)
        {
            p = Math.Max(p ?? 0, Statistics.MantelHaenszel(strata));
            var common = Statistics.CommonDifference(strata);
            if (Math.Sign(common) != Math.Sign(raw.Difference)) difference = 0;
            else if (Math.Abs(common) < Math.Abs(difference)) difference = common;
        }
    }

    private List<Table> Strata(Finding finding, Func<int, int> stratumOf)
    {
        var strata = new SortedDictionary<int, Table>();
        foreach (var i in finding.With) Count(i, cohort.Good[i] ? new Table(1, 0, 0, 0) : new Table(0, 1, 0, 0));
        foreach (var i in finding.Without) Count(i, cohort.Good[i] ? new Table(0, 0, 1, 0) : new Table(0, 0, 0, 1));
        return [.. strata.Values];

        void Count(int i, Table one)
        {
            var stratum = stratumOf(i);
            strata[stratum] = strata.GetValueOrDefault(stratum) + one;
        }
    }

    private Table Half(Hypothesis hypothesis, bool confirms)
    {
        var table = default(Table);
        foreach (var i in hypothesis.With)
            if (cohort.Confirms[i] == confirms) table += cohort.Good[i] ? new Table(1, 0, 0, 0) : new Table(0, 1, 0, 0);
        foreach (var i in hypothesis.Without)
            if (cohort.Confirms[i] == confirms) table += cohort.Good[i] ? new Table(0, 0, 1, 0) : new Table(0, 0, 0, 1);
        return table;
    }

    private bool HoldsForLike(Finding finding) =>
        (!cohort.TasksRepeat || finding.TellingTasks >= Math.Min(TellingTasksMin, cohort.TaskCount))
        && (finding.PStratified is not { } p || (p <= (finding.Behaviour.Kind == BehaviourKind.NeverClosed ? NeverClosedPMax : StratifiedPMax) && Math.Abs(finding.Difference) >= StratifiedEffectMin))
        && (finding.Behaviour.Kind != BehaviourKind.Keyword || Math.Abs(finding.Difference) >= KeywordEffectMin);

    private static bool Confirmed(Finding finding)
    {
        var sign = Math.Sign(finding.Table.Difference);
        var (first, second) = (finding.Discovery, finding.Confirmation);
        if (first.With == 0 || second.With == 0 || first.Without == 0 || second.Without == 0) return false;
        if (Math.Sign(first.Difference) != sign || Math.Sign(second.Difference) != sign) return false;
        if (Math.Abs(first.Difference) < StratifiedEffectMin) return false;
        var p = Statistics.FisherExact(second);
        if (p <= ConfirmationPMax) return true;
        return Math.Min(second.With, second.Without) <= SmallHalf && p <= SmallHalfPMax && Math.Abs(second.Difference) >= EffectMin;
    }

    private static ulong SetHash(List<int> sessions) =>
        Text.StableHash.Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sessions)));

    private sealed record Hypothesis(Behaviour Behaviour, List<int> With, List<int> Without, Table Table, double P);
}
