namespace Lumara.Flying;

/// <summary>How a descent ended.</summary>
/// <param name="SpeedMps">Speed straight down at the touch, metres a second.</param>
/// <param name="DriftMps">Speed sideways at the touch.</param>
/// <param name="TiltDeg">Lean of the drone and the ground together, degrees.</param>
/// <param name="FuelPct">Fuel left.</param>
public sealed record Landing(double SpeedMps, double DriftMps, double TiltDeg, double FuelPct)
{
    /// <inheritdoc cref="Landing" path="/param[@name='SpeedMps']" />
    public double SpeedMps { get; } = Math.Round(SpeedMps, 3);

    /// <inheritdoc cref="Landing" path="/param[@name='DriftMps']" />
    public double DriftMps { get; } = Math.Round(DriftMps, 3);

    /// <inheritdoc cref="Landing" path="/param[@name='TiltDeg']" />
    public double TiltDeg { get; } = Math.Round(TiltDeg, 3);

    /// <inheritdoc cref="Landing" path="/param[@name='FuelPct']" />
    public double FuelPct { get; } = Math.Round(FuelPct, 3);

    /// <summary>Fastest touch the legs take.</summary>
    public const double SpeedMaxMps = 2;

    /// <summary>Fastest slide the legs take.</summary>
    public const double DriftMaxMps = 1.5;

    /// <summary>Further it tips over.</summary>
    public const double TiltMaxDeg = 13;

    /// <summary>The way home takes so much.</summary>
    public const double ReturnFuelPct = 8;

    /// <summary>What is wrong with it, in the rubric's words; null when nothing is.</summary>
    public string? Fault => this switch
    {
        { FuelPct: < ReturnFuelPct } => FormattableString.Invariant($"{FuelPct:0.0} % of fuel left, {ReturnFuelPct:0} % needed to return"),
        { SpeedMps: > SpeedMaxMps } => FormattableString.Invariant($"touched down at {SpeedMps:0.00} m/s, at most {SpeedMaxMps:0.0} is soft"),
        { TiltDeg: > TiltMaxDeg } => FormattableString.Invariant($"tipped over at {TiltDeg:0.0} degrees, at most {TiltMaxDeg:0} is clear ground"),
        { DriftMps: > DriftMaxMps } => FormattableString.Invariant($"slid at {DriftMps:0.00} m/s, at most {DriftMaxMps:0.0} is soft"),
        _ => null,
    };
}
