namespace Reverie.Protocol.Json;

/// <summary>The answer to a deletion.</summary>
/// <param name="Id">What is gone.</param>
/// <param name="Type">Its kind with <c>_deleted</c>.</param>
public sealed record Deleted(string Id, string Type);
