using System.Text.Json.Serialization;

namespace Reverie.Protocol.Errors;

/// <summary>The body of every answer that is not a success.</summary>
/// <param name="Error">What went wrong.</param>
/// <param name="RequestId">The same as the <c>request-id</c> header.</param>
public sealed record ErrorEnvelope(ErrorBody Error, string RequestId)
{
    /// <summary>Always <c>error</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "error";
}

/// <summary>What went wrong.</summary>
public sealed record ErrorBody
{
    /// <summary>One of the contract's kinds (<see cref="ErrorType"/>).</summary>
    public required string Type { get; init; }

    /// <summary>For people: names the field, the limit and what to do. May change between versions.</summary>
    public required string Message { get; init; }

    /// <summary>The machine-readable reason; null where the type says enough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorDetails? Details { get; init; }

    /// <summary>Only for path conflicts: the id of the memory that is in the way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConflictingMemoryId { get; init; }

    /// <summary>Only for path conflicts: the path that is in the way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConflictingPath { get; init; }
}

/// <summary>The machine-readable reason of an error.</summary>
/// <param name="ErrorCode">One of the codes in the reference page on errors.</param>
public sealed record ErrorDetails(string ErrorCode);
