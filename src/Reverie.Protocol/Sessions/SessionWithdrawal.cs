using System.Text.Json.Serialization;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Sessions;

/// <summary>One thing that the deletion of a session took with it. Tells no texts.</summary>
public sealed record SessionWithdrawal
{
    /// <summary>What was done.</summary>
    public required WithdrawalAction Action { get; init; }

    /// <summary>The dream whose change it was about; null for old versions.</summary>
    public required string? DreamId { get; init; }

    /// <summary>The change; null for old versions, and for the words of a whole dream.</summary>
    public required string? ChangeId { get; init; }

    /// <summary>Sessions that still bear the change out; null where that is not what decided.</summary>
    public required int? SessionsLeft { get; init; }

    /// <summary>Principals behind those; null where that is not what decided.</summary>
    public required int? PrincipalsLeft { get; init; }

    /// <summary>The store that was written; null when no store was.</summary>
    public required string? MemoryStoreId { get; init; }

    /// <summary>The memory; null when no store was written.</summary>
    public required string? MemoryId { get; init; }

    /// <summary>The version that was written in its place; null when no store was, and for old versions.</summary>
    public required string? MemoryVersionId { get; init; }

    /// <summary>How many old versions lost their text; null for everything else.</summary>
    public required int? VersionCount { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What the deletion of a session did.</summary>
[JsonConverter(typeof(WireNames<WithdrawalAction>))]
public enum WithdrawalAction
{
    /// <summary>A change no longer has enough behind it: it was taken back, with its text.</summary>
    Withdrawn,

    /// <summary>Words that only this session had said were struck out.</summary>
    Reworded,

    /// <summary>A change lost its quotes from this session and keeps its text.</summary>
    Unquoted,

    /// <summary>Old versions of a memory lost their text.</summary>
    VersionsRedacted,
}
