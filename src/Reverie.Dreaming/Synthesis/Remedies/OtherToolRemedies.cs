using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// Remedies that lie in another tool: it does for the same thing what the failing one would not, or it is what agents
/// turn to after the failing one and hardly anybody else does.
/// </summary>
internal static class OtherToolRemedies
{
    private const int TurnsMin = 4;
    private const double TurnPMax = 0.001;

    /// <summary>How many steps after giving a tool up agents may take to turn to another one.</summary>
    private const int TurnSteps = 3;

    public static IEnumerable<Remedy> Find(ErrorCase error)
    {
        var (settled, open) = Settled(error.Failures, error.SameToolResolutions, error.CommonValues);
        var isSettled = false;
        foreach (var (action, resolutions) in settled.OrderBy(static s => s.Key, StringComparer.Ordinal))
        {
            if (resolutions.Count < 3 || resolutions.Count * 5 < open.Count * 2 || error.Toolbox.Tasks(resolutions.Select(static r => r.Session)) < 2) continue;
            // A tool that follows the failing one anyway (a usual next step) is no substitute for it.
            var afterSuccess = error.Successes.Count(o => Episodes.After(o.Session, o.Step).Any(s => s.Action == action && Tied(error.CommonValues, s, o.Step)));
            if (afterSuccess * 3 > error.Successes.Count && error.Successes.Count >= 3) continue;
            // Nor is one that sessions without the error turn to as often.
            var calm = error.Successes.Select(static o => o.Session).Where(s => !open.Contains(s.Key)).Distinct().ToList();
            var turned = calm.Count(s => s.Steps.Any(step => step.Action == action));
            if (calm.Count >= 3 && Statistics.FisherExact(new Table(resolutions.Count, Math.Max(0, open.Count - resolutions.Count), turned, calm.Count - turned)) > 0.02) continue;
            var all = error.Toolbox.Sessions.SelectMany(static s => s.Steps).Where(s => s.Action == action).ToList();
            var works = all.Count(static s => s.Succeeded);
            var table = new Table(works, all.Count - works, 0, error.Failures.Count);
            if (table.RateWith < 0.7) continue;
            var resolvedShare = (double)resolutions.Count / Math.Max(1, open.Count + error.SameToolResolutions.Count);
            isSettled = true;
            yield return Make(error, action, table, resolutions, 0.75 + 0.3 * Math.Min(1, resolvedShare) + 0.05 * Math.Min(1, resolutions.Count / 5.0));
        }
        if (!isSettled && Turn(error) is { } turn) yield return turn;
    }

    private static Remedy Make(ErrorCase error, string action, Table table, IReadOnlyList<Resolution> resolutions, double score)
    {
        var topic = Topic(error);
        return new Remedy
        {
            Advice = $"use `{action}` instead{topic}, not `{error.Tool}`",
            Short = topic.Length == 0 ? $"`{action}` does it instead" : $"not for this{topic}: use `{action}` instead",
            Contrast = table,
            Resolutions = resolutions,
            Score = score,
        };
    }

    /// <summary>
    /// The two calls need not share a value where nothing else explains the step from one to the other: agents try the
    /// failing tool again to no avail, most of them then turn to the same action, which some take straight away, and which
    /// those who did not meet the error seldom take otherwise.
    /// </summary>
    private static Remedy? Turn(ErrorCase error)
    {
        var bySession = error.Failures.GroupBy(static f => f.Session).ToList();
        // The last failure of a session after which the tool never worked.
        var left = bySession.Select(static g => g.MaxBy(static f => f.Step.Index)).Where(static f => Episodes.SameToolSuccess(f.Session, f.Step) is null).ToList();
        if (left.Count * 5 < bySession.Count * 4 || error.Failures.Count < bySession.Count + 2) return null;
        var turns = left.SelectMany(static f => TurnedTo(f).Select(s => (s.Action, Resolution: new Resolution(f.Session, f.Step, s))))
            .GroupBy(static t => t.Action, static t => t.Resolution, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).ToList();
        if (turns.Count == 0) return null;
        List<Resolution> resolutions = [.. turns[0]];
        if (resolutions.Count < TurnsMin || resolutions.Count * 2 < left.Count || (turns.Count > 1 && turns[1].Count() * 3 > resolutions.Count * 2)) return null;
        if (error.Toolbox.Tasks(resolutions.Select(static r => r.Session)) < 2 || !error.Toolbox.IsIndependent(resolutions.Select(static r => r.Session))) return null;
        var action = turns[0].Key;
        var met = bySession.Select(static g => g.Key).ToHashSet();
        var others = error.Toolbox.Sessions.Where(s => !met.Contains(s)).ToList();
        var alike = others.Count(s => s.Steps.Exists(step => step.Action == action));
        if (alike == 0 || alike * left.Count >= resolutions.Count * others.Count) return null;
        if (Statistics.FisherExact(new Table(resolutions.Count, left.Count - resolutions.Count, alike, others.Count - alike)) * turns.Count > TurnPMax) return null;
        var all = error.Toolbox.Sessions.SelectMany(static s => s.Steps).Where(s => s.Action == action).ToList();
        var works = all.Count(static s => s.Succeeded);
        if (works * 10 < all.Count * 9) return null;
        return Make(error, action, new Table(works, all.Count - works, 0, error.Failures.Count), resolutions, 0.7 + 0.3 * resolutions.Count / left.Count);
    }

