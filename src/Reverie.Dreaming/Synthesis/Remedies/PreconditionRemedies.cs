using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// Remedies that lie before the call: another call has to come first. What has to come second is the failing call
/// itself, or an earlier call whose result the failing one only shows (a request that is checked later).
/// </summary>
internal static class PreconditionRemedies
{
    private const double SeparationMin = 0.8;
    private const double RateWithoutMax = 0.4;
    private const int NearSteps = 5;

    public static IEnumerable<Remedy> Find(ErrorCase error)
    {
        foreach (var anchor in Anchors(error))
        {
            var candidates = error.Successes.SelectMany(static o => o.Session.Steps.Take(o.Step.Index).Where(static s => s.Succeeded).Select(static s => s.Action).Distinct(StringComparer.Ordinal))
                .GroupBy(static a => a, StringComparer.Ordinal).Where(static g => g.Count() >= 2).Select(static g => g.Key)
                .Where(a => a != anchor && a != error.Tool && error.Successes[0].Step.Action != a).Order(StringComparer.Ordinal).ToList();
            foreach (var candidate in candidates)
            {
                Remedy? best = null;
                foreach (var reach in new[] { Reach.SameThing, Reach.Recent, Reach.Session })
                {
                    if (Test(error, anchor, candidate, reach) is { } remedy && (best is null || remedy.Score > best.Score + 1e-9)) best = remedy;
                }
                if (best is not null) yield return best;
            }
        }
    }

    /// <summary>The failing call itself (null), and calls that nearly always stand before it about the same thing, failing or not.</summary>
    private static IEnumerable<string?> Anchors(ErrorCase error)
    {
        yield return null;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var calls = error.Successes.Concat(error.Failures).ToList();
        foreach (var call in calls)
            foreach (var action in call.Session.Steps.Take(call.Step.Index).Where(s => s.Succeeded && s.Tool != error.Tool && (Shares(error, s, call.Step) || call.Step.Index - s.Index <= NearSteps)).Select(static s => s.Action).Distinct(StringComparer.Ordinal))
                counts[action] = counts.GetValueOrDefault(action) + 1;
        foreach (var action in counts.Where(c => c.Value * 10 >= calls.Count * 8).OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal).Take(4))
            yield return action.Key;
    }

    private static Remedy? Test(ErrorCase error, string? anchor, string candidate, Reach reach)
    {
        var table = error.Contrast(o => Preceded(error, o, anchor, candidate, reach));
        if (table.WithGood < 2 || table.WithoutBad < 2 || ErrorCase.Separation(table) < SeparationMin || table.WithBad * 6 > table.WithGood) return null;
        if (table.RateWithout > RateWithoutMax || Statistics.FisherExact(table) > 0.01) return null;
        var fits = error.SameToolResolutions.Where(r =>
            r.Session.Steps.Skip(r.Failed.Index + 1).Take(r.Settled.Index - r.Failed.Index - 1).Any(s => s.Action == candidate && s.Succeeded)).ToList();
        if (error.SameToolResolutions.Count >= 3 && fits.Count * 3 < error.SameToolResolutions.Count) return null;
        var same = reach == Reach.SameThing ? SharedField(error, anchor, candidate) : null;
        var target = same is null ? "" : $" with the same `{same}`";
        return new Remedy
        {
            Advice = anchor is null
                ? $"call `{candidate}`{target} first, then `{error.Tool}`; without `{candidate}` before it the call fails"
                : $"call `{candidate}`{target} first, then `{anchor}`, then `{error.Tool}`; `{anchor}` before `{candidate}` fails",
            Short = anchor is null ? $"needs `{candidate}` first" : $"needs `{candidate}` before `{anchor}`",
            Contrast = table,
            Resolutions = fits,
            Score = ErrorCase.Separation(table) + error.ResolutionScore(fits.Count)
                + (anchor is null ? 0.02 : 0) + (reach == Reach.SameThing ? 0.04 : reach == Reach.Recent ? 0.01 : 0.02),
        };
    }

    /// <summary>Null when the call has no anchor to stand before.</summary>
    private static bool? Preceded(ErrorCase error, Occurrence occurrence, string? anchor, string candidate, Reach reach)
    {
        var steps = occurrence.Session.Steps;
        var target = anchor is null ? occurrence.Step : null;
        for (var i = occurrence.Step.Index - 1; target is null && i >= 0; i--)
            if (steps[i].Action == anchor && steps[i].Succeeded && Shares(error, steps[i], occurrence.Step)) target = steps[i];
        for (var i = occurrence.Step.Index - 1; target is null && i >= Math.Max(0, occurrence.Step.Index - 3 * NearSteps); i--)
            if (steps[i].Action == anchor && steps[i].Succeeded) target = steps[i];
        if (target is null) return null;
        for (var i = target.Index - 1; i >= 0; i--)
        {
            var step = steps[i];
            if (step.Action == candidate && step.Succeeded && (reach != Reach.SameThing || Shares(error, step, target))) return true;
            if (reach == Reach.Recent && step.Action == target.Action) return false;
        }
        return false;
    }

    private static bool Shares(ErrorCase error, Step a, Step b)
    {
        foreach (var x in a.Arguments)
            foreach (var y in b.Arguments)
                if (x.Text == y.Text && x.Text.Length >= 2 && !error.CommonValues.Contains(x.Text)) return true;
        return false;
    }

    private static string? SharedField(ErrorCase error, string? anchor, string candidate)
    {
        foreach (var occurrence in error.Successes)
        {
            var targets = anchor is null ? [occurrence.Step] : occurrence.Session.Steps.Take(occurrence.Step.Index).Where(s => s.Action == anchor).ToList();
            foreach (var target in targets)
                foreach (var step in occurrence.Session.Steps.Take(target.Index).Where(s => s.Action == candidate))
                    foreach (var x in step.Arguments)
                        foreach (var y in target.Arguments)
                            if (x.Text == y.Text && x.Text.Length >= 2 && x.Path == y.Path && !error.CommonValues.Contains(x.Text)) return y.Path;
        }
        return null;
    }

    private enum Reach
    {
        /// <summary>Earlier in the session and about the same thing.</summary>
        SameThing,

        /// <summary>Since the second call was last made.</summary>
        Recent,

        /// <summary>Anywhere earlier in the session.</summary>
        Session,
    }
}
