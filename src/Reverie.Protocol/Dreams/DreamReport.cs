using System.Text.Json.Serialization;

namespace Reverie.Protocol.Dreams;

/// <summary>What a dream changed and why. The same shape is stored with a dream, returned and written to a file.</summary>
public sealed record DreamReport
{
    /// <summary>The dream's id, <c>drm_…</c>.</summary>
    public required string DreamId { get; init; }

    /// <summary>The model that ran it; <c>reverie/local</c> needs no network.</summary>
    public required string Model { get; init; }

    /// <summary>What was read.</summary>
    public required DreamInputs Inputs { get; init; }

    /// <summary>Tokens spent; all zero for <c>reverie/local</c>.</summary>
    public required DreamUsage Usage { get; init; }

    /// <summary>What the tokens cost in US dollars at list price; null, and left out, for <c>reverie/local</c> and for a model without a list price.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? CostUsd { get; init; }

    /// <summary>Wall time in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>The changes in the order they apply. Applying every <see cref="ChangeStatus.Applied"/> one to the input store gives the output store exactly.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }

    /// <summary>What was seen but not turned into a change, and why; never empty when <see cref="Changes"/> is.</summary>
    public required IReadOnlyList<Refusal> Refused { get; init; }
}

/// <summary>How much a dream read.</summary>
/// <param name="Memories">Files of the memory store.</param>
/// <param name="Sessions">Sessions.</param>
/// <param name="Events">Events of those sessions.</param>
public sealed record DreamInputs(int Memories, int Sessions, long Events);

/// <summary>Tokens a dream spent, as the public contract counts them.</summary>
public sealed record DreamUsage(long InputTokens, long OutputTokens, long CacheCreationInputTokens, long CacheReadInputTokens)
{
    /// <summary>Nothing spent.</summary>
    public static DreamUsage None { get; } = new(0, 0, 0, 0);
}

/// <summary>Something a dream noticed and did not write, in the words of a reviewer.</summary>
/// <param name="What">The observation, without secrets.</param>
/// <param name="Reason">Why it was not written.</param>
/// <param name="Sessions">How many sessions showed it.</param>
public sealed record Refusal(string What, string Reason, int Sessions);
