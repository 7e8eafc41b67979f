using Reverie.Dreams.Models;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreams.Jobs;

/// <summary>A dream as it is kept: what the wire shows, and what drives it.</summary>
public sealed record DreamRow
{
    public required string WorkspaceId { get; init; }

    public required Id<Dream> Id { get; init; }

    public required DreamStatus Status { get; init; }

    /// <summary>True to leave every change proposed.</summary>
    public required bool IsReview { get; init; }

    public required string Model { get; init; }

    public string? Instructions { get; init; }

    public required Id<MemoryStore> MemoryStoreId { get; init; }

    /// <summary>Sorted.</summary>
    public required IReadOnlyList<string> SessionIds { get; init; }

    /// <summary>True to write to the input store, false to a copy of it.</summary>
    public required bool UpdatesExisting { get; init; }

    /// <summary>Null until the dream has one.</summary>
    public Id<MemoryStore>? OutputStoreId { get; init; }

    /// <summary>The session that shows the dream at work; null until it starts.</summary>
    public Id<Session>? SessionId { get; init; }

    /// <summary>The report without its changes; null until the dream was thought out.</summary>
    public DreamReport? Report { get; init; }

    public DreamError? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Grows with every claim: who holds an older number is no longer the one who runs it.</summary>
    public required long Fence { get; init; }

    /// <summary>Claims since it last got on, the one that lasts included; 0 once it has got on.</summary>
    public long IdleClaims { get; init; }

    /// <summary>What it may take of a model.</summary>
    public DreamCaps Caps { get; init; } = DreamCaps.None;

    /// <summary>Share of the sessions that one attacker may control, 0 to 0.5 with at most six decimals: what no more bear out is proposed.</summary>
    public decimal AttackerShare { get; init; }

    /// <summary>Tokens so far.</summary>
    public DreamUsage Usage { get; init; } = DreamUsage.None;

    public bool HasEnded => EndedAt is not null;

    /// <summary>What the wire shows.</summary>
    public Dream ToDream() => new()
    {
        Id = Id,
        Status = Status,
        Inputs = [new DreamMemoryStoreInput(MemoryStoreId), new DreamSessionsInput(SessionIds)],
        Outputs = OutputStoreId is { } output ? [new DreamOutput(output)] : [],
        OutputBehavior = UpdatesExisting ? new OutputBehavior.ToExistingStore(MemoryStoreId) : new OutputBehavior.ToNewStore(),
        Model = new DreamModel(Model),
        Instructions = Instructions,
        SessionId = SessionId?.Value,
        Usage = Usage,
        Error = Error,
        CreatedAt = CreatedAt,
        EndedAt = EndedAt,
        ArchivedAt = ArchivedAt,
    };
}
