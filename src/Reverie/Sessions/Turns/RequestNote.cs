using System.Text.Json;
using System.Text.Json.Serialization;
using Reverie.Inference;

namespace Reverie.Sessions.Turns;

/// <summary>What the log keeps with the end of a model request beyond what the wire carries.</summary>
public sealed record RequestNote
{
    /// <summary>Nothing to keep: the usual case, for which nothing is stored.</summary>
    public static RequestNote None { get; } = new();

    /// <summary>The wire gives one figure for tokens written to the cache; these are those that stay an hour.</summary>
    public long CacheCreation1hInputTokens { get; init; }

    /// <summary>List price of the request and of judging its calls, in US dollars; 0 when it cost nothing or <see cref="IsUnpriced"/>.</summary>
    public decimal Cost { get; init; }

    /// <summary>A model has no list price here.</summary>
    public bool IsUnpriced { get; init; }

    /// <summary>What judging the calls of the answer took; null for nothing.</summary>
    public ModelUsage? Judged { get; init; }

    /// <summary>Set when the model refused.</summary>
    public ModelRefusal? Refusal { get; init; }

    /// <summary>The request summed the conversation up.</summary>
    public bool IsSummary { get; init; }

    /// <summary>The request did not fit the model's window.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>The model has more to say and wants to be asked again.</summary>
    public bool IsPaused { get; init; }

    /// <summary>A person stopped it: no failure.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>With what judging its calls took.</summary>
    /// <param name="cost">At list price in US dollars; null when the judge's model has none.</param>
    public RequestNote With(ModelUsage judged, decimal? cost) => judged == ModelUsage.None ? this : this with
    {
        Judged = judged,
        IsUnpriced = IsUnpriced || cost is null,
        Cost = IsUnpriced || cost is null ? 0 : Cost + cost.Value,
    };

    /// <summary>Null when there is nothing to keep.</summary>
    public string? Write() => this == None ? null : JsonSerializer.Serialize(this, NoteContext.Default.RequestNote);

    public static RequestNote Read(string json) => JsonSerializer.Deserialize(json, NoteContext.Default.RequestNote)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RequestNote))]
internal sealed partial class NoteContext : JsonSerializerContext;
