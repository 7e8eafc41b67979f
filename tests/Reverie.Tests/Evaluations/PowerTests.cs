using Reverie.Dreaming.Synthesis;
using Reverie.Evaluations;

namespace Reverie.Tests.Evaluations;

/// <summary>What a sample can show, against every table counted one by one.</summary>
public sealed class PowerTests
{
    [Theory]
    [InlineData(5, 5, 0, 0.9)]
    [InlineData(10, 10, 0.3, 0.8)]
    [InlineData(12, 7, 0.5, 0.95)]
    [InlineData(20, 20, 0.5, 0.6)]
    public void The_chance_of_finding_a_rise_is_that_of_all_tables_that_show_it(int before, int after, double rateBefore, double rateAfter) =>
        Assert.Equal(Counted(before, after, rateBefore, rateAfter), Power.OfRise(before, after, rateBefore, rateAfter), 9);

    [Fact]
    public void Three_trials_each_show_nothing_and_more_show_smaller_rises()
    {
        Assert.Null(Power.SmallestRise(3, 3, 0));

        double[] smallest = [.. new[] { 10, 20, 40, 80, 160 }.Select(static n => Power.SmallestRise(n, n, 0.2)!.Value)];

        Assert.Equal(smallest.OrderDescending(), smallest);
        Assert.InRange(smallest[^1], 0.1, 0.2);
    }

    [Fact]
    public void The_smallest_rise_is_just_found()
    {
        var smallest = Power.SmallestRise(25, 30, 0.3)!.Value;

        Assert.Equal(Power.Wanted, Power.OfRise(25, 30, 0.3, 0.3 + smallest), 3);
    }

    [Fact]
    public void Where_almost_everything_succeeds_no_rise_can_be_shown() => Assert.Null(Power.SmallestRise(20, 20, 0.95));

    [Theory]
    [InlineData(0.4, 0.7)]
    [InlineData(0.9, 0.5)]
    [InlineData(0.05, 0.2)]
    [InlineData(0.5, 0.6)]
    public void The_trials_that_are_advised_are_about_enough(double rateBefore, double rateAfter)
    {
        var trials = Power.TrialsFor(rateBefore, rateAfter)!.Value;
        var (low, high) = rateBefore < rateAfter ? (rateBefore, rateAfter) : (1 - rateBefore, 1 - rateAfter);

        Assert.InRange(Power.OfRise(trials, trials, low, high), Power.Wanted - 0.02, Power.Wanted + 0.04);
    }

    [Fact]
    public void Equal_rates_need_no_number_of_trials() => Assert.Null(Power.TrialsFor(0.5, 0.5));

    private static double Counted(int before, int after, double rateBefore, double rateAfter)
    {
        double sum = 0;
        for (var b = 0; b <= before; b++)
        {
            for (var a = 0; a <= after; a++)
            {
                if (a * before > b * after && Statistics.FisherExact(new Table(a, after - a, b, before - b)) < Power.Significance) sum += Chance(before, b, rateBefore) * Chance(after, a, rateAfter);
            }
        }
        return sum;
    }

    private static double Chance(int trials, int successes, double rate)
    {
        double chance = Math.Pow(rate, successes) * Math.Pow(1 - rate, trials - successes);
        for (var i = 1; i <= successes; i++) chance = chance * (trials - successes + i) / i;
        return chance;
    }
}
