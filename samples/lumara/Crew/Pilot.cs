namespace Lumara.Crew;

/// <summary>Decides how to fly: as ordered, unless a heuristic that applies says otherwise.</summary>
internal static class Pilot
{
    /// <summary>As taught, or on a practice flight in the pilot's own way.</summary>
    public static Settings Ordered(Talk talk) => talk.Line(Words.Order) is { } order && order.EndsWith(Words.Practice, StringComparison.Ordinal) ? Settings.Own(order) : Settings.Taught;

    /// <summary>The settings with every heuristic heeded, in the order of the playbook.</summary>
    public static Settings Adjusted(Settings settings, IReadOnlyList<Heuristic> heuristics, Facts facts)
    {
        foreach (var heuristic in Applying(heuristics, facts))
        {
            settings = heuristic.Advice switch
            {
                Advice.Keep { Argument: Words.DescentMps } keep => settings with { DescentMps = Kept(settings.DescentMps, keep) },
                Advice.Keep { Argument: Words.FlareM } keep => settings with { FlareM = Kept(settings.FlareM, keep) },
                Advice.Keep { Argument: Words.TouchdownMps } keep => settings with { TouchdownMps = Kept(settings.TouchdownMps, keep) },
                Advice.First { Tool: Words.Measure } first => settings with { Readings = Math.Max(settings.Readings, first.Times) },
                _ => settings,
            };
        }
        return settings;
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
        heuristics.Where(h => h.Tool == Words.Descend && h.When?.Holds(facts) != false && (h.When is null || h.When.Holds(facts) == true));

    private static double Kept(double value, Advice.Keep keep) => (keep.Side == Side.Above ? value > keep.Limit : value <= keep.Limit) ? value : keep.Best;

    /// <summary>How far a spot lies on the wrong side; 0 on the right one.</summary>
    private static double Beyond(Bound bound, Facts facts)
    {
        if (bound.Holds(facts) != false) return 0;
        return Facts.Number(facts.Find(bound.Tool, bound.Field)!) is { } number && bound.Word is null ? Math.Abs(number - bound.Limit) : 1;
    }
}
