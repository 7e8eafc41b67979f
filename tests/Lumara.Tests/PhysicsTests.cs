using Lumara.Flying;

namespace Lumara.Tests;

public sealed class PhysicsTests
{
    private static readonly Day Calm = new(0, 0, 90);

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.2)]
    [InlineData(1.8)]
    public void In_still_air_a_drone_touches_down_at_the_speed_it_was_told(double speed)
    {
        var landing = Fly(Calm, new Descent(3, 12, speed));

        Assert.Equal(speed, landing.SpeedMps, 0.15);
        Assert.Equal(0, landing.DriftMps, 6);
        Assert.Equal(0, landing.TiltDeg, 1);
    }

    [Fact]
    public void The_calm_near_the_ground_makes_a_drone_sink_faster_the_more_wind_there_is_above()
    {
        double[] speeds = [.. new[] { 0.0, 4, 8, 12 }.Select(static wind => Fly(new Day(wind, 0, 90), new Descent(3, 12, 1.2)).SpeedMps)];

        Assert.Equal(speeds.Order(), speeds);
        Assert.True(speeds[^1] > speeds[0] + 0.2);
    }

    [Fact]
    public void Wind_grows_with_height()
    {
        var day = new Day(6, 0, 90);

        Assert.Equal(6, Drone.WindAt(day, 10), 6);
        Assert.True(Drone.WindAt(day, 1) < Drone.WindAt(day, 10) && Drone.WindAt(day, 10) < Drone.WindAt(day, 80));
    }

    [Fact]
    public void A_slow_way_down_costs_more_fuel()
    {
        var (slow, fast) = (Fly(Calm, new Descent(2, 12, 1)), Fly(Calm, new Descent(5, 12, 1)));

        Assert.True(slow.FuelPct < fast.FuelPct - 10);
    }

    [Fact]
    public void A_flare_that_begins_too_low_is_no_flare()
    {
        var (late, early) = (Fly(Calm, new Descent(5, 2, 1)), Fly(Calm, new Descent(5, 12, 1)));

        Assert.True(late.SpeedMps > Landing.SpeedMaxMps && early.SpeedMps < Landing.SpeedMaxMps);
    }

    [Fact]
    public void Who_takes_himself_to_be_too_high_flares_too_low()
    {
        var landing = new Drone(Calm, 0, 80, new Dice("air")).Land(new Descent(5, 10, 1), altimeterErrorM: 9);

        Assert.True(landing.SpeedMps > Landing.SpeedMaxMps);
    }

    [Fact]
    public void Without_fuel_a_drone_falls()
    {
        var landing = Fly(new Day(0, 0, 5), new Descent(2, 12, 1));

        Assert.Equal(0, landing.FuelPct);
        Assert.NotNull(landing.Fault);
    }

    [Fact]
    public void The_slope_of_the_ground_is_part_of_the_tilt() =>
        Assert.Equal(9, new Drone(Calm, 9, 80, new Dice("air")).Land(new Descent(3, 12, 1), 0).TiltDeg, 1);

    [Fact]
    public void The_mean_of_many_readings_lies_nearer_than_one()
    {
        var site = Site.Generate(1, 1)[0] with { AltitudeM = 100, Dust = 8 };
        double Error(int flight, int readings)
        {
            var one = new Flight(site, $"{flight}");
            return Math.Abs(Enumerable.Range(0, readings).Average(_ => one.Measure()) - site.AltitudeM);
        }

        Assert.True(Enumerable.Range(0, 200).Average(f => Error(f, 9)) < 0.5 * Enumerable.Range(0, 200).Average(f => Error(f, 1)));
    }

    [Fact]
    public void Every_site_has_level_ground()
    {
        var sites = Enumerable.Range(0, 200).SelectMany(static seed => Site.Generate(seed, 6));

        Assert.All(sites, static site => Assert.Contains(site.Spots, static s => s.SlopeDeg <= 6));
    }

    private static Landing Fly(Day day, Descent descent) => new Drone(day, 0, 80, new Dice("air")).Land(descent, 0);
}
