namespace Lumara.Flying;

/// <summary>A place to land at, with its ground and its climate.</summary>
/// <param name="Seed">Of all chance at it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="AltitudeM">Height above ground at which a drone arrives, metres.</param>
/// <param name="WindMps">Wind on an average day at ten metres, metres a second.</param>
/// <param name="Dust">Dust on an average day, 0 to 8: it blurs the altimeter.</param>
/// <param name="Spots">Nearest first.</param>
public sealed record Site(int Seed, string Name, double AltitudeM, double WindMps, double Dust, IReadOnlyList<Spot> Spots)
{
    private const double LevelDegMax = 6;
    private const double SteepDegMax = 16;

    /// <summary>The six places of the demonstration.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Arden Shelf", "Bright Hollow", "Cold Ridge", "Dune Harbour", "Elm Terrace", "Far Point"];

    /// <summary>The sites of a seed; the first six bear names.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="count">At least 1.</param>
    public static IReadOnlyList<Site> Generate(int seed, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Generate(seed, i < Names.Count ? Names[i] : $"Site {i + 1}", new Dice($"site {seed} {i}")))];

    private static Site Generate(int seed, string name, Dice dice)
    {
        var count = dice.Whole(3, 4);
        // One of them is level, so that no site is hopeless.
        var level = dice.Whole(0, count - 1);
        double distance = 0;
        var spots = new List<Spot>();
        for (var i = 0; i < count; i++)
        {
            distance += dice.Between(5, 25);
            spots.Add(new Spot($"spot-{(char)('a' + i)}", i == level ? dice.Between(0, LevelDegMax) : dice.Between(0, SteepDegMax), distance));
        }
        return new Site(seed, name, dice.Between(60, 120), dice.Between(3, 11), dice.Between(0, 8), spots);
    }
}
