namespace Reverie.Memory.Stores;

/// <summary>What an update asks for.</summary>
/// <param name="Content">The new text; null keeps it.</param>
/// <param name="Path">The new path; null keeps it.</param>
/// <param name="ExpectedSha256">The hash the text must have; null for whatever it is.</param>
public sealed record MemoryUpdate(MemoryContent? Content, string? Path, string? ExpectedSha256);
