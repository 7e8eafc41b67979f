using System.Text.Json.Serialization;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Dreams;

/// <summary>One edit to one memory, with the reasons a reviewer needs to decide on it.</summary>
public sealed record Change
{
    /// <summary>Unique in the report.</summary>
    public required string Id { get; init; }

    /// <summary>What happens to the memory at <see cref="Path"/>.</summary>
    public required ChangeOp Op { get; init; }

    /// <summary>The memory's path before the change, relative to the store, without a leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>The path after a <see cref="ChangeOp.Rename"/>; null otherwise.</summary>
    public string? NewPath { get; init; }

    /// <summary>SHA-256 of the content before, 64 lower-case hex digits; null for a create.</summary>
    public required string? BeforeSha256 { get; init; }

    /// <summary>SHA-256 of the content after, 64 lower-case hex digits; null for a delete.</summary>
    public required string? AfterSha256 { get; init; }

    /// <summary>Why it was made.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>One sentence a reviewer can decide on.</summary>
    public required string Summary { get; init; }

    /// <summary>The counts behind it: how many sessions, how often it held, effect size and p-value where tested.</summary>
    public required string Rationale { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Where the change stands.</summary>
    public required ChangeStatus Status { get; init; }

    /// <summary>Quotes anybody can check; at least one for every kind but merge and reorganize.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>The edit itself, so that the report alone can replay and undo it.</summary>
    public required IReadOnlyList<TextEdit> Edits { get; init; }

    /// <summary>How many sessions and principals bear it out; null where it rests on no sessions, and in older reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChangeSupport? Support { get; init; }

    /// <summary>In which of the sessions read it would have applied; null where that cannot be told, and in older reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShadowReplay? Replay { get; init; }
}

/// <summary>
/// Replaces <paramref name="Delete"/> by <paramref name="Insert"/> at character <paramref name="At"/> of the text before
/// the change. Edits of one change are in ascending order and do not overlap; all offsets refer to the text before.
/// </summary>
/// <param name="At">UTF-16 offset into the text before.</param>
/// <param name="Delete">The exact text taken out; empty for a pure insertion.</param>
/// <param name="Insert">The exact text put in; empty for a pure deletion.</param>
public sealed record TextEdit(int At, string Delete, string Insert);

/// <summary>A quote and where it stands: either a session's event or a memory.</summary>
public sealed record Evidence
{
    /// <summary><c>source/external_id</c> or <c>sesn_…</c>; null when a memory is cited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Session { get; init; }

    /// <summary>The event's id, or its 0-based index; null when a memory is cited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    /// <summary>The memory's path; null when a session is cited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Memory { get; init; }

    /// <summary>A verbatim substring, at most 300 characters, of that event's or memory's text.</summary>
    public required string Quote { get; init; }
}

/// <summary>What happens to a memory.</summary>
[JsonConverter(typeof(WireNames<ChangeOp>))]
public enum ChangeOp
{
    /// <summary>A new memory.</summary>
    Create,

    /// <summary>Other text at the same path.</summary>
    Modify,

    /// <summary>The memory is gone.</summary>
    Delete,

    /// <summary>The same memory at another path.</summary>
    Rename,
}

/// <summary>Why a change was made.</summary>
[JsonConverter(typeof(WireNames<ChangeKind>))]
public enum ChangeKind
{
    /// <summary>A recurring error and its remedy.</summary>
    Mistake,

    /// <summary>A way of working that succeeds.</summary>
    Workflow,

    /// <summary>What users or a team want.</summary>
    Preference,

    /// <summary>Something that is so.</summary>
    Fact,

    /// <summary>Duplicates made one.</summary>
    Merge,

    /// <summary>No longer true or used.</summary>
    Stale,

    /// <summary>Conflicting entries resolved.</summary>
    Contradiction,

    /// <summary>An entry confirmed or refuted by transcripts.</summary>
    Verification,

    /// <summary>Moved or indexed without a new claim.</summary>
    Reorganize,
}

/// <summary>Where a change stands.</summary>
[JsonConverter(typeof(WireNames<ChangeStatus>))]
public enum ChangeStatus
{
    /// <summary>In the output store.</summary>
    Applied,

    /// <summary>Awaits a person.</summary>
    Proposed,

    /// <summary>A person or the gate said no.</summary>
    Rejected,

    /// <summary>Looks planted by untrusted content; never applied without a person's approval.</summary>
    Quarantined,
}
