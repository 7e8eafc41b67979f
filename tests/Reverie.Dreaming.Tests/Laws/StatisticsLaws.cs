using FsCheck;
using FsCheck.Fluent;
using Reverie.Dreaming.Synthesis;

namespace Reverie.Dreaming.Tests.Laws;

/// <summary>The tests of significance against what can be counted by hand.</summary>
public sealed class StatisticsLaws
{
    private const double Close = 1e-9;

    private static readonly Gen<Table> Tables = Gen.Select(Gen.Four(Gen.Choose(0, 9)), static t => new Table(t.Item1, t.Item2, t.Item3, t.Item4));

    [Fact]
    public void Fishers_test_agrees_with_counting_every_table()
    {
        Law.Of(400, Tables, static table => Assert.Equal(Counted(table), Statistics.FisherExact(table), Close));
    }

    [Fact]
    public void Fishers_test_does_not_mind_which_side_is_which()
    {
        Law.Of(200, Tables, static t =>
        {
            var p = Statistics.FisherExact(t);
            Assert.InRange(p, 0, 1 + Close);
            Assert.Equal(p, Statistics.FisherExact(new Table(t.WithoutGood, t.WithoutBad, t.WithGood, t.WithBad)), Close);
            Assert.Equal(p, Statistics.FisherExact(new Table(t.WithBad, t.WithGood, t.WithoutBad, t.WithoutGood)), Close);
            Assert.Equal(p, Statistics.FisherExact(new Table(t.WithGood, t.WithoutGood, t.WithBad, t.WithoutBad)), Close);
        });
    }

    [Fact]
    public void Adjusting_for_many_tests_keeps_the_order_and_never_flatters()
    {
        Law.Of(200, Gen.Select(Gen.ListOf(Gen.Choose(0, 1000)), static list => list.Select(static n => n / 1000.0).ToList()), static p =>
        {
            var adjusted = Statistics.AdjustForManyTests(p);
            Assert.Equal(p.Count, adjusted.Length);
            for (var i = 0; i < p.Count; i++)
            {
                Assert.InRange(adjusted[i], p[i] - Close, 1 + Close);
                for (var j = 0; j < p.Count; j++)
                    if (p[i] <= p[j]) Assert.True(adjusted[i] <= adjusted[j] + Close);
            }
        });
    }

    [Fact]
    public void Comparing_within_strata_does_not_mind_which_side_is_which()
    {
        Law.Of(200, Gen.Select(Gen.ListOf(Tables), static list => list.ToList()), static strata =>
        {
            var mirrored = strata.ConvertAll(static t => new Table(t.WithoutGood, t.WithoutBad, t.WithGood, t.WithBad));
            Assert.Equal(Statistics.MantelHaenszel(strata), Statistics.MantelHaenszel(mirrored), Close);
            Assert.Equal(Statistics.CommonDifference(strata), -Statistics.CommonDifference(mirrored), Close);
            Assert.InRange(Statistics.MantelHaenszel(strata), 0, 1);
        });
    }

    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_share_is_the_published_one(int hits, int total, double low, double high)
    {
        var interval = Statistics.Wilson(hits, total);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void The_interval_of_a_share_holds_it_and_mirrors_with_it()
    {
        Law.Of(200, Gen.Two(Gen.Choose(0, 60)), static pair =>
        {
            var (hits, total) = (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2));
            var (low, high) = Statistics.Wilson(hits, total);
            var mirrored = Statistics.Wilson(total - hits, total);
            if (total > 0) Assert.InRange((double)hits / total, low - Close, high + Close);
            Assert.Equal(1 - low, mirrored.High, Close);
            Assert.Equal(1 - high, mirrored.Low, Close);
        });
    }

    [Theory]
    [InlineData(3, 1, 1, 3, 0.4857143)]
    [InlineData(10, 3, 2, 15, 0.0005367)]
    [InlineData(5, 0, 0, 5, 0.0079365)]
    public void Fishers_test_gives_the_published_values(int withGood, int withBad, int withoutGood, int withoutBad, double p) =>
        Assert.Equal(p, Statistics.FisherExact(new Table(withGood, withBad, withoutGood, withoutBad)), 6);

    /// <summary>The chances of all tables with these margins that are at most as likely, by binomial coefficients.</summary>
    private static double Counted(Table table)
    {
        var good = table.WithGood + table.WithoutGood;
        double Chance(int a) => Choose(table.With, a) * Choose(table.Without, good - a) / Choose(table.Total, good);
        if (table.Total == 0) return 1;
        var observed = Chance(table.WithGood);
        return Math.Min(1, Enumerable.Range(0, good + 1).Select(Chance).Where(c => c <= observed * (1 + 1e-7)).Sum());
    }

    private static double Choose(int n, int k)
    {
        if (k < 0 || k > n) return 0;
        double ways = 1;
        for (var i = 1; i <= k; i++) ways = ways * (n - k + i) / i;
        return ways;
    }
}
