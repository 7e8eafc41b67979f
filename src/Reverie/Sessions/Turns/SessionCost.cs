using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reverie.Inference;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>What a session has used so far.</summary>
/// <param name="Tokens">Of all model requests.</param>
/// <param name="ModelCost">The tokens at list price, in US dollars; null when a model has no list price.</param>
public sealed record SessionCost(ModelUsage Tokens, decimal? ModelCost)
{
    /// <summary>US dollars for an hour of activity (public contract, "Budget rules").</summary>
    public const decimal ActiveHourPrice = 0.08m;

    /// <summary>Nothing yet.</summary>
    public static SessionCost None { get; } = new(ModelUsage.None, 0);

    /// <summary>US dollars, exact; null when a model has no list price.</summary>
    public decimal? Total(TimeSpan active) => ModelCost + ActiveHourPrice * (decimal)active.TotalSeconds / 3600;

    /// <summary>As the wire shows it for a session.</summary>
    /// <param name="active">Time with work under way.</param>
    public SessionUsage Usage(TimeSpan active) => Usage(active, Total(active));

    /// <summary>As the wire shows it for a thread, whose cost leaves out the session's time.</summary>
    /// <param name="active">Time with work under way.</param>
    public SessionUsage ThreadUsage(TimeSpan active) => Usage(active, ModelCost);

    public string Write() => JsonSerializer.Serialize(this, CostContext.Default.SessionCost);

    /// <summary>What <see cref="Write"/> wrote; nothing for null.</summary>
    public static SessionCost Read(string? json) => json is null ? None : JsonSerializer.Deserialize(json, CostContext.Default.SessionCost)!;

    private SessionUsage Usage(TimeSpan active, decimal? cost) => new()
    {
        InputTokens = Tokens.InputTokens,
        OutputTokens = Tokens.OutputTokens,
        CacheReadInputTokens = Tokens.CacheReadInputTokens,
        CacheCreation = new CacheCreation(Tokens.CacheCreation5mInputTokens, Tokens.CacheCreation1hInputTokens),
        ActiveSeconds = Math.Round(active.TotalSeconds, 3),
        ListCost = cost is { } dollars ? new Money(Math.Round(dollars * 100, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture)) : null,
        ServerToolUse = new ServerToolUse(0, 0),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SessionCost))]
[JsonSerializable(typeof(ThreadProgress))]
internal sealed partial class CostContext : JsonSerializerContext;
