namespace Reverie.Server.Sessions;

/// <summary>What every event has; the rest depends on its type, and types are an open set.</summary>
/// <param name="Id">Unique in the session.</param>
/// <param name="Type">E.g. <c>user.message</c>.</param>
/// <param name="ProcessedAt">When it happened.</param>
internal sealed record EventShape(string Id, string Type, DateTimeOffset? ProcessedAt);
