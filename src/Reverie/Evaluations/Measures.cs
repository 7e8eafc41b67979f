using System.Text.Json.Serialization;

namespace Reverie.Evaluations;

/// <summary>What a trial took. Null where it is not known.</summary>
public sealed record Measures
{
    /// <summary>Each measure under its wire name, in the order people read them.</summary>
    public static IReadOnlyList<(string Name, Func<Measures, double?> Of)> All { get; } =
    [
        ("iterations", static m => m.Iterations),
        ("model_requests", static m => m.ModelRequests),
        ("tool_calls", static m => m.ToolCalls),
        ("input_tokens", static m => m.InputTokens),
        ("output_tokens", static m => m.OutputTokens),
        ("seconds", static m => m.Seconds),
        ("cost_usd", static m => (double?)m.CostUsd),
    ];

    /// <summary>Attempts at an outcome, at least 1; only where one was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Iterations { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ModelRequests { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ToolCalls { get; init; }

    /// <summary>Cached input included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? InputTokens { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OutputTokens { get; init; }

    /// <summary>At work, or from the first to the last event where the session was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    /// <summary>At list price, rounded to the cent, as sessions give it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? CostUsd { get; init; }
}

/// <summary>The mean of one measure per trial on each side; null where no trial knows it.</summary>
/// <param name="Name">Its wire name.</param>
public sealed record MeasureMeans(string Name, double? Before, double? After)
{
    public static IReadOnlyList<MeasureMeans> Of(IReadOnlyList<Trial> trials)
    {
        return [.. Measures.All.Select(measure => new MeasureMeans(measure.Name, Mean(Arm.Before, measure.Of), Mean(Arm.After, measure.Of))).Where(static m => m is not { Before: null, After: null })];

        double? Mean(Arm arm, Func<Measures, double?> of) => trials.Where(t => t.Arm == arm).Average(t => of(t.Measures));
    }
}
