using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis.Workflows;

/// <summary>
/// Finds ways of working: calls that belong together (each implies the others), the closed order they have in satisfied
/// sessions, and the one step or order without which sessions fail. A step that is merely more frequent in good sessions
/// is left out: a step of the routine stands in good and bad sessions alike.
/// </summary>
internal static class WorkflowMiner
{
    private const double ImplicationMin = 0.5;
    private const double RoutineGoodMin = 0.65;
    private const double ExtraGap = 0.18;
    private const double OrderShareMin = 0.85;
    private const double DifferenceMin = 0.3;
    private const double PMax = 0.05;
    private const int SessionsMin = 7;

    /// <summary>Actions compared with each other, the most frequent ones: pairs of them are counted, and kept in memory.</summary>
    private const int ActionsMax = 100;

    public static Findings Mine(Toolbox toolbox)
    {
        var findings = new Findings();
        var traces = toolbox.Sessions.Where(static s => s.Steps.Count > 0).Select(static s => new Trace(s)).ToList();
        var routines = new List<(List<string> Core, string Crucial, Insight Insight)>();
        foreach (var core in Cores(traces))
        {
            var members = traces.Where(t => core.Count(t.Has) * 2 >= core.Count && core.Count(t.Has) >= 2).ToList();
            var judged = members.Where(static t => t.Session.Satisfied is not null).ToList();
            var good = judged.Where(static t => t.Session.Satisfied == true).ToList();
            if (judged.Count < SessionsMin || good.Count < 3 || judged.Count - good.Count < 3) continue;
            var candidates = core.Concat(Frequent(good, traces)).Distinct(StringComparer.Ordinal).Where(a => Share(a, good) >= RoutineGoodMin).ToList();
            if (Crucial(Order(candidates, good), judged) is not { } crucial) continue;
            // Where most steps never lack, one that often does is an extra.
            var steps = Order([.. candidates.Where(a => a == crucial.Step || a == crucial.Then || IsRoutine(a, candidates, crucial, members))], good);
            if (steps.Count < 3) continue;
            if (!toolbox.IsIndependent(judged.Select(static t => t.Session)))
            {
                findings.Refuse($"the steps {string.Join(", ", steps)}", "seen in too few independent sessions to be a lesson", judged.Count);
                continue;
            }
            routines.Add((core, crucial.Step, Tell(toolbox, steps, crucial, judged, good)));
        }
        foreach (var (core, crucial, insight) in routines)
        {
            // What decides about another routine is told with that one.
            if (!core.Contains(crucial) && routines.Exists(r => r.Core.Contains(crucial))) continue;
            findings.Insights.Add(insight);
            findings.Actions.UnionWith(core);
        }
        return findings;
    }

    /// <summary>Sets of actions that imply each other, at least three, from the tightest pair outwards.</summary>
    private static List<List<string>> Cores(List<Trace> traces)
    {
        var counts = traces.SelectMany(static t => t.Actions).CountBy(static a => a, StringComparer.Ordinal).Where(static c => c.Value >= SessionsMin)
            .OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal).Take(ActionsMax).ToDictionary(StringComparer.Ordinal);
        var together = new Dictionary<(string, string), int>();
        foreach (var trace in traces)
        {
            var actions = trace.Actions.FindAll(counts.ContainsKey);
            for (var i = 0; i < actions.Count; i++)
                for (var j = i + 1; j < actions.Count; j++) together[(actions[i], actions[j])] = together.GetValueOrDefault((actions[i], actions[j])) + 1;
        }
        var free = counts.Keys.ToHashSet(StringComparer.Ordinal);
        var cores = new List<List<string>>();
        foreach (var (a, b) in together
            .OrderByDescending(p => Strength(p.Key.Item1, p.Key.Item2)).ThenBy(static p => p.Key.Item1, StringComparer.Ordinal).ThenBy(static p => p.Key.Item2, StringComparer.Ordinal)
            .Select(static p => p.Key))
        {
            if (!free.Contains(a) || !free.Contains(b) || Strength(a, b) < ImplicationMin) continue;
            var core = new List<string> { a, b };
            while (true)
            {
                var next = free.Where(n => !core.Contains(n)).Select(n => (Name: n, Mean: core.Average(c => Strength(c, n)), Min: core.Min(c => Strength(c, n))))
                    .Where(static n => n.Mean >= ImplicationMin && n.Min >= ImplicationMin / 2).OrderByDescending(static n => n.Mean).ThenBy(static n => n.Name, StringComparer.Ordinal).FirstOrDefault();
                if (next.Name is null) break;
                core.Add(next.Name);
            }
            if (core.Count < 3) continue;
            cores.Add(core);
            free.ExceptWith(core);
        }
        return cores;

