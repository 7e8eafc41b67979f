namespace Reverie.Protocol.Dreams;

/// <summary>What a dream would take, before it is asked for.</summary>
public sealed record DreamForecast
{
    /// <summary>Always <c>dream_forecast</c>.</summary>
    public string Type { get; } = "dream_forecast";

    /// <summary>The model that would be asked.</summary>
    public required string Model { get; init; }

    /// <summary>What would be read.</summary>
    public required DreamInputs Inputs { get; init; }

    /// <summary>Requests to the model.</summary>
    public required int Requests { get; init; }

    /// <summary>Tokens they would take.</summary>
    public required DreamUsage Usage { get; init; }

    /// <summary>What they would cost in US dollars at list price; null for a model without one.</summary>
    public required decimal? CostUsd { get; init; }

    /// <summary>Wall time in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>True when the budget would end the dream's use of the model early: some insights would stay as the dreamer words them.</summary>
    public required bool ReachesBudget { get; init; }
}
