namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// The weaker question where nothing parts success from failure cleanly: after this error, what raises the chance that
/// the next try works? Answers such as "look at the schema before guessing again".
/// </summary>
internal static class RecoveryRemedies
{
    private const double DifferenceMin = 0.2;
    private const double PMax = 0.001;

    public static Remedy? Find(ErrorCase error)
    {
        var tries = new List<(Resolution Try, bool Worked, HashSet<string> Between)>();
        var actions = error.Failures.Select(static f => f.Step.Action).ToHashSet(StringComparer.Ordinal);
        foreach (var failure in error.Failures)
        {
            var between = new HashSet<string>(StringComparer.Ordinal);
            foreach (var step in Episodes.After(failure.Session, failure.Step))
            {
                if (step.Tool == error.Tool && actions.Contains(step.Action))
                {
                    tries.Add((new Resolution(failure.Session, failure.Step, step), step.Succeeded, between));
                    break;
                }
                if (step.Succeeded) between.Add(step.Action);
            }
        }
        Remedy? best = null;
        foreach (var action in tries.SelectMany(static t => t.Between).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var table = new Table(
                tries.Count(t => t.Between.Contains(action) && t.Worked), tries.Count(t => t.Between.Contains(action) && !t.Worked),
                tries.Count(t => !t.Between.Contains(action) && t.Worked), tries.Count(t => !t.Between.Contains(action) && !t.Worked));
            if (table.With < 5 || table.Without < 5 || table.Difference < DifferenceMin || Statistics.FisherExact(table) > PMax) continue;
            if (best is not null && table.Difference <= best.Contrast.Difference) continue;
            best = new Remedy
            {
                Advice = $"use `{action}` before trying again; the next try then works more often",
                Short = $"`{action}` before the next try helps",
                Contrast = table,
                Resolutions = [.. tries.Where(t => t.Worked && t.Between.Contains(action)).Select(static t => t.Try)],
                Score = table.Difference,
            };
        }
        return best;
    }
}
