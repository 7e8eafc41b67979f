using System.Text.Json.Serialization;

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
[JsonConverter(typeof(JsonStringEnumConverter<EffortLevel>))]
public enum EffortLevel
{
    /// <summary>Least reasoning, fastest.</summary>
    [JsonStringEnumMemberName("low")] Low,

    /// <summary>Between the two.</summary>
    [JsonStringEnumMemberName("medium")] Medium,

    /// <summary>More reasoning.</summary>
    [JsonStringEnumMemberName("high")] High,

    /// <summary>More than high; not every model takes it.</summary>
    [JsonStringEnumMemberName("xhigh")] XHigh,

    /// <summary>Most reasoning.</summary>
    [JsonStringEnumMemberName("max")] Max,
}

/// <summary>How fast requests are served.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelSpeed>))]
public enum ModelSpeed
{
    /// <summary>The default.</summary>
    [JsonStringEnumMemberName("standard")] Standard,

    /// <summary>Faster; only some models.</summary>
    [JsonStringEnumMemberName("fast")] Fast,
}
