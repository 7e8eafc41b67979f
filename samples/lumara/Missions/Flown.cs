using Lumara.Flying;

namespace Lumara.Missions;

/// <summary>A mission that was flown.</summary>
/// <param name="Mission">What was ordered.</param>
/// <param name="Landing">How it ended; null where the crew did not land.</param>
/// <param name="IsGood">True for a soft touchdown on clear ground with fuel to return.</param>
public sealed record Flown(Mission Mission, Landing? Landing, bool IsGood)
{
    /// <summary>What was wrong, or how it went.</summary>
    public string Why => Landing is null ? "did not land" : Landing.Fault ?? FormattableString.Invariant($"{Landing.SpeedMps:0.0} m/s, {Landing.TiltDeg:0} degrees, {Landing.FuelPct:0} % fuel");
}
