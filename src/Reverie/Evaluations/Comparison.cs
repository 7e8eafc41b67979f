using System.Text.Json.Serialization;
using Reverie.Dreaming.Synthesis;
using Reverie.Protocol.Json;

namespace Reverie.Evaluations;

/// <summary>What two sets of trials say about each other.</summary>
public sealed record Comparison
{
    public required Share Before { get; init; }

    public required Share After { get; init; }

    /// <summary>Null when one side has no trials.</summary>
    public required Difference? Difference { get; init; }

    /// <summary>Fisher's exact test over all trials, two-sided. It decides the conclusion.</summary>
    public required double FisherP { get; init; }

    /// <summary>The tasks against each other.</summary>
    public required SignTest Paired { get; init; }

    /// <summary>The smallest difference such a sample mostly shows, −1 to 1, with the sign of the one that was seen; null when it can show none of that sign.</summary>
    public required double? DetectableDifference { get; init; }

    /// <summary>About how many trials each side needs to show a difference like the one that was seen; null when none was seen.</summary>
    public required int? TrialsNeeded { get; init; }

    public required Conclusion Conclusion { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<TaskComparison> Tasks { get; init; }

    public required IReadOnlyList<MeasureMeans> Measures { get; init; }

    /// <summary>Compares what is there; the order of the trials does not matter.</summary>
    public static Comparison Of(IReadOnlyList<Trial> trials)
    {
        var before = Share.Of(trials.Where(static t => t.Arm == Arm.Before));
        var after = Share.Of(trials.Where(static t => t.Arm == Arm.After));
        var tasks = trials.GroupBy(static t => t.Task, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => new TaskComparison(g.Key, Share.Of(g.Where(static t => t.Arm == Arm.Before)), Share.Of(g.Where(static t => t.Arm == Arm.After)))).ToList();
        var isComparable = before.Trials > 0 && after.Trials > 0;
        var p = Statistics.FisherExact(new Table(after.Successes, after.Trials - after.Successes, before.Successes, before.Trials - before.Successes));
        return new Comparison
        {
            Before = before,
            After = after,
            Difference = isComparable ? Difference.Of(before, after) : null,
            FisherP = p,
            Paired = SignTest.Of(tasks),
            DetectableDifference = !isComparable ? null
                : IsRise(before, after) ? Power.SmallestRise(before.Trials, after.Trials, before.Rate)
                : -Power.SmallestRise(before.Trials, after.Trials, 1 - before.Rate),
            TrialsNeeded = isComparable ? Power.TrialsFor(before.Rate, after.Rate) : null,
            Conclusion = p >= Power.Significance ? Conclusion.TooSmallToTell : after.Rate > before.Rate ? Conclusion.Better : Conclusion.Worse,
            Tasks = tasks,
            Measures = MeasureMeans.Of(trials),
        };
    }

    /// <summary>What was seen; where nothing was, the side with more room.</summary>
    private static bool IsRise(Share before, Share after) => after.Rate > before.Rate || (after.Rate == before.Rate && before.Rate <= 0.5);
}

/// <summary>One task on both sides.</summary>
public sealed record TaskComparison(string Task, Share Before, Share After);

/// <summary>What may be said of all trials together.</summary>
[JsonConverter(typeof(WireNames<Conclusion>))]
public enum Conclusion
{
    /// <summary>If there is a difference, this sample does not show it.</summary>
    TooSmallToTell,

    /// <summary>The rate after is higher, beyond chance.</summary>
    Better,

    /// <summary>The rate after is lower, beyond chance.</summary>
    Worse,
}
