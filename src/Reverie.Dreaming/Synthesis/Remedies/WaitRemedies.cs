using System.Globalization;
using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// Remedies that lie in the clock: a pause before the same call, or a pause after another call that takes its time. The
/// times stand in the log; nobody needs to have said them.
/// </summary>
internal static class WaitRemedies
{
    private const double SecondsMin = 4;
    private const double AccuracyMin = 0.9;

    public static IEnumerable<Remedy> Find(ErrorCase error)
    {
        if (Retry(error, error.UsualPause) is { } retry) yield return retry;
        foreach (var delay in Delays(error, error.UsualPause)) yield return delay;
    }

    /// <summary>The same call, later.</summary>
    private static Remedy? Retry(ErrorCase error, double usualPause)
    {
        var gaps = new List<Gap>();
        var resolutions = new List<Resolution>();
        foreach (var session in Sessions(error))
        {
            Step? previous = null;
            foreach (var step in session.Steps.Where(s => s.Tool == error.Tool))
            {
                if (previous is not null && previous.Error == error.Group.Cluster && Episodes.SameInput(previous, step)
                    && (step.Succeeded || step.Error == error.Group.Cluster) && Episodes.SecondsBetween(previous, step) is { } seconds)
                {
                    gaps.Add(new Gap(seconds, step.Succeeded));
                    if (step.Succeeded) resolutions.Add(new Resolution(session, previous, step));
                }
                previous = step;
            }
        }
        // Too few repetitions: a call that follows a granted one too closely tells as much.
        if (gaps.Count(static g => !g.Worked) < 2) gaps.AddRange(AfterGranted(error));
        if (Threshold.Of(gaps) is not { } threshold) return null;
        if (threshold.ShortestGood < Math.Max(SecondsMin, 3 * usualPause)) return null;
        if (threshold.Good < 2 || threshold.Bad < 2 || threshold.Accuracy < AccuracyMin) return null;
        return Make(error, threshold, resolutions,
            $"wait about {Seconds(threshold.Advice)} and send the same call again; {Proof(threshold)}",
            $"wants a pause of about {Seconds(threshold.Advice)}", 0.1);
    }

    private static IEnumerable<Gap> AfterGranted(ErrorCase error)
    {
        foreach (var session in Sessions(error))
        {
            Step? previous = null;
            foreach (var step in session.Steps.Where(s => s.Tool == error.Tool))
            {
                if (previous is { Succeeded: true } && (step.Succeeded || step.Error == error.Group.Cluster) && Episodes.SecondsBetween(previous, step) is { } seconds)
                    yield return new Gap(seconds, step.Succeeded);
                previous = step;
            }
        }
    }

    /// <summary>After another call, a while has to pass.</summary>
    private static IEnumerable<Remedy> Delays(ErrorCase error, double usualPause)
    {
        var candidates = error.Failures.SelectMany(static o => o.Session.Steps.Take(o.Step.Index).Where(static s => s.Succeeded).Select(static s => s.Action).Distinct(StringComparer.Ordinal))
            .GroupBy(static a => a, StringComparer.Ordinal).Where(g => g.Count() * 10 >= error.Failures.Count * 9 && g.Key != error.Failures[0].Step.Action)
            .Select(static g => g.Key).Order(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            var gaps = new List<Gap>();
            var resolutions = new List<Resolution>();
            int started = 0, followed = 0;
            foreach (var session in error.Toolbox.Sessions)
            {
                Step? start = null;
                var used = true;
                Step? failed = null;
                foreach (var step in session.Steps)
                {
                    if (step.Action == candidate && step.Succeeded)
                    {
                        start = step;
                        failed = null;
                        started++;
                        used = false;
                    }
                    else if (step.Tool == error.Tool && start is not null && (step.Succeeded || step.Error == error.Group.Cluster))
                    {
                        if (Episodes.SecondsBetween(start, step) is { } seconds) gaps.Add(new Gap(seconds, step.Succeeded) { LongestPause = LongestPause(session, start, step) });
                        if (!used) followed++;
                        used = true;
                        if (step.Failed) failed = step;
                        else if (failed is not null) resolutions.Add(new Resolution(session, failed, step));
                    }
                }
            }
            if (Threshold.Of(gaps) is not { } threshold || threshold.Good < 2 || threshold.Bad < 2 || threshold.Accuracy < AccuracyMin) continue;
            if (threshold.ShortestGood < Math.Max(SecondsMin, 3 * usualPause) || threshold.PValue > 0.01) continue;
            // Time that went by in calls at the usual pace is no pause: rather one of those calls did it.
            var paused = gaps.Count(g => g.Worked && g.LongestPause >= 3 * usualPause) * 2 >= threshold.Good;
            var specificity = started == 0 ? 0 : (double)followed / started;
            if (specificity < 0.5) continue;
            yield return Make(error, threshold, resolutions,
                $"after `{candidate}`, wait about {Seconds(threshold.Advice)} before `{error.Tool}`; {Proof(threshold)}",
                $"works only about {Seconds(threshold.Advice)} after `{candidate}`", (paused ? 0.12 : -0.18) + 0.15 * specificity);
        }
    }

