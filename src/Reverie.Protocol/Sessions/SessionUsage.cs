using System.Text.Json.Serialization;

namespace Reverie.Protocol.Sessions;

/// <summary>What a session or thread has used so far (public contract, "usage"). A key is absent where nothing was counted.</summary>
public sealed record SessionUsage
{
    /// <summary>Input that no cache held.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? InputTokens { get; init; }

    /// <summary>Output, thinking included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OutputTokens { get; init; }

    /// <summary>Input read from the cache.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? CacheReadInputTokens { get; init; }

    /// <summary>Input written to the cache.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CacheCreation? CacheCreation { get; init; }

    /// <summary>Seconds with work under way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ActiveSeconds { get; init; }

    /// <summary>The cost at list price, rounded to the cent; absent when a model has no list price.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? ListCost { get; init; }

    /// <summary>Tools the server itself runs against the web.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServerToolUse? ServerToolUse { get; init; }
}

/// <summary>Input written to the cache, by how long it stays there.</summary>
public sealed record CacheCreation(
    [property: JsonPropertyName("ephemeral_5m_input_tokens")] long FiveMinutes,
    [property: JsonPropertyName("ephemeral_1h_input_tokens")] long OneHour);

/// <summary>Web tools used.</summary>
public sealed record ServerToolUse(long WebSearchRequests, long WebFetchRequests);

/// <summary>An amount of money.</summary>
/// <param name="Amount">Whole cents, as a decimal string.</param>
/// <param name="Currency">Always <c>USD</c>.</param>
public sealed record Money(string Amount, string Currency = "USD");

/// <summary>A cap on what a session may cost.</summary>
/// <param name="MaxListCost">At list price.</param>
public sealed record SessionBudget(Money MaxListCost)
{
    /// <summary>Always <c>limit</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "limit";
}

/// <summary>Time of a session or thread, in seconds. A key is absent where nothing was measured.</summary>
public sealed record SessionStats
{
    /// <summary>With work under way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ActiveSeconds { get; init; }

    /// <summary>Since it began; stands still once it is over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DurationSeconds { get; init; }

    /// <summary>Before a thread could begin; null for a session.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StartupSeconds { get; init; }
}
