using Lumara.Crew;

namespace Lumara.Tests;

public sealed class PlaybookTests
{
    [Fact]
    public void A_sentence_with_a_condition_is_understood()
    {
        var heuristic = Assert.Single(Playbook.Read("- When `wind_mps` from `observe` is above 8.5, keep `touchdown_mps` of `descend` at or below 1.2, best about 0.9: 14 of 16 sessions that did were satisfied, 3 of 21 that did not."));

        Assert.Equal(new Heuristic(new Bound("observe", "wind_mps", Side.Above, 8.5, null), "descend", new Advice.Keep("touchdown_mps", Side.AtMost, 1.2, 0.9)), heuristic);
    }

    [Theory]
    [InlineData("Keep `flare_altitude_m` of `descend` above 6.")]
    [InlineData("* keep `flare_altitude_m` of `descend` above 6")]
    public void Without_a_condition_it_always_applies(string line)
    {
        var heuristic = Assert.Single(Playbook.Read(line));

        Assert.Equal(new Heuristic(null, "descend", new Advice.Keep("flare_altitude_m", Side.Above, 6, 6)), heuristic);
    }

    [Fact]
    public void Counts_and_places_are_understood()
    {
        Assert.Equal(
            [
                new Heuristic(new Bound("observe", "dust_index", Side.Above, 5, null), "descend", new Advice.First("measure_altitude", 5)),
                new Heuristic(null, "descend", new Advice.OnlyWhere(new Bound("scan_spot", "slope_deg", Side.AtMost, 9, null))),
            ],
            Playbook.Read("""
                - When `dust_index` from `observe` is above 5, call `measure_altitude` at least 3 times before `descend`, best about 5: 1 of 2 did.
                - Call `descend` only where `slope_deg` from `scan_spot` is at or below 9: 1 of 2 did.
                """));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# What to choose under which conditions")]
    [InlineData("Fly carefully when there is wind.")]
    [InlineData("When `wind_mps` from `observe` is high, keep calm.")]
    [InlineData("Keep `touchdown_mps` of `descend` at or below zero.")]
    public void What_is_no_such_sentence_is_passed_over(string line) => Assert.Empty(Playbook.Read(line));

    [Theory]
    [InlineData(9, 0.9)]
    [InlineData(8, 1.5)]
    public void A_heuristic_is_heeded_where_its_condition_holds(double wind, double touchdown)
    {
        var heuristics = Playbook.Read("When `wind_mps` from `observe` is above 8, keep `touchdown_mps` of `descend` at or below 1.2, best about 0.9.");

        var settings = Pilot.Adjusted(new Settings(3, 9, 1.5, 1, 0), heuristics, Facts.In(FormattableString.Invariant($"Conditions: `wind_mps` from `observe` is {wind}, `fuel_pct` from `observe` is 60")));

        Assert.Equal(new Settings(3, 9, touchdown, 1, 0), settings);
    }

    [Fact]
    public void Where_two_speak_of_one_setting_the_value_both_allow_is_flown()
    {
        var heuristics = Playbook.Read("""
            Keep `descent_mps` of `descend` above 3, best about 5.
            Keep `descent_mps` of `descend` at or below 4, best about 2.
            Keep `descent_mps` of `descend` at or below 4.5, best about 3.5.
            """);

        Assert.Equal(3.5, Pilot.Adjusted(new Settings(3, 9, 1.5, 1, 0), heuristics, Facts.In("")).DescentMps);
    }

    [Fact]
    public void A_spot_is_picked_that_the_heuristics_allow()
    {
        var heuristics = Playbook.Read("Call `descend` only where `slope_deg` from `scan_spot` is at or below 9.");
        (string, Facts)[] spots = [("spot-a", Slope(12)), ("spot-b", Slope(10)), ("spot-c", Slope(8))];

        Assert.Equal("spot-c", Pilot.Choose(0, spots, heuristics));
        Assert.Equal("spot-b", Pilot.Choose(0, spots[..2], heuristics));
        Assert.Equal("spot-a", Pilot.Choose(0, spots, []));

        static Facts Slope(double degrees) => Facts.In(FormattableString.Invariant($"`slope_deg` from `scan_spot` is {degrees}"));
    }
}
