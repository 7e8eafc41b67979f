using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Protocol.Dreams;

/// <summary>One background run that reads a memory store and sessions and writes a better store (public contract, "Object dream").</summary>
public sealed record Dream : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "drm";

    /// <summary>Unique; never used again.</summary>
    public required Id<Dream> Id { get; init; }

    /// <summary>Always <c>dream</c>.</summary>
    public string Type { get; } = "dream";

    /// <summary>Where it stands.</summary>
    public required DreamStatus Status { get; init; }

    /// <summary>One store and a set of sessions, sorted.</summary>
    public required IReadOnlyList<DreamInput> Inputs { get; init; }

    /// <summary>Empty until the store it writes is known; then exactly one.</summary>
    public required IReadOnlyList<DreamOutput> Outputs { get; init; }

    /// <summary>Whether it writes to a copy or to the input store.</summary>
    public required OutputBehavior OutputBehavior { get; init; }

    /// <summary>What dreams.</summary>
    public required DreamModel Model { get; init; }

    /// <summary>The steering text; null for none.</summary>
    public required string? Instructions { get; init; }

    /// <summary>The session whose events show the dream at work; null until it starts.</summary>
    public required string? SessionId { get; init; }

    /// <summary>Tokens so far.</summary>
    public required DreamUsage Usage { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public required DreamError? Error { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was completed, failed or was canceled; null before.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it was archived; null while it is not.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}

/// <summary>Where a dream stands.</summary>
[JsonConverter(typeof(WireNames<DreamStatus>))]
public enum DreamStatus
{
    /// <summary>Waits for its turn.</summary>
    Pending,

    /// <summary>At work.</summary>
    Running,

    /// <summary>The output store holds the whole result.</summary>
    Completed,

    /// <summary>Ended with an error; the output store keeps what was written.</summary>
    Failed,

    /// <summary>Ended on request; the output store keeps what was written.</summary>
    Canceled,
}

/// <summary>What a dream reads.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DreamMemoryStoreInput), "memory_store")]
[JsonDerivedType(typeof(DreamSessionsInput), "sessions")]
public abstract record DreamInput;

/// <summary>The store it curates.</summary>
public sealed record DreamMemoryStoreInput(Id<MemoryStore> MemoryStoreId) : DreamInput;

/// <summary>The sessions it re-reads, sorted by id.</summary>
public sealed record DreamSessionsInput(IReadOnlyList<string> SessionIds) : DreamInput;

/// <summary>The store a dream writes.</summary>
/// <param name="MemoryStoreId">A new store, or the input store.</param>
public sealed record DreamOutput(Id<MemoryStore> MemoryStoreId)
{
    /// <summary>Always <c>memory_store</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "memory_store";
}

/// <summary>Where a dream writes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ToNewStore), "create_new")]
[JsonDerivedType(typeof(ToExistingStore), "update_existing")]
public abstract record OutputBehavior
{
    /// <summary>To a copy of the input store, made when the dream starts.</summary>
    public sealed record ToNewStore : OutputBehavior;

    /// <summary>To the input store.</summary>
    public sealed record ToExistingStore(Id<MemoryStore> MemoryStoreId) : OutputBehavior;
}

/// <summary>What dreams.</summary>
/// <param name="Id"><c>reverie/local</c> is built in.</param>
public sealed record DreamModel(string Id)
{
    /// <summary>Always <c>standard</c>.</summary>
    public string Speed { get; } = "standard";
}

/// <summary>Why a dream failed.</summary>
/// <param name="Type">E.g. <c>input_session_unavailable</c>; an open set.</param>
/// <param name="Message">For people.</param>
public sealed record DreamError(string Type, string Message);

/// <summary>What a person decided on one change of a dream, and what came of it.</summary>
public sealed record DreamVerdict
{
    /// <summary>The change.</summary>
    public required string ChangeId { get; init; }

    /// <summary><c>approve</c>, <c>reject</c> or <c>undo</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary><c>applied</c>, <c>rejected</c>, <c>undone</c>, or <c>conflict</c>: the memory has moved and nothing was done. An undo rejects what was still open.</summary>
    public required string Result { get; init; }

    /// <summary>Why it could not be done or need not be, or that the edit was moved to where its lines are now; null when there is nothing to say.</summary>
    public required string? Note { get; init; }

    /// <summary>The person's words; null for none.</summary>
    public required string? Comment { get; init; }

    /// <summary>Who decided.</summary>
    public required Actor Author { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
