using Reverie.Protocol.Memory;

namespace Reverie.Memory.Provenance;

/// <summary>A line of a memory and a change of a dream it rests on.</summary>
/// <param name="LineHash">The line, by <see cref="Provenance.LineHash"/>.</param>
/// <param name="DreamId">The dream.</param>
/// <param name="ChangeId">The change.</param>
/// <param name="Relation">What the change has to do with the line.</param>
/// <param name="CreatedAt">When the change landed.</param>
public sealed record Passage(string LineHash, string DreamId, string ChangeId, PassageRelation Relation, DateTimeOffset CreatedAt);
