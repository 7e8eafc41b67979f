using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// The weaker question where nothing parts success from failure cleanly: after this error, what raises the chance that
/// the next try works? Answers such as "look at the schema before guessing again" or "take one of the names it offers".
/// </summary>
internal static class RecoveryRemedies
{
    private const double DifferenceMin = 0.15;
    private const double PMax = 0.001;
    private const int TriesMin = 5;

    public static Remedy? Find(ErrorCase error)
    {
        var tries = Tries(error);
        var candidates = new List<Remedy>();
        foreach (var action in tries.SelectMany(static t => t.Between).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (Test(error.Toolbox, tries, t => t.Between.Contains(action), $"use `{action}` before trying again", $"`{action}` before the next try helps") is { } remedy) candidates.Add(remedy);
        }
        foreach (var path in tries.SelectMany(static t => t.Next.Arguments).Where(static a => a.Kind == ValueKind.Text && !Secrets.IsSecretField(a.Path)).Select(static a => a.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var examples = tries.Where(t => t.Worked && Offered(t, path)).Select(t => t.Next.Value(path)!).Where(static v => v.Length <= 40 && !Secrets.In(v) && !v.Contains('`'))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(2).Select(static v => $"`{v}`").ToList();
            var like = examples.Count == 0 ? "" : $" (worked: {string.Join(", ", examples)})";
            if (Test(error.Toolbox, tries, t => Offered(t, path), $"try again with a `{path}` that the answer itself offers{like}", $"a `{path}` offered in the answer works more often") is { } remedy) candidates.Add(remedy);
        }
        return candidates.OrderByDescending(static c => c.Contrast.Difference).ThenBy(static c => c.Short, StringComparer.Ordinal).FirstOrDefault();
    }

    private static List<Attempt> Tries(ErrorCase error)
    {
        var tries = new List<Attempt>();
        foreach (var failure in error.Failures)
        {
            var between = new HashSet<string>(StringComparer.Ordinal);
            foreach (var step in Episodes.After(failure.Session, failure.Step))
            {
                if (step.Action == failure.Step.Action)
                {
                    tries.Add(new Attempt(failure.Session, failure.Step, step, between));
                    break;
                }
                if (step.Succeeded) between.Add(step.Action);
            }
        }
        return tries;
    }

    private static Remedy? Test(Toolbox toolbox, List<Attempt> tries, Func<Attempt, bool> condition, string advice, string shortly)
    {
        int withGood = 0, withBad = 0, withoutGood = 0, withoutBad = 0;
        foreach (var attempt in tries)
        {
            if (condition(attempt)) _ = attempt.Worked ? withGood++ : withBad++;
            else _ = attempt.Worked ? withoutGood++ : withoutBad++;
        }
        var table = new Table(withGood, withBad, withoutGood, withoutBad);
        if (table.With < TriesMin || table.Without < TriesMin || table.Difference < DifferenceMin || Statistics.FisherExact(table) > PMax) return null;
        var worked = tries.Where(t => t.Worked && condition(t)).ToList();
        if (toolbox.Tasks(worked.Select(static t => t.Session)) < 3) return null;
        return new Remedy
        {
            Advice = $"{advice}; the next try then worked in {withGood} of {table.With} cases, without it in {withoutGood} of {table.Without}",
            Short = shortly,
            Contrast = table,
            Resolutions = [.. worked.Select(static t => new Resolution(t.Session, t.Failed, t.Next))],
            Score = table.Difference,
        };
    }

    private static bool Offered(Attempt attempt, string path)
    {
        foreach (var argument in attempt.Next.Arguments)
            if (argument.Path == path) return argument.Standing == Standing.Labelled && attempt.Failed.Value(path) != argument.Text;
        return false;
    }

    private sealed record Attempt(SessionReview Session, Step Failed, Step Next, HashSet<string> Between)
    {
        public bool Worked => Next.Succeeded;
    }
}
