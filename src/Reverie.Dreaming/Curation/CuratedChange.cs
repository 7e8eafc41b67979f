using Reverie.Dreaming.Synthesis;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>A change before the gate: the edit, the reasons, and candidate evidence.</summary>
internal sealed record CuratedChange
{
    /// <summary>Writes the new text; called once, against the store as the changes before it left it. Null when there is nothing to do any more.</summary>
    public required Func<Draft, ProposedChange?> Edit { get; init; }

    public required ChangeKind Kind { get; init; }

    public required string Summary { get; init; }

    public required string Rationale { get; init; }

    public required double Confidence { get; init; }

    /// <summary>What the sessions say for it; null where only its quotes do, and where it rests on no sessions.</summary>
    public Bearing? Bearing { get; init; }

    /// <summary>Quotes from sessions, best first.</summary>
    public IReadOnlyList<Quote> Quotes { get; init; } = [];

    /// <summary>Quotes from memories as they were before the dream: path and text.</summary>
    public IReadOnlyList<(string Path, string Text)> MemoryQuotes { get; init; } = [];

    /// <summary>The same in other words, tried where the gate does not let these stand; null when there is no such wording.</summary>
    public CuratedChange? Unquoted { get; init; }

    /// <summary>Where the gate starts from: applied, unless the change is suspicious or only a suggestion.</summary>
    public ChangeStatus Status { get; init; } = ChangeStatus.Applied;
}
