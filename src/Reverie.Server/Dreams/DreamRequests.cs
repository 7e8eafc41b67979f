using System.ComponentModel.DataAnnotations;
using Reverie.Protocol.Dreams;
using Reverie.Server.Http;

namespace Reverie.Server.Dreams;

// The bodies of requests, as the reference shows them. The endpoints read them field by field, so that a refusal names each.

/// <summary>A dream to come.</summary>
internal sealed record NewDream
{
    /// <summary>Exactly one memory store and one set of 1 to 100 sessions.</summary>
    [Length(2, 2)] public required IReadOnlyList<DreamInput> Inputs { get; init; }

    /// <summary>The name of a model; <c>reverie/local</c> is built in.</summary>
    [Either(typeof(string), typeof(DreamModelChoice))] public required object Model { get; init; }

    [StringLength(4096, MinimumLength = 1)] public string? Instructions { get; init; }

    /// <summary>Where it writes; to a copy unless set.</summary>
    public OutputBehavior? OutputBehavior { get; init; }
}

/// <summary>A dream to come, beyond the contract.</summary>
internal sealed record NewLargeDream
{
    /// <summary>Exactly one memory_store, and one sessions of 1 to 10,000 ids or one session_filter (see SessionFilterShape for its fields).</summary>
    [Length(2, 2)] public required IReadOnlyList<object> Inputs { get; init; }

    /// <summary>The name of a model; <c>reverie/local</c> is built in.</summary>
    [Either(typeof(string), typeof(DreamModelChoice))] public required object Model { get; init; }

    [StringLength(4096, MinimumLength = 1)] public string? Instructions { get; init; }

    /// <summary>Where it writes; to a copy unless set.</summary>
    public OutputBehavior? OutputBehavior { get; init; }

    /// <summary>With <c>review</c> every change is left proposed; <c>auto</c> unless set.</summary>
    [AllowedValues("auto", "review")] public string? Mode { get; init; }

    /// <summary>Most tokens of all kinds the model may take, never exceeded; no bound unless set.</summary>
    [Range(1, long.MaxValue)] public long? MaxTokens { get; init; }

    /// <summary>Most US dollars the model may cost at list price, with at most 6 decimals, never exceeded; no bound unless set.</summary>
    [Range(0, 1_000_000)] public double? MaxCost { get; init; }

    /// <summary>
    /// Share of the sessions that one attacker may control, with at most 6 decimals: what no more of the sessions, or of the people
    /// in them, bear out is proposed, not applied. 0 unless set: two independent principals are enough.
    /// </summary>
    [Range(0, 0.5)] public double? AttackerShare { get; init; }
}

/// <summary>A model and how it runs.</summary>
internal sealed record DreamModelChoice
{
    public required string Id { get; init; }

    [AllowedValues("standard")] public string? Speed { get; init; }
}

/// <summary>What a person decides on changes of a dream that has ended.</summary>
internal sealed record DreamDecisions
{
    [Length(1, 1000)] public required IReadOnlyList<DreamDecision> Verdicts { get; init; }
}

/// <summary>What a person decides on one change.</summary>
internal sealed record DreamDecision
{
    public required string ChangeId { get; init; }

    [AllowedValues("approve", "reject")] public required string Verdict { get; init; }

    /// <summary>Other words for each edit of the change, in their order; only with approve.</summary>
    public IReadOnlyList<string>? Inserts { get; init; }

    [StringLength(4096)] public string? Comment { get; init; }
}

/// <summary>Taking a dream back.</summary>
internal sealed record UndoRequest
{
    [StringLength(4096)] public string? Comment { get; init; }
}
