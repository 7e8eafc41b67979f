namespace Reverie.Memory.Stores;

/// <summary>What an update asks for.</summary>
/// <param name="Content">The new text; null keeps it.</param>
/// <param name="Path">The new path; null keeps it.</param>
/// <param name="ExpectedSha256">The hash the text must have; null for whatever it is.</param>
public sealed record MemoryUpdate(MemoryContent? Content, string? Path, string? ExpectedSha256)
{
    /// <summary>True for a text that only loses what must no longer be kept: archived stores take it.</summary>
    public bool IsWithdrawal { get; init; }
}
