using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Memory;

/// <summary>One line of the <c>provenance.jsonl</c> of an exported store: a change of a dream, and the lines that rest on it.</summary>
/// <param name="DreamId">The dream, where the change was made.</param>
/// <param name="Change">The change as it landed.</param>
/// <param name="Sources">The sessions that bear it out, sorted.</param>
/// <param name="ReviewedBy">Who approved it, first to last.</param>
/// <param name="Passages">The lines.</param>
public sealed record ArchivedChange(string DreamId, Change Change, IReadOnlyList<ArchivedSource> Sources, IReadOnlyList<PassageReview> ReviewedBy, IReadOnlyList<ArchivedPassage> Passages);

/// <summary>A session that bears out a change.</summary>
/// <param name="Session"><c>source/external_id</c>, by which quotes name it too.</param>
/// <param name="Principal">Who it speaks for.</param>
public sealed record ArchivedSource(string Session, string Principal);

/// <summary>A line of a memory that rests on a change.</summary>
/// <param name="MemoryId">The memory.</param>
/// <param name="LineHash">The line by what it says: the first 16 hex digits of the SHA-256 of its trimmed text.</param>
/// <param name="Relation">What the change has to do with it.</param>
/// <param name="LandedAt">When the change landed.</param>
public sealed record ArchivedPassage(Id<StoredMemory> MemoryId, string LineHash, PassageRelation Relation, DateTimeOffset LandedAt);
