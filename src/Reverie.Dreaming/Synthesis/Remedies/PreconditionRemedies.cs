namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// Remedies that lie before the call: another call has to come first. What has to come second is the failing call
/// itself, or an earlier call whose result the failing one only shows (a request that is checked later).
/// </summary>
internal static class PreconditionRemedies
{
    private const double SeparationMin = 0.8;
    private const double RateWithoutMax = 0.4;

    private static readonly Reach[] Reaches = [Reach.SameThing, Reach.Recent, Reach.Session];

    public static IEnumerable<Remedy> Find(ErrorCase error)
    {
        var precedence = new Precedence(error.Tool, error.CommonValues);
        var candidates = error.Worked.Before.Where(a => a.Value >= 2 && a.Key != error.Tool && a.Key != error.Successes[0].Step.Action)
            .Select(static a => a.Key).Order(StringComparer.Ordinal).ToList();
        foreach (var anchor in Anchors(error, precedence))
        {
            foreach (var candidate in candidates)
            {
                if (candidate == anchor) continue;
                Remedy? best = null;
                foreach (var reach in Reaches)
                {
                    if (Test(error, precedence, new Precondition(anchor, candidate, reach)) is { } remedy && (best is null || remedy.Score > best.Score + 1e-9)) best = remedy;
                }
                if (best is not null) yield return best;
            }
        }
    }

    /// <summary>The failing call itself (null), and calls that nearly always stand before it about the same thing, failing or not.</summary>
    private static IEnumerable<string?> Anchors(ErrorCase error, Precedence precedence)
    {
        yield return null;
        var counts = Precedence.Count(error.Failures, precedence.Near);
        foreach (var (action, count) in error.Worked.Near) counts[action] = counts.GetValueOrDefault(action) + count;
        var calls = error.Successes.Count + error.Failures.Count;
        foreach (var action in counts.Where(c => c.Value * 10 >= calls * 8).OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal).Take(4))
            yield return action.Key;
    }

    private static Remedy? Test(ErrorCase error, Precedence precedence, Precondition condition)
    {
        var bad = precedence.Count(error.Failures, condition);
        if (bad.Without < 2) return null;
        var good = error.Worked.Meeting(condition);
        var table = new Table(good.With, bad.With, good.Without, bad.Without);
        if (table.WithGood < 2 || ErrorCase.Separation(table) < SeparationMin || table.WithBad * 6 > table.WithGood) return null;
        if (table.RateWithout > RateWithoutMax || Statistics.FisherExact(table) > 0.01) return null;
        var (anchor, candidate, reach) = condition;
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
}
