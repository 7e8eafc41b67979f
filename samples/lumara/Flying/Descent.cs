namespace Lumara.Flying;

/// <summary>What the autopilot is told for the way down.</summary>
/// <param name="ApproachMps">Speed down to the flare, metres a second.</param>
/// <param name="FlareM">Height above ground at which the flare begins, metres.</param>
/// <param name="TouchdownMps">Speed from there to the ground.</param>
public sealed record Descent(double ApproachMps, double FlareM, double TouchdownMps);
