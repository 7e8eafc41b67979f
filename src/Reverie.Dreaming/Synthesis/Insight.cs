using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis;

/// <summary>A claim about many sessions, with the evidence for it; CURATE decides where it goes.</summary>
internal sealed record Insight
{
    /// <summary>Stable name of the claim, for ordering and for telling two apart; never shown.</summary>
    public required string Key { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>The toolbox it was found in.</summary>
    public required Toolbox Toolbox { get; init; }

    /// <summary>The playbook it belongs to, e.g. <c>mistakes</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>A heading, without Markdown.</summary>
    public required string Title { get; init; }

    /// <summary>What an agent reads, line by line: when this happens, do that. Markdown allowed.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>One sentence for a reviewer.</summary>
    public required string Summary { get; init; }

    /// <summary>The counts: sessions, people, effect size, p-value.</summary>
    public required string Rationale { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>How many sessions support it; orders insights within a playbook.</summary>
    public required int Support { get; init; }

    /// <summary>Why a person has to decide on it, as a sentence; null when it may be applied.</summary>
    public string? Reservation { get; init; }

    /// <summary>The same claim in words that are tried where these may not stand: without the words of others, or without a model's; null when there are none.</summary>
    public Insight? Unquoted { get; init; }

    /// <summary>What the sessions say for it; null where only its quotes do.</summary>
    public Bearing? Bearing { get; init; }

    /// <summary>Candidate quotes, best first; the gate keeps those that hold.</summary>
    public required IReadOnlyList<Quote> Quotes { get; init; }
}

/// <summary>A piece of an event that may be cited.</summary>
/// <param name="Session">The session's key.</param>
/// <param name="Event">The event's key.</param>
/// <param name="Text">Verbatim text of the event to choose the quote from.</param>
internal sealed record Quote(string Session, string Event, string Text);
