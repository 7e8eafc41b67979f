namespace Reverie.Dreaming.Models;

/// <summary>One request of a dream to a model.</summary>
public sealed record DreamRequest
{
    /// <summary>What it is for.</summary>
    public required DreamStep Step { get; init; }

    /// <summary>The dreamer's own rules, the same in every request.</summary>
    public required string System { get; init; }

    /// <summary>The store and the sessions in short, the same in all requests that have it, so that a cache pays it once; null where the model is to see none of it.</summary>
    public string? Shared { get; init; }

    /// <summary>What is asked, with the data it is asked about, quoted and labelled.</summary>
    public required string Task { get; init; }

    /// <summary>The JSON schema of every answer, for providers that keep a model to one; the same in all requests, so that it parts no cache.</summary>
    public string AnswerSchema { get; } = Prompts.AnswerSchema;

    /// <summary>True when an answer to it did not hold and it is asked once more.</summary>
    public bool IsRepair { get; init; }

    /// <summary>Tokens the answer may have.</summary>
    public required int OutputTokensMax { get; init; }

    /// <summary>Tokens below which an answer would be cut off: with less it is not worth asking.</summary>
    public required int OutputTokensMin { get; init; }

    /// <summary>An answer of ordinary length that would be accepted: what a forecast is made from. Never sent.</summary>
    public required string Typical { get; init; }
}

/// <summary>What a dream asks a model for.</summary>
public enum DreamStep
{
    /// <summary>To word, merge and judge what the miners found.</summary>
    Word,

    /// <summary>To find insights of its own in excerpts of sessions.</summary>
    Find,

    /// <summary>To bring together what was found in several groups of sessions.</summary>
    Gather,

    /// <summary>To say, of a claim and the events it cites alone, whether they entail it.</summary>
    Check,
}
