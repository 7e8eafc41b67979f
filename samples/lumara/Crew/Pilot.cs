namespace Lumara.Crew;

/// <summary>Decides how to fly: as ordered, unless a heuristic that applies says otherwise.</summary>
internal static class Pilot
{
    /// <summary>As taught, or on a practice flight in the pilot's own way.</summary>
    public static Settings Ordered(Talk talk) => talk.Line(Words.Order) is { } order && order.EndsWith(Words.Practice, StringComparison.Ordinal) ? Settings.Own(order) : Settings.Taught;

    /// <summary>The settings with every heuristic heeded that applies.</summary>
    public static Settings Adjusted(Settings settings, IReadOnlyList<Heuristic> heuristics, Facts facts)
    {
        var advice = Applying(heuristics, facts).Select(static h => h.Advice).ToList();
        double Best(string argument, double taught)
        {
            var keeps = advice.OfType<Advice.Keep>().Where(k => k.Argument == argument).ToList();
            return keeps.Select(static k => k.Best).Prepend(taught).Distinct().Select((value, place) => (value, place))
                .OrderBy(v => keeps.Count(k => !IsKept(v.value, k))).ThenByDescending(static v => v.place).First().value;
        }
        var times = advice.OfType<Advice.First>().Where(static f => f.Tool == Words.Measure).Select(static f => f.Times);
        return new Settings(Best(Words.DescentMps, settings.DescentMps), Best(Words.FlareM, settings.FlareM), Best(Words.TouchdownMps, settings.TouchdownMps),
            times.Prepend(settings.Readings).Max(), settings.Spot);
    }

    /// <summary>The wanted spot, where the heuristics allow it; otherwise the nearest they allow; otherwise the one that comes closest.</summary>
    /// <param name="wanted">The place of the wanted spot in <paramref name="spots"/>.</param>
    /// <param name="spots">What was found out about each, nearest first.</param>
    public static string Choose(int wanted, IReadOnlyList<(string Name, Facts Facts)> spots, IReadOnlyList<Heuristic> heuristics)
    {
        double Excess((string Name, Facts Facts) spot) => Applying(heuristics, spot.Facts).Select(static h => h.Advice).OfType<Advice.OnlyWhere>().Sum(a => Beyond(a.Bound, spot.Facts));
        var order = spots.Select((spot, place) => (Spot: spot, Place: place)).OrderBy(s => Excess(s.Spot)).ThenBy(s => s.Place != wanted % spots.Count).ThenBy(static s => s.Place);
        return order.First().Spot.Name;
    }

    private static IEnumerable<Heuristic> Applying(IReadOnlyList<Heuristic> heuristics, Facts facts) =>
        heuristics.Where(h => h.Tool == Words.Descend && (h.When is null || h.When.Holds(facts) == true));

    private static bool IsKept(double value, Advice.Keep keep) => keep.Side == Side.Above ? value > keep.Limit : value <= keep.Limit;

    /// <summary>How far a spot lies on the wrong side; 0 on the right one.</summary>
    private static double Beyond(Bound bound, Facts facts)
    {
        if (bound.Holds(facts) != false) return 0;
        return Facts.Number(facts.Find(bound.Tool, bound.Field)!) is { } number && bound.Word is null ? Math.Abs(number - bound.Limit) : 1;
    }
}
