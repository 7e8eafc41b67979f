using Reverie.Cli.Evaluations;
using Reverie.Evaluations;

namespace Reverie.Cli.Tests.Evaluations;

public sealed class TrialPlanTests
{
    private static readonly EvalTask[] Tasks = [.. Enumerable.Range(0, 7).Select(static i => new EvalTask($"task-{i}", "", [], [], null))];

    [Fact]
    public void Both_sides_of_a_task_run_one_after_the_other()
    {
        var pairs = TrialPlan.Of(Tasks, 4, seed: 3).Chunk(2).ToList();

        Assert.All(pairs, static p => Assert.Equal((p[0].Task, p[0].Number), (p[1].Task, p[1].Number)));
        Assert.All(pairs, static p => Assert.Equal([Arm.Before, Arm.After], p.Select(static t => t.Arm).Order()));
        Assert.Equal(28, pairs.Select(static p => (p[0].Task, p[0].Number)).Distinct().Count());
    }

    [Fact]
    public void Either_side_is_first_now_and_then() => Assert.Equal(2, TrialPlan.Of(Tasks, 4, seed: 3).Chunk(2).Select(static p => p[0].Arm).Distinct().Count());

    [Fact]
    public void A_seed_gives_its_order_again_and_more_rounds_keep_it()
    {
        Assert.Equal(TrialPlan.Of(Tasks, 2, seed: 3), TrialPlan.Of(Tasks, 5, seed: 3).Take(28));
        Assert.NotEqual(TrialPlan.Of(Tasks, 2, seed: 3), TrialPlan.Of(Tasks, 2, seed: 4));
    }
}
