namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// For tools that run command lines: what fails is often no command at all (a sentence, a wrapper around the command).
/// Command lines that work begin with one of a few words.
/// </summary>
internal static class CommandRemedies
{
    private const int WordsShown = 6;
    private const int TasksMin = 3;

    public static IEnumerable<Remedy> Find(ErrorCase error)
    {
        var known = error.AllSuccesses.GroupBy(static o => o.Step.Action, StringComparer.Ordinal)
            .Where(g => g.Key != error.Tool && error.Toolbox.Tasks(g.Select(static o => o.Session)) >= TasksMin)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).Select(static g => g.Key).ToList();
        if (known.Count == 0) yield break;
        var words = known.ToHashSet(StringComparer.Ordinal);
        int withGood = 0, withBad = 0, withoutGood = 0, withoutBad = 0;
        foreach (var success in error.AllSuccesses) _ = words.Contains(success.Step.Action) ? withGood++ : withoutGood++;
        foreach (var failure in error.Failures) _ = words.Contains(failure.Step.Action) ? withBad++ : withoutBad++;
        var table = new Table(withGood, withBad, withoutGood, withoutBad);
        if (withoutBad * 10 < 6 * error.Failures.Count || table.Difference < 0.3) yield break;
        var shown = string.Join(", ", known.Take(WordsShown).Select(a => $"`{a[(error.Tool.Length + 1)..]}`"));
        var fits = error.SameToolResolutions.Where(r => !words.Contains(r.Failed.Action) && words.Contains(r.Settled.Action)).ToList();
        yield return new Remedy
        {
            Advice = $"send the bare command and nothing else, beginning with the command word (what worked began with {shown}); no sentence, no label and no code fence around it",
            Short = $"takes bare commands that begin with {shown}",
            Contrast = table,
            Resolutions = fits,
            Score = ErrorCase.Separation(table) + error.ResolutionScore(fits.Count),
        };
    }
}
