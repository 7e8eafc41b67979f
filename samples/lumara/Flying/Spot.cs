namespace Lumara.Flying;

/// <summary>A patch of ground that could be landed on.</summary>
/// <param name="Name">Unique at its site, such as <c>spot-b</c>.</param>
/// <param name="SlopeDeg">How far it leans from level, degrees.</param>
/// <param name="DistanceM">How far it is from where the drone arrives, metres.</param>
public sealed record Spot(string Name, double SlopeDeg, double DistanceM);