    /// <summary>The longest time between an answer and the next call on the way from one step to the other.</summary>
    private static double LongestPause(SessionReview session, Step from, Step to)
    {
        double longest = 0;
        for (var i = from.Index; i < to.Index; i++) longest = Math.Max(longest, Episodes.SecondsBetween(session.Steps[i], session.Steps[i + 1]) ?? 0);
        return longest;
    }

    private static Remedy Make(ErrorCase error, Threshold threshold, List<Resolution> resolutions, string advice, string shortly, double prior) => new()
    {
        Advice = advice,
        Short = shortly,
        Contrast = threshold.Table,
        Resolutions = resolutions,
        Score = threshold.Accuracy + 0.2 * Math.Min(1, resolutions.Count / 3.0) + prior,
        IsWait = true,
    };

    private static string Proof(Threshold threshold) =>
        $"{Seconds(threshold.LongestBad)} was still too soon, {Seconds(threshold.ShortestGood)} was enough";

    private static string Seconds(double seconds) =>
        seconds < 600 ? Math.Round(seconds).ToString("0", CultureInfo.InvariantCulture) + " s"
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(seconds):0} s ({Math.Round(seconds / 60):0} min)");

    private static IEnumerable<SessionReview> Sessions(ErrorCase error) => error.Failures.Select(static f => f.Session).Distinct();

    /// <summary>The median time between one answer and the next call, in seconds.</summary>
    public static double UsualPause(Toolbox toolbox)
    {
        var pauses = new List<double>();
        foreach (var session in toolbox.Sessions.Take(400))
            for (var i = 1; i < session.Steps.Count; i++)
                if (Episodes.SecondsBetween(session.Steps[i - 1], session.Steps[i]) is { } pause) pauses.Add(pause);
        pauses.Sort();
        return pauses.Count == 0 ? 1 : pauses[pauses.Count / 2];
    }

    private readonly record struct Gap(double Seconds, bool Worked)
    {
        public double LongestPause { get; init; }
    }

    /// <summary>The pause that best parts what was too soon from what was late enough.</summary>
    private sealed record Threshold(double LongestBad, double ShortestGood, int Bad, int Good, Table Table, double Accuracy)
    {
        public double PValue => Statistics.FisherExact(Table);

        /// <summary>The advised pause: between the two where they are close, else just past the shortest that worked.</summary>
        public double Advice
        {
            get
            {
                var seconds = ShortestGood;
                var grain = seconds < 30 ? 1 : seconds < 120 ? 5 : seconds < 600 ? 10 : 30;
                return Math.Max(1, Math.Round(seconds / grain) * grain);
            }
        }

        public static Threshold? Of(List<Gap> gaps)
        {
            if (gaps.Count == 0) return null;
            var ordered = gaps.OrderBy(static g => g.Seconds).ThenBy(static g => g.Worked).ToList();
            var good = ordered.Count(static g => g.Worked);
            if (good == 0) return null;
            int best = 0, bestRight = -1, seenBad = 0, seenGood = 0;
            for (var cut = 0; cut <= ordered.Count; cut++)
            {
                var right = seenBad + (good - seenGood);
                if (right > bestRight)
                {
                    bestRight = right;
                    best = cut;
                }
                if (cut == ordered.Count) break;
                if (ordered[cut].Worked) seenGood++;
                else seenBad++;
            }
            if (best == ordered.Count) return null;
            var below = ordered.Take(best).ToList();
            var above = ordered.Skip(best).ToList();
            var table = new Table(above.Count(static g => g.Worked), above.Count(static g => !g.Worked), below.Count(static g => g.Worked), below.Count(static g => !g.Worked));
            var longestBad = below.Where(static g => !g.Worked).Select(static g => g.Seconds).DefaultIfEmpty(0).Max();
            var shortestGood = above.First(static g => g.Worked).Seconds;
            return new Threshold(longestBad, shortestGood, ordered.Count - good, good, table, (double)bestRight / ordered.Count);
        }
    }
}
