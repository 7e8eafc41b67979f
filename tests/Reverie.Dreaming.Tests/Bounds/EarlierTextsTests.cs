using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Tests.Bounds;

/// <summary>Looking values up in what a session read takes time by the length of what it read.</summary>
public sealed class EarlierTextsTests
{
    [Fact]
    public void A_value_stands_earlier_when_some_text_holds_it()
    {
        var earlier = new EarlierTexts();
        Assert.False(earlier.Hold("bay_7"));

        earlier.Add("the crane is at bay_71 now");
        earlier.Add("nothing new");

        Assert.True(earlier.Hold("bay_7"));
        Assert.False(earlier.Hold("bay_8"));
        earlier.Add("bay_8 is free");
        Assert.True(earlier.Hold("bay_8"));
    }

    [Fact]
    public void Asking_again_costs_nothing()
    {
        var earlier = Long();
        for (var i = 0; i < 3 * EarlierTexts.SearchesMax; i++) Assert.False(earlier.Hold("bay_7"));

        Assert.False(earlier.Hold("bay_8"));
    }

    [Fact]
    public void A_session_that_asks_for_too_much_gets_the_benefit_of_the_doubt()
    {
        var earlier = Long();
        Assert.False(earlier.Hold("bay_0"));
        for (var i = 1; i < 2 * EarlierTexts.SearchesMax; i++) earlier.Hold($"bay_{i}");

        Assert.True(earlier.Hold("bay_x"));
        Assert.Equal(Standing.Earlier, earlier.StandingOf("bay_x"));
    }

    [Fact]
    public void A_value_that_stands_everywhere_is_not_looked_at_everywhere_each_time()
    {
        var earlier = new EarlierTexts();
        earlier.Add(string.Concat(Enumerable.Repeat("ab", 100_000)) + "[ab]");
        Assert.Equal(Standing.Labelled, earlier.StandingOf("ab"));

        for (var i = 0; i < 30; i++) earlier.StandingOf("ab");

        Assert.NotEqual(Standing.Labelled, earlier.StandingOf("ab"));
    }

    private static EarlierTexts Long()
    {
        var earlier = new EarlierTexts();
        earlier.Add(new string('x', 500_000));
        return earlier;
    }
}
