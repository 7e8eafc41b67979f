using Reverie.Evaluations;

namespace Reverie.Cli.Evaluations;

/// <summary>A trial that is to be run.</summary>
internal sealed record PlannedTrial(EvalTask Task, Arm Arm, int Number);

/// <summary>
/// The order of the trials. Both sides of a task run one after the other, so that whatever drifts meanwhile hits both alike; which is first,
/// and the order of the tasks, are drawn anew each round, so that neither is tied to a side.
/// </summary>
internal static class TrialPlan
{
    /// <param name="tasks">The tasks.</param>
    /// <param name="rounds">Trials of each task on each side.</param>
    /// <param name="seed">Gives the same order again; more rounds leave that of the first as it is.</param>
    public static IReadOnlyList<PlannedTrial> Of(IReadOnlyList<EvalTask> tasks, int rounds, int seed)
    {
        var random = new Random(seed);
        var plan = new List<PlannedTrial>();
        for (var round = 1; round <= rounds; round++)
        {
            var shuffled = tasks.ToArray();
            random.Shuffle(shuffled);
            foreach (var task in shuffled)
            {
                var (first, second) = random.Next(2) == 0 ? (Arm.Before, Arm.After) : (Arm.After, Arm.Before);
                plan.Add(new PlannedTrial(task, first, round));
                plan.Add(new PlannedTrial(task, second, round));
            }
        }
        return plan;
    }
}
