using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Sessions;

/// <summary>One agent's line within a session (public contract, "Object session_thread").</summary>
public sealed record SessionThread : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "sthr";

    /// <summary>Unique; never used again.</summary>
    public required Id<SessionThread> Id { get; init; }

    /// <summary>Always <c>session_thread</c>.</summary>
    public string Type { get; } = "session_thread";

    /// <summary>The session it belongs to.</summary>
    public required Id<Session> SessionId { get; init; }

    /// <summary>The thread that set it to work; null for the primary one.</summary>
    public required Id<SessionThread>? ParentThreadId { get; init; }

    /// <summary>Its agent, as it was when the thread began.</summary>
    public required SessionSubagent Agent { get; init; }

    /// <summary>Whether it waits, works, or is over.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>Null until it first worked.</summary>
    public required SessionStats? Stats { get; init; }

    /// <summary>Null until its first turn ended.</summary>
    public required SessionUsage? Usage { get; init; }

    /// <summary>Always null: there are no workflow runs yet.</summary>
    public string? WorkflowRunId { get; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was archived; null while it is not.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}
