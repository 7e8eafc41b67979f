using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>A way out of one kind of error, with how well the record bears it out.</summary>
internal sealed record Remedy
{
    /// <summary>What to do, as the end of "When … answers …: ". Markdown.</summary>
    public required string Advice { get; init; }

    /// <summary>The same for a title or a summary, without examples.</summary>
    public required string Short { get; init; }

    /// <summary>Calls with and without the remedy against how they ended.</summary>
    public required Table Contrast { get; init; }

    /// <summary>Sessions in which the remedy stood between the error and the next success.</summary>
    public required IReadOnlyList<Resolution> Resolutions { get; init; }

    /// <summary>0 to about 1.4; the best explanation wins.</summary>
    public required double Score { get; init; }

    /// <summary>True when the remedy is to wait.</summary>
    public bool IsWait { get; init; }
}

/// <summary>One failure and the call that settled it.</summary>
internal sealed record Resolution(SessionReview Session, Step Failed, Step Settled);

/// <summary>Everything the remedy hunters look at for one kind of error.</summary>
internal sealed class ErrorCase
{
    public required Toolbox Toolbox { get; init; }

    public required ErrorGroup Group { get; init; }

    /// <summary>Calls of the same action that worked, with their fields.</summary>
    public required WorkedCalls Worked { get; init; }

    /// <summary>Calls of the same action that worked, oldest first.</summary>
    public IReadOnlyList<Occurrence> Successes => Worked.Calls;

    /// <summary>All calls of the tool that worked, whatever their action.</summary>
    public required IReadOnlyList<Occurrence> AllSuccesses { get; init; }

    /// <summary>The command words of <see cref="AllSuccesses"/>; for tools that run command lines.</summary>
    public required Lazy<CommandWords> Commands { get; init; }

    /// <summary>True when the tool runs command lines.</summary>
    public bool RunsCommands => Failures[0].Step.Action != Tool || AllSuccesses.Any(o => o.Step.Action != Tool);

    /// <summary>The failures, oldest first.</summary>
    public IReadOnlyList<Occurrence> Failures => Group.Members;

    public string Tool => Group.Cluster.Tool;

    /// <summary>Failures that the same tool settled later in the session.</summary>
    public required IReadOnlyList<Resolution> SameToolResolutions { get; init; }

    /// <summary>Sessions in which another tool did for the same thing what this one would not, and this one never did.</summary>
    public required int OtherToolResolutions { get; init; }

    /// <summary>What the settled failures say of a remedy in the call itself: up to 0.3 for it, 0.4 against it where another tool settled them.</summary>
    public double ResolutionScore(int fits) =>
        fits == 0 && OtherToolResolutions >= 2 ? -0.4
            : SameToolResolutions.Count == 0 ? 0 : 0.3 * fits / (SameToolResolutions.Count + OtherToolResolutions);

    /// <summary>The median time between one answer and the next call, in seconds.</summary>
    public required double UsualPause { get; init; }

    /// <summary>Values too common in this toolbox to tie two calls together.</summary>
    public required IReadOnlySet<string> CommonValues { get; init; }

    /// <summary>Mean of two shares: successes that meet the condition, and failures that do not.</summary>
    public static double Separation(Table table)
    {
        var good = table.WithGood + table.WithoutGood;
        var bad = table.WithBad + table.WithoutBad;
        return good == 0 || bad == 0 ? 0 : ((double)table.WithGood / good + (double)table.WithoutBad / bad) / 2;
    }
}
