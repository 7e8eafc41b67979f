namespace Reverie.Memory.History;

/// <summary>A memory as it was after some change of its store.</summary>
/// <param name="Seq">The change that made it so.</param>
/// <param name="MemoryId">The memory.</param>
/// <param name="VersionId">Its version.</param>
/// <param name="Path">Null when the version was redacted since.</param>
/// <param name="ContentSha256">Null when the version was redacted since.</param>
/// <param name="SizeBytes">0 when the version was redacted since.</param>
internal sealed record RestoredMemory(long Seq, string MemoryId, string VersionId, string? Path, string? ContentSha256, long SizeBytes);