    /// <summary>What other tools did with success soon after a failure and had not done before it, each action once.</summary>
    private static IEnumerable<Step> TurnedTo(Occurrence failure) =>
        failure.Session.Steps.Skip(failure.Step.Index + 1).Take(TurnSteps).Where(s => s.Tool != failure.Step.Tool && s.Succeeded)
            .DistinctBy(static s => s.Action, StringComparer.Ordinal).Where(s => !failure.Session.Steps.Take(failure.Step.Index).Any(b => b.Action == s.Action));

    /// <summary>True when another tool dealt with the thing that failed before the failing one worked on something else.</summary>
    public static bool SettledBefore(SessionReview session, Step failed, Step settled, IReadOnlySet<string> common) =>
        !Tied(common, settled, failed) && Episodes.After(session, failed).TakeWhile(s => s != settled).Any(s => s.Tool != failed.Tool && s.Succeeded && Tied(common, s, failed));

    /// <summary>The most sessions in which one other tool settled the failure.</summary>
    public static int Count(IReadOnlyList<Occurrence> failures, IReadOnlyList<Resolution> sameTool, IReadOnlySet<string> common) =>
        Settled(failures, sameTool, common).Settled.Values.Select(static r => r.Count).DefaultIfEmpty(0).Max();

    private static (Dictionary<string, List<Resolution>> Settled, HashSet<string> Open) Settled(
        IReadOnlyList<Occurrence> failures, IReadOnlyList<Resolution> sameTool, IReadOnlySet<string> common)
    {
        var settled = new Dictionary<string, List<Resolution>>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var settledBySame = sameTool.Where(r => Tied(common, r.Settled, r.Failed)).Select(static r => r.Failed).ToHashSet();
        foreach (var failure in failures)
        {
            if (settledBySame.Contains(failure.Step)) continue;
            open.Add(failure.Session.Key);
            foreach (var step in Episodes.After(failure.Session, failure.Step))
            {
                if (step.Tool == failure.Step.Tool || !step.Succeeded || !Tied(common, step, failure.Step)) continue;
                if (!settled.TryGetValue(step.Action, out var list)) settled[step.Action] = list = [];
                // What was done for the same thing before the failure too is habit, not a way out.
                if (failure.Session.Steps.Take(failure.Step.Index).Any(s => s.Action == step.Action && Tied(common, s, failure.Step))) continue;
                // Failures of one session come one after the other.
                if (list.Count == 0 || list[^1].Session != failure.Session) list.Add(new Resolution(failure.Session, failure.Step, step));
            }
        }
        return (settled, open);
    }

    private static bool Tied(IReadOnlySet<string> common, Step a, Step b)
    {
        foreach (var x in a.Arguments)
        {
            if (x.Text.Length < 3 || common.Contains(x.Text)) continue;
            foreach (var y in b.Arguments)
            {
                if (y.Text.Length < 3 || common.Contains(y.Text)) continue;
                if (x.Text == y.Text || (x.Text.Length >= 4 && AnyCase.Contains(y.Text, x.Text)) || (y.Text.Length >= 4 && AnyCase.Contains(x.Text, y.Text))) return true;
            }
        }
        return false;
    }

    /// <summary>What the failing calls were about: a value or a word that all of them carry.</summary>
    private static string Topic(ErrorCase error)
    {
        foreach (var path in error.Failures[0].Step.Arguments.Select(static a => a.Path).Where(static p => !Text.Secrets.IsSecretField(p)))
        {
            var values = error.Failures.Select(o => o.Step.Value(path)).OfType<string>().ToList();
            if (values.Count * 10 < error.Failures.Count * 8) continue;
            var common = values.SelectMany(static v => Text.Words.Split(v).Where(static w => w.Length >= 3 && w.All(char.IsLetter)).Distinct(StringComparer.Ordinal))
                .GroupBy(static w => w, StringComparer.Ordinal).Where(g => g.Count() * 10 >= values.Count * 9)
                .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).Select(static g => g.Key).Take(2).ToList();
            if (common.Count > 0) return $" when `{path}` is about “{string.Join(' ', common)}”";
        }
        return "";
    }
}
