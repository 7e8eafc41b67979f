using System.Text.Json.Serialization;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Agents;

/// <summary>The model of an agent and how it is used.</summary>
public sealed record ModelConfig
{
    /// <summary>The model's name; an open set. <c>unknown</c> where an imported session does not say.</summary>
    public required string Id { get; init; }

    /// <summary>How much it reasons; null (no key) where the model has no levels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Effort? Effort { get; init; }

    /// <summary>Where requests are served, <c>us</c> or <c>global</c>; null (no key) when it does not matter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InferenceGeo { get; init; }

    /// <summary>How fast requests are served.</summary>
    public ModelSpeed Speed { get; init; }
}

/// <summary>How much a model reasons.</summary>
/// <param name="Type">The level.</param>
public sealed record Effort(EffortLevel Type);

/// <summary>Levels of reasoning, least first.</summary>
[JsonConverter(typeof(WireNames<EffortLevel>))]
public enum EffortLevel
{
    /// <summary>Least reasoning, fastest.</summary>
    Low,

    /// <summary>Between the two.</summary>
    Medium,

    /// <summary>More reasoning.</summary>
    High,

    /// <summary>More than high; not every model takes it.</summary>
    Xhigh,

    /// <summary>Most reasoning.</summary>
    Max,
}

/// <summary>How fast requests are served.</summary>
[JsonConverter(typeof(WireNames<ModelSpeed>))]
public enum ModelSpeed
{
    /// <summary>The default.</summary>
    Standard,

    /// <summary>Faster; only some models.</summary>
    Fast,
}
