namespace Reverie.Memory.Provenance;

/// <summary>A line of a memory and a change of a dream it rests on.</summary>
/// <param name="LineHash">The line, by <see cref="Provenance.LineHash"/>.</param>
/// <param name="DreamId">The dream.</param>
/// <param name="ChangeId">The change.</param>
/// <param name="IsInherited">True when the change did not write this line but one that it replaced, or a copy it was merged with.</param>
/// <param name="CreatedAt">When the change landed.</param>
public sealed record Passage(string LineHash, string DreamId, string ChangeId, bool IsInherited, DateTimeOffset CreatedAt);
