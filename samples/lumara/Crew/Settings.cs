using Lumara.Flying;

namespace Lumara.Crew;

/// <summary>How a pilot flies when nothing speaks against it.</summary>
/// <param name="DescentMps">Speed of the approach.</param>
/// <param name="FlareM">Height of the flare.</param>
/// <param name="TouchdownMps">Speed after it.</param>
/// <param name="Readings">Altimeter readings before the descent.</param>
/// <param name="Spot">Which of the spots, nearest first, from 0.</param>
internal sealed record Settings(double DescentMps, double FlareM, double TouchdownMps, int Readings, int Spot)
{
    /// <summary>What a new pilot was taught.</summary>
    public static Settings Taught { get; } = new(2, 8, 1.6, 1, 0);

    /// <summary>A pilot's own way on one flight, for practice.</summary>
    /// <param name="words">The order as it was given; the same order is flown the same way.</param>
    public static Settings Own(string words)
    {
        var dice = new Dice(words);
        double Between(double low, double high) => Math.Round(dice.Between(low, high), 1);
        return new Settings(Between(1.2, 5.5), Between(3, 14), Between(0.7, 1.8), dice.Whole(1, 6), dice.Whole(0, 2));
    }
}
