using Reverie.Dreaming.Synthesis;

namespace Reverie.Evaluations;

/// <summary>
/// The tasks that ran on both sides, by which side they did better on. With one trial each this is McNemar's exact test.
/// </summary>
/// <param name="Better">Tasks with a higher rate after.</param>
/// <param name="Worse">Tasks with a lower rate after.</param>
/// <param name="Same">Tasks with equal rates; they tell nothing either way.</param>
public sealed record SignTest(int Better, int Worse, int Same)
{
    /// <summary>Two-sided and exact: the chance of a split at least as uneven if either side were as likely to do better. 1 when no task differs.</summary>
    public double P
    {
        get
        {
            var all = Better + Worse;
            double tail = 0;
            for (var i = 0; i <= Math.Min(Better, Worse); i++) tail += Math.Exp(Statistics.LogChoose(all, i) - all * Math.Log(2));
            return Math.Min(1, 2 * tail);
        }
    }

    public static SignTest Of(IReadOnlyList<TaskComparison> tasks)
    {
        var paired = tasks.Where(static t => t is { Before.Trials: > 0, After.Trials: > 0 }).Select(static t => Math.Sign(t.After.Rate - t.Before.Rate)).ToList();
        return new SignTest(paired.Count(static s => s > 0), paired.Count(static s => s < 0), paired.Count(static s => s == 0));
    }
}
