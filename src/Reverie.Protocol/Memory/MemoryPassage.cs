using System.Text.Json.Serialization;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Memory;

/// <summary>Consecutive lines of a memory with one origin, and what they rest on.</summary>
public sealed record MemoryPassage
{
    /// <summary>The memory.</summary>
    public required Id<StoredMemory> MemoryId { get; init; }

    /// <summary>The version that wrote the lines as they stand.</summary>
    public required Id<MemoryVersion> MemoryVersionId { get; init; }

    /// <summary>1 and up.</summary>
    public required int FirstLine { get; init; }

    /// <summary>Itself included.</summary>
    public required int LastLine { get; init; }

    /// <summary>Who wrote that version; null when it was not recorded.</summary>
    public required Actor? WrittenBy { get; init; }

    /// <summary>When that version was written.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>When the first line of this line's ancestry was written, as far as the newest 200 versions tell.</summary>
    public required DateTimeOffset FirstWrittenAt { get; init; }

    /// <summary>When the newest change it rests on landed; null when it rests on none.</summary>
    public required DateTimeOffset? LastConfirmedAt { get; init; }

    /// <summary>Distinct principals behind all of <see cref="Changes"/>; sessions that were deleted no longer count.</summary>
    public required int Principals { get; init; }

    /// <summary>The changes of dreams it rests on, oldest first; empty for what people and agents wrote by themselves.</summary>
    public required IReadOnlyList<PassageChange> Changes { get; init; }
}

/// <summary>A change of a dream that a passage rests on.</summary>
public sealed record PassageChange
{
    /// <summary>Principals that are named.</summary>
    public const int SampleMax = 10;

    /// <summary>The dream.</summary>
    public required string DreamId { get; init; }

    /// <summary>The change, in its dream.</summary>
    public required string ChangeId { get; init; }

    /// <summary>Why it was made.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>What it has to do with the passage.</summary>
    public required PassageRelation Relation { get; init; }

    /// <summary>When it landed.</summary>
    public required DateTimeOffset LandedAt { get; init; }

    /// <summary>Sessions that bear it out and have not been deleted.</summary>
    public required int Sessions { get; init; }

    /// <summary>Whom those sessions speak for, each counted once.</summary>
    public required int Principals { get; init; }

    /// <summary>
    /// The first of them, sorted, at most <see cref="SampleMax"/>: people by name; where nobody is named, a hash of what the
    /// session tells. All of them stand with the sources of the change.
    /// </summary>
    public required IReadOnlyList<string> PrincipalsSample { get; init; }

    /// <summary>True for what the archive of an imported store says and nobody here can confirm.</summary>
    public required bool Imported { get; init; }

    /// <summary>Its quotes.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Who approved it, first to last; empty where it was applied by itself.</summary>
    public required IReadOnlyList<PassageReview> ReviewedBy { get; init; }
}

/// <summary>A session that bears out a change of a dream.</summary>
public sealed record PassageSource
{
    /// <summary><c>source/external_id</c>, by which quotes name it.</summary>
    public required string Session { get; init; }

    /// <summary>The session; null where it is not known here.</summary>
    public required string? SessionId { get; init; }

    /// <summary>Who it speaks for.</summary>
    public required string Principal { get; init; }

    /// <summary>What is quoted of it; empty for most.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }
}

/// <summary>An approval.</summary>
/// <param name="Author">Who approved.</param>
/// <param name="At">When.</param>
public sealed record PassageReview(Actor Author, DateTimeOffset At);

/// <summary>What a change has to do with a passage.</summary>
[JsonConverter(typeof(WireNames<PassageRelation>))]
public enum PassageRelation
{
    /// <summary>It wrote the lines as they stand.</summary>
    Wrote,

    /// <summary>It wrote what a later change of a dream replaced by the lines.</summary>
    Replaced,

    /// <summary>It wrote a copy that was merged into the lines.</summary>
    Merged,

    /// <summary>It wrote what a person or an agent has rewritten since.</summary>
    Rewritten,
}
