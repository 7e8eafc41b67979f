using FsCheck;
using FsCheck.Fluent;
using Reverie.Evaluations;

namespace Reverie.Tests.Evaluations;

public sealed class ComparisonTests
{
    private static readonly Gen<List<(string, int, int, int, int)>> Counts = Gen.Select(Gen.ListOf(Gen.Four(Gen.Choose(0, 6))), static list =>
        list.Select(static (t, i) => ($"task-{i}", Math.Min(t.Item1, t.Item2), Math.Max(t.Item1, t.Item2), Math.Min(t.Item3, t.Item4), Math.Max(t.Item3, t.Item4))).ToList());

    [Fact]
    public void A_clear_difference_is_called_better()
    {
        var comparison = Comparison.Of(Draft.Trials(("a", 1, 10, 9, 10), ("b", 0, 10, 10, 10)));

        Assert.Equal((Conclusion.Better, new Share(1, 20), new Share(19, 20)), (comparison.Conclusion, comparison.Before, comparison.After));
        Assert.Equal(0.9, comparison.Difference!.Rate, 10);
        Assert.Equal(new SignTest(2, 0, 0), comparison.Paired);
        Assert.InRange(comparison.FisherP, 0, 1e-6);
    }

    [Fact]
    public void Few_trials_are_called_too_few_and_say_how_many_are_needed()
    {
        var comparison = Comparison.Of(Draft.Trials(("a", 1, 3, 2, 3)));

        Assert.Equal(Conclusion.TooSmallToTell, comparison.Conclusion);
        Assert.Null(comparison.DetectableDifference);
        Assert.InRange(comparison.TrialsNeeded!.Value, 35, 45);
    }

    [Fact]
    public void One_side_alone_is_compared_with_nothing()
    {
        var comparison = Comparison.Of(Draft.Trials(("a", 2, 3, 0, 0)));

        Assert.Equal((Conclusion.TooSmallToTell, null, null, 1.0), (comparison.Conclusion, comparison.Difference, comparison.DetectableDifference, comparison.FisherP));
        Assert.Equal(new SignTest(0, 0, 0), comparison.Paired);
    }

    [Fact]
    public void A_mean_counts_the_trials_that_know_the_measure()
    {
        List<Trial> trials = [.. Draft.Trials(("a", 0, 2, 1, 1)), new Trial { Task = "a", Arm = Arm.Before, Number = 3, Session = "s", Success = false }];

        Assert.Equal([new MeasureMeans("model_requests", 1.5, 1)], Comparison.Of(trials).Measures);
    }

    [Fact]
    public void Exchanging_the_sides_turns_the_signs_and_keeps_the_p_values()
    {
        Law(Counts, static counts =>
        {
            var there = Comparison.Of(Draft.Trials(counts));
            var back = Comparison.Of(Draft.Trials(counts.Select(static t => (t.Item1, t.Item4, t.Item5, t.Item2, t.Item3))));

            Assert.Equal(there.FisherP, back.FisherP, 9);
            Assert.Equal(there.Paired.P, back.Paired.P, 9);
            Assert.Equal((there.Paired.Better, there.Paired.Worse), (back.Paired.Worse, back.Paired.Better));
            Assert.Equal(there.Difference?.Low ?? 0, -(back.Difference?.High ?? 0), 9);
            Assert.Equal(there.Difference?.Rate ?? 0, -(back.Difference?.Rate ?? 0), 9);
        });
    }

    [Fact]
    public void The_interval_of_the_difference_holds_it()
    {
        Law(Counts, static counts =>
        {
            if (Comparison.Of(Draft.Trials(counts)).Difference is not { } difference) return;
            Assert.InRange(difference.Rate, difference.Low - 1e-9, difference.High + 1e-9);
            Assert.InRange(difference.Low, -1 - 1e-9, 1);
            Assert.InRange(difference.High, -1, 1 + 1e-9);
        });
    }

    [Theory]
    [InlineData(48, 80, 56, 70, 0.0524, 0.3339)]
    [InlineData(3, 10, 9, 10, 0.1705, 0.8090)]
    [InlineData(0, 10, 10, 10, 0.6075, 1)]
    public void The_interval_of_the_difference_is_the_published_one(int good, int before, int goodAfter, int after, double low, double high)
    {
        var difference = Difference.Of(new Share(good, before), new Share(goodAfter, after));

        Assert.Equal(low, difference.Low, 4);
        Assert.Equal(high, difference.High, 4);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(6, 0, 0.03125)]
    [InlineData(3, 12, 0.0351562)]
    [InlineData(5, 5, 1)]
    [InlineData(1, 9, 0.0214844)]
    public void The_sign_test_gives_the_binomial_values(int better, int worse, double p) => Assert.Equal(p, new SignTest(better, worse, 3).P, 6);

    private static void Law<T>(Gen<T> gen, Action<T> holds) => Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(new Replay(new Rnd(20_260_101, 0x9E3779B97F4A7C15), null)));
}
