namespace Lumara.Flying;

/// <summary>The circumstances of one flight.</summary>
/// <param name="WindMps">Wind at ten metres.</param>
/// <param name="Dust">0 to 10.</param>
/// <param name="FuelPct">Fuel on arrival, of 100.</param>
public sealed record Day(double WindMps, double Dust, double FuelPct)
{
    /// <summary>The day of a flight to a site: around its climate.</summary>
    /// <param name="site">Where.</param>
    /// <param name="flight">Which; the same flight meets the same day.</param>
    public static Day Of(Site site, string flight)
    {
        var dice = new Dice($"day {site.Seed} {site.Name} {flight}");
        return new Day(
            Math.Clamp(site.WindMps + 2.5 * dice.Normal(), 0, 13),
            Math.Clamp(site.Dust + 2 * dice.Normal(), 0, 8),
            dice.Between(55, 98));
    }
}
