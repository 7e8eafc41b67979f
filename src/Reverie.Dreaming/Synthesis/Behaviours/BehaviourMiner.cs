using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>
/// Finds mistakes that raise no error: what failed sessions did, or left undone, that satisfied ones did not. Says what
/// goes with success, not what causes it. Errors must have been assigned (<see cref="ErrorClusters.Assign"/>).
/// </summary>
internal static class BehaviourMiner
{
    /// <summary>Insights kept per toolbox; more than an agent would read help nobody.</summary>
    public const int InsightsMax = 12;

    private const double SameSessionsMin = 0.8;

    /// <summary>The insights of <paramref name="toolbox"/>, strongest first.</summary>
    /// <param name="toolbox">Sessions without a verdict are not counted.</param>
    /// <param name="coveredTools">
    /// The tools of the workflows found elsewhere; null or empty when none was. Where there is a workflow, it tells which
    /// calls belong in which order, and a call that merely goes with success is not to be recommended beside it.
    /// </param>
    /// <param name="refused">Takes what passed every test and is no lesson all the same; null to drop it.</param>
    public static IEnumerable<Insight> Mine(Toolbox toolbox, IReadOnlySet<string>? coveredTools = null, ICollection<Refusal>? refused = null)
    {
        if (Cohort.Of(toolbox) is not { } cohort) return [];
        var hasWorkflow = coveredTools is { Count: > 0 };
        var trial = new BehaviourTrial(cohort, new BehaviourIndex(cohort));
        var rules = new PolicySentences(cohort.Sessions);
        var passed = trial.Passed(b => !(hasWorkflow && b.Kind.IsOrder()), b => rules.About(b) is not null);
        // "Call it where this holds" recommends a call as well.
        if (hasWorkflow) passed.RemoveAll(static f => f.Helps && f.Behaviour.Kind == BehaviourKind.DespiteFact);
        var lone = passed.Where(f => !toolbox.IsIndependent(f.With.Select(i => cohort.Sessions[i]))).ToList();
        passed.RemoveAll(lone.Contains);
        var told = Distinct(trial, passed).OrderBy(static f => Magnitude(f.P)).ThenBy(static f => f.Behaviour, Behaviour.Order).Select(f => Tell(f, cohort, rules)).ToList();
        foreach (var finding in lone) refused?.Add(new Refusal(Tell(finding, cohort, rules).Summary, "seen in too few independent sessions to be a lesson", finding.With.Count));
        foreach (var insight in told.Skip(InsightsMax)) refused?.Add(new Refusal(insight.Summary, "other habits make a clearer difference, and more than these nobody would read", insight.Support));
        return told.Take(InsightsMax);
    }

    /// <summary>Keeps of several findings that say the same the one that is easiest to act on; of mirror images, the warning.</summary>
    private static List<Finding> Distinct(BehaviourTrial trial, List<Finding> passed)
    {
        var kept = new List<Finding>();
        foreach (var finding in passed.OrderBy(static f => Tier(f.Behaviour.Kind)).ThenBy(static f => Magnitude(f.P))
            .ThenBy(static f => f.Helps).ThenBy(static f => f.Behaviour, Behaviour.Order))
        {
            if (kept.TrueForAll(k => k.Behaviour.Claim != finding.Behaviour.Claim && !SameSessions(k, finding) && trial.AddsTo(finding, k))) kept.Add(finding);
        }
        return kept;
    }

    /// <summary>Behaviour an agent can change by itself at once, before what only describes how the session went.</summary>
    private static int Tier(BehaviourKind kind) => kind switch
    {
        BehaviourKind.Directly or BehaviourKind.Ended or BehaviourKind.Often => 2,
        BehaviourKind.Unheard or BehaviourKind.Before or BehaviourKind.Used or BehaviourKind.Began => 1,
        _ => 0,
    };

    /// <summary>True when nearly the same sessions show both, or one is nearly the absence of the other.</summary>
    private static bool SameSessions(Finding a, Finding b) => Overlap(a.With, b.With) >= SameSessionsMin || Overlap(a.With, b.Without) >= SameSessionsMin;

    private static double Overlap(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        int i = 0, j = 0, shared = 0;
        while (i < a.Count && j < b.Count)
        {
            if (a[i] == b[j])
            {
                shared++;
                i++;
                j++;
            }
            else if (a[i] < b[j]) i++;
            else j++;
        }
        return (double)shared / Math.Max(1, a.Count + b.Count - shared);
    }

    /// <summary>Orders p-values; mirror images of one table differ only by rounding and are equal here.</summary>
    private static double Magnitude(double p) => Math.Round(Math.Log10(Math.Max(p, 1e-300)), 6);

    private static Insight Tell(Finding finding, Cohort cohort, PolicySentences rules)
    {
        var wording = new BehaviourWording(finding, cohort);
        var quotes = BehaviourQuotes.Of(finding, cohort);
        var lines = new List<string>(wording.Lines());
        if (!finding.Helps && rules.About(finding.Behaviour) is { } rule)
        {
            lines.Add($"The policy on it: “{rule.Text}”");
            quotes.Add(rule);
        }
        return new Insight
        {
            Key = "behaviour|" + finding.Behaviour,
            Kind = finding.Helps ? ChangeKind.Workflow : ChangeKind.Mistake,
            Toolbox = cohort.Toolbox,
            Topic = "habits",
            Title = wording.Title(),
            Lines = lines,
            Summary = wording.Summary(),
            Rationale = wording.Rationale(),
            Confidence = ConfidenceIn(finding),
            Support = finding.Helps ? finding.Table.WithGood : finding.Table.WithBad,
            Bearing = new Bearing(cohort.Toolbox, finding.With.Select(i => cohort.Sessions[i]),
                finding.With.Select(i => new Situation(cohort.Sessions[i], finding.Helps)).Concat(finding.Without.Select(i => new Situation(cohort.Sessions[i], !finding.Helps)))),
            Quotes = quotes,
        };
    }

    /// <summary>Grows with the orders of magnitude of the p-value; lower where tasks could not be compared with themselves.</summary>
    private static double ConfidenceIn(Finding finding)
    {
        var magnitude = Math.Min(8, -Math.Log10(Math.Max(1e-12, finding.PAdjusted)));
        return Math.Round(0.55 + 0.04 * magnitude - (finding.PStratified is null ? 0.1 : 0), 2);
    }
}
