using System.Runtime.InteropServices;
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
        foreach (var (action, table) in Contrasts(tries, static t => t.Between))
        {
            if (Test(error.Toolbox, tries, table, t => t.Between.Contains(action), $"use `{action}` before trying again", $"`{action}` before the next try helps") is { } remedy) candidates.Add(remedy);
        }
        foreach (var (path, table) in Contrasts(tries, static t => t.OfferedPaths()))
        {
            var examples = tries.Where(t => t.Worked && t.Offers(path)).Select(t => t.Next.Value(path)!).Where(static v => v.Length <= 40 && !Secrets.In(v) && !v.Contains('`'))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(2).Select(static v => $"`{v}`").ToList();
            var like = examples.Count == 0 ? "" : $" (worked: {string.Join(", ", examples)})";
            if (Test(error.Toolbox, tries, table, t => t.Offers(path), $"try again with a `{path}` that the answer itself offers{like}", $"a `{path}` offered in the answer works more often") is { } remedy) candidates.Add(remedy);
        }
        return candidates.OrderByDescending(static c => c.Contrast.Difference).ThenBy(static c => c.Short, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The conditions that raise the chance of the next try beyond doubt, each with its table, all counted in one pass.</summary>
    private static IEnumerable<(string Condition, Table Table)> Contrasts(List<Attempt> tries, Func<Attempt, IEnumerable<string>> conditions)
    {
        var with = new Dictionary<string, (int Good, int Bad)>(StringComparer.Ordinal);
        foreach (var attempt in tries)
        {
            foreach (var condition in conditions(attempt))
            {
                ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(with, condition, out _);
                if (attempt.Worked) counts.Good++;
                else counts.Bad++;
            }
        }
        var good = tries.Count(static t => t.Worked);
        foreach (var (condition, counts) in with.OrderBy(static w => w.Key, StringComparer.Ordinal))
        {
            var table = new Table(counts.Good, counts.Bad, good - counts.Good, tries.Count - good - counts.Bad);
            if (table.With >= TriesMin && table.Without >= TriesMin && table.Difference >= DifferenceMin && Statistics.FisherExact(table) <= PMax) yield return (condition, table);
        }
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

    private static Remedy? Test(Toolbox toolbox, List<Attempt> tries, Table table, Func<Attempt, bool> condition, string advice, string shortly)
    {
        var worked = tries.Where(t => t.Worked && condition(t)).ToList();
        if (toolbox.Tasks(worked.Select(static t => t.Session)) < 3) return null;
        return new Remedy
        {
            Advice = $"{advice}; the next try then worked in {table.WithGood} of {table.With} cases, without it in {table.WithoutGood} of {table.Without}",
            Short = shortly,
            Contrast = table,
            Resolutions = [.. worked.Select(static t => new Resolution(t.Session, t.Failed, t.Next))],
            Score = table.Difference,
        };
    }

    private sealed record Attempt(SessionReview Session, Step Failed, Step Next, HashSet<string> Between)
    {
        public bool Worked => Next.Succeeded;

        /// <summary>The next call takes a text the failed answer offered, and not the one that failed.</summary>
        public bool Offers(string path) => OfferedPaths().Contains(path, StringComparer.Ordinal);

        public IEnumerable<string> OfferedPaths() => Next.Arguments.DistinctBy(static a => a.Path, StringComparer.Ordinal)
            .Where(a => a.Standing == Standing.Labelled && a.Kind == ValueKind.Text && !Secrets.IsSecretField(a.Path) && Failed.Value(a.Path) != a.Text).Select(static a => a.Path);
    }
}
