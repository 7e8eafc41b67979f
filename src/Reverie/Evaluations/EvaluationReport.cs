using System.Text.Json.Serialization;

namespace Reverie.Evaluations;

/// <summary>An evaluation with every trial, from which all its numbers can be computed again.</summary>
public sealed record EvaluationReport
{
    public string Type { get; } = "evaluation";

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The agent whose sessions ran; null where they were recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvaluatedAgent? Agent { get; init; }

    /// <summary>What the trials depend on, as one hash: an evaluation goes on only with the same. Null where sessions were recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InputsSha256 { get; init; }

    public required EvaluatedArm Before { get; init; }

    public required EvaluatedArm After { get; init; }

    /// <summary>Trials that are to be run; null where sessions were recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TrialsPlanned { get; init; }

    /// <summary>What the order of the trials was drawn from; null where sessions were recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Seed { get; init; }

    /// <summary>Sessions that nobody judged, so that they could not be counted; 0 where they were run.</summary>
    public int Unjudged { get; init; }

    public Comparison Comparison => Comparison.Of(Trials);

    public required IReadOnlyList<Trial> Trials { get; init; }
}

/// <summary>The agent at its version.</summary>
public sealed record EvaluatedAgent(string Id, int Version, string Name, string Model);

/// <summary>What one side had.</summary>
/// <param name="Name">For people.</param>
/// <param name="MemoryStoreId">Null for no memory, and where sessions were recorded.</param>
/// <param name="At">The version or time the store was taken at; null for a store without a history and for a directory.</param>
/// <param name="Directory">The directory the memory was read from; null for a store.</param>
public sealed record EvaluatedArm(string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MemoryStoreId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? At = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Directory = null);
