namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// For tools that run command lines: what fails is often no command at all (a sentence, a wrapper around the command).
/// Command lines that work begin with one of a few words.
/// </summary>
internal static class CommandRemedies
{
    private const int WordsShown = 6;

    public static IEnumerable<Remedy> Find(ErrorCase error)
    {
        var commands = error.Commands.Value;
        if (commands.Actions.Count == 0) yield break;
        var withBad = error.Failures.Count(f => commands.Begin(f.Step));
        var withoutBad = error.Failures.Count - withBad;
        var table = new Table(commands.Calls, withBad, error.AllSuccesses.Count - commands.Calls, withoutBad);
        if (withoutBad * 10 < 6 * error.Failures.Count || table.Difference < 0.3) yield break;
        var shown = string.Join(", ", commands.Actions.Take(WordsShown).Select(a => $"`{a[(error.Tool.Length + 1)..]}`"));
        var fits = error.SameToolResolutions.Where(r => !commands.Begin(r.Failed) && commands.Begin(r.Settled)).ToList();
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

/// <summary>The command words of calls of one tool that worked, worked out once for all errors of the tool.</summary>
internal sealed class CommandWords
{
    private const int TasksMin = 3;

    private readonly HashSet<string> _actions;

    public CommandWords(Toolbox toolbox, string tool, IReadOnlyList<Occurrence> worked)
    {
        var known = worked.GroupBy(static o => o.Step.Action, StringComparer.Ordinal).Where(g => g.Key != tool && toolbox.Tasks(g.Select(static o => o.Session)) >= TasksMin)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).ToList();
        Actions = known.ConvertAll(static g => g.Key);
        Calls = known.Sum(static g => g.Count());
        _actions = Actions.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The actions they name, the most frequent first.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>How many of the calls begin with one.</summary>
    public int Calls { get; }

    /// <summary>True when the call begins with one.</summary>
    public bool Begin(Review.Step call) => _actions.Contains(call.Action);
}
