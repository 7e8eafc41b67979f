namespace Lumara.Missions;

/// <summary>A flight, the dream over flights, or the server they need came to no end of its own.</summary>
public sealed class MissionException(string message) : Exception(message);