        double Strength(string x, string y)
        {
            var key = string.CompareOrdinal(x, y) < 0 ? (x, y) : (y, x);
            return together.TryGetValue(key, out var both) ? (double)both / Math.Max(counts[x], counts[y]) : 0;
        }
    }

    /// <summary>Actions nearly all good sessions of this kind have, though other kinds have them too.</summary>
    private static IEnumerable<string> Frequent(List<Trace> good, List<Trace> all) =>
        good.SelectMany(static t => t.Actions).GroupBy(static a => a, StringComparer.Ordinal)
            .Where(g => g.Count() >= RoutineGoodMin * good.Count && g.Count() >= 0.4 * all.Count(t => t.Has(g.Key)))
            .Select(static g => g.Key).Order(StringComparer.Ordinal);

    /// <summary>A step of the routine stands in good and bad sessions alike, about as often as the other steps.</summary>
    private static bool IsRoutine(string action, List<string> candidates, Condition crucial, List<Trace> members)
    {
        var others = candidates.Where(o => o != action && o != crucial.Step).Select(o => Share(o, members)).ToList();
        return others.Count == 0 || Share(action, members) >= others.Average() - ExtraGap;
    }

    private static double Share(string action, List<Trace> traces) => traces.Count == 0 ? 0 : (double)traces.Count(t => t.Has(action)) / traces.Count;

    /// <summary>The steps in their usual order; a step without a steady place is dropped.</summary>
    private static List<string> Order(List<string> steps, List<Trace> good)
    {
        var ordered = steps.OrderBy(s => good.Where(t => t.Has(s)).Average(t => t.First(s))).ThenBy(static s => s, StringComparer.Ordinal).ToList();
        // Sort by pairwise majority: mean positions are blurred by interleaved noise.
        for (var pass = 0; pass < ordered.Count; pass++)
            for (var i = 0; i + 1 < ordered.Count; i++)
                if (ShareBefore(ordered[i + 1], ordered[i], good) > 0.5) (ordered[i], ordered[i + 1]) = (ordered[i + 1], ordered[i]);
        while (ordered.Count > 2)
        {
            var worst = ordered.Select((s, i) => (Step: s, Worst: ordered.Select((o, j) => i == j ? 1 : i < j ? ShareBefore(s, o, good) : ShareBefore(o, s, good)).Min(),
                Mean: ordered.Select((o, j) => i == j ? 1 : i < j ? ShareBefore(s, o, good) : ShareBefore(o, s, good)).Average()))
                .OrderBy(static s => s.Worst).ThenBy(static s => s.Mean).ThenBy(static s => s.Step, StringComparer.Ordinal).First();
            if (worst.Worst >= OrderShareMin) break;
            ordered.Remove(worst.Step);
        }
        return ordered;
    }

    private static double ShareBefore(string first, string second, List<Trace> traces)
    {
        int before = 0, both = 0;
        foreach (var trace in traces)
        {
            if (!trace.Has(first) || !trace.Has(second)) continue;
            both++;
            if (trace.First(first) < trace.First(second)) before++;
        }
        return both == 0 ? 0.5 : (double)before / both;
    }

    /// <summary>
    /// The step that parts satisfied from failed sessions best by standing in its place, tested for as many comparisons as there are steps and
    /// spoken against by neither half; told as a step that must not lack, or as one that has to come before another, whichever parts them better.
    /// </summary>
    private static Condition? Crucial(List<string> steps, List<Trace> judged)
    {
        var places = steps.ConvertAll(s => Counted(new Condition(s, null, default, 1), judged, t => IsInPlace(s, steps, t)));
        // A step that too few sessions leave out can decide nothing, whatever became of them: it is no comparison.
        var telling = places.FindAll(static c => Statistics.LeastFisherExact(c.Table) <= PMax);
        var adjusted = Statistics.AdjustForManyTests([.. telling.Select(static c => c.PValue)]);
        var decides = telling.Select((c, i) => c with { AdjustedP = adjusted[i] }).Where(static c => c.AdjustedP <= PMax && c.Table.Difference >= DifferenceMin)
            .OrderByDescending(static c => Math.Round(c.Table.Difference, 3)).ThenBy(static c => c.PValue).ThenBy(static c => c.Step, StringComparer.Ordinal).FirstOrDefault();
        if (decides is null) return null;
        var at = steps.IndexOf(decides.Step);
        var best = steps.Skip(at + 1).Select(static s => (string?)s).Prepend(null).Select(then => Counted(new Condition(decides.Step, then, default, 1), judged))
            .OrderByDescending(static c => Math.Round(c.Table.Difference, 3)).ThenBy(static c => c.PValue).ThenBy(c => c.Then is null ? 0 : steps.IndexOf(c.Then)).First();
        foreach (var half in new[] { true, false })
        {
            var table = Table(best, judged.Where(t => StableHash.Discovers(t.Session.Key) == half));
            // A single session with or without it tells nothing.
            if (table.With > 1 && table.Without > 1 && table.Difference < DifferenceMin / 2) return null;
        }
        return best with { AdjustedP = decides.AdjustedP, Confirmed = Table(best, judged.Where(static t => !StableHash.Discovers(t.Session.Key))) };
    }

    private static Condition Counted(Condition condition, List<Trace> judged, Func<Trace, bool>? holds = null)
    {
        var table = Table(judged, holds ?? (t => Holds(condition, t)));
        return condition with { Table = table, PValue = Statistics.FisherExact(table) };
    }

    /// <summary>The step was taken, and before all that come after it and were taken too.</summary>
    private static bool IsInPlace(string step, List<string> steps, Trace trace) =>
        trace.Has(step) && steps.Skip(steps.IndexOf(step) + 1).All(later => !trace.Has(later) || trace.First(step) < trace.First(later));

    private static Table Table(Condition condition, IEnumerable<Trace> traces) => Table(traces, t => Holds(condition, t));

    private static Table Table(IEnumerable<Trace> traces, Func<Trace, bool> holds)
    {
        int withGood = 0, withBad = 0, withoutGood = 0, withoutBad = 0;
        foreach (var trace in traces)
        {
            var held = holds(trace);
            if (trace.Session.Satisfied == true) _ = held ? withGood++ : withoutGood++;
            else _ = held ? withBad++ : withoutBad++;
        }
        return new Table(withGood, withBad, withoutGood, withoutBad);
    }

    private static bool Holds(Condition condition, Trace trace) =>
        trace.Has(condition.Step) && (condition.Then is null || !trace.Has(condition.Then) || trace.First(condition.Step) < trace.First(condition.Then));

    private static Insight Tell(Toolbox toolbox, List<string> steps, Condition crucial, List<Trace> judged, List<Trace> good)
    {
        var table = crucial.Table;
        var name = TopicWords.Of([.. judged.Select(static t => t.Session)], toolbox);
        var order = string.Join(" → ", steps.Select(static s => $"`{s}`"));
        var rule = crucial.Then is null ? $"never leave out `{crucial.Step}`" : $"`{crucial.Step}` has to come before `{crucial.Then}`";
        var proof = string.Create(CultureInfo.InvariantCulture,
            $"{table.WithGood} of {table.With} sessions that kept to it were satisfied, {table.WithoutGood} of {table.Without} that did not");
        var held = string.Create(CultureInfo.InvariantCulture,
            $"held-out half: {crucial.Confirmed.WithGood} of {crucial.Confirmed.With} against {crucial.Confirmed.WithoutGood} of {crucial.Confirmed.Without}");
        var cited = good.TakeLast(2).Concat(judged.Where(static t => t.Session.Satisfied == false).TakeLast(1));
        return new Insight
        {
            Key = $"workflow/{string.Join('/', steps)}",
            Kind = ChangeKind.Workflow,
            Toolbox = toolbox,
            Topic = "workflows",
            Title = name.Length == 0 ? $"{steps[0]} to {steps[^1]}" : name,
            Lines = [$"Steps: {order}.", $"What decides: {rule}. Because: {proof}."],
            Summary = $"Way of working{(name.Length == 0 ? "" : $" for “{name}”")}: {order}; {rule}",
            Rationale = string.Create(CultureInfo.InvariantCulture,
                $"{proof}; difference {table.Difference * 100:0} points, Fisher p = {crucial.PValue:0.0e+0}; whether `{crucial.Step}` stands in its place, {crucial.AdjustedP:0.0e+0} adjusted for the steps that may lack; {held}. Each step stands in at least {RoutineGoodMin * 100:0} % of {good.Count} satisfied sessions."),
            Confidence = Math.Round(Math.Min(0.99, 0.5 + 0.5 * Statistics.Wilson(table.WithGood, table.With).Low), 2),
            Support = judged.Count,
            Bearing = new Bearing(toolbox, judged.Select(static t => t.Session), judged.Select(t => new Situation(t.Session, Holds(crucial, t)))),
            Quotes = [.. cited.SelectMany(t => Cite(t, crucial)).Take(6)],
        };
    }

    private static IEnumerable<Quote> Cite(Trace trace, Condition crucial)
    {
        foreach (var action in new[] { crucial.Step, crucial.Then })
        {
            if (action is null || !trace.Has(action)) continue;
            var step = trace.Session.Steps[trace.First(action)];
            if ((Quotes.OfCall(trace.Session, step) ?? Quotes.OfResult(trace.Session, step)) is { } quote) yield return quote;
        }
        if (trace.Session.Satisfied == false && trace.Session.UserMessages.Count > 1
            && Quotes.OfWords(trace.Session, trace.Session.UserMessages[^1]) is { } complaint) yield return complaint;
    }

    private sealed record Condition(string Step, string? Then, Table Table, double PValue)
    {
        public double AdjustedP { get; init; } = 1;

        public Table Confirmed { get; init; }
    }

    /// <summary>A session as the order in which actions first worked.</summary>
    private sealed class Trace
    {
        private readonly Dictionary<string, int> _first = new(StringComparer.Ordinal);

        public Trace(SessionReview session)
        {
            Session = session;
            foreach (var step in session.Steps)
                if (step.Succeeded) _first.TryAdd(step.Action, step.Index);
            Actions = [.. _first.Keys.Order(StringComparer.Ordinal)];
        }

        public SessionReview Session { get; }

        public List<string> Actions { get; }

        public bool Has(string action) => _first.ContainsKey(action);

        public int First(string action) => _first[action];
    }
}
