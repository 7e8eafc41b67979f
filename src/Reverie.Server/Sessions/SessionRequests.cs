using System.ComponentModel.DataAnnotations;
using Reverie.Server.Http;

namespace Reverie.Server.Sessions;

// The bodies of requests, as the reference shows them. The endpoints read them field by field, so that a refusal names each.

/// <summary>A session to be started.</summary>
internal sealed record NewSession
{
    /// <summary>A saved agent by its id, one at a version, or one with overrides.</summary>
    [Either(typeof(string), typeof(AgentChoice))] public required object Agent { get; init; }

    public required string EnvironmentId { get; init; }

    [StringLength(1024)] public string? Title { get; init; }

    /// <summary>At most 16 pairs, keys of 1 to 64 and values of at most 512 characters.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Files, memory stores and repositories to mount.</summary>
    public IReadOnlyList<object>? Resources { get; init; }

    /// <summary>Must be empty: there are no vaults yet.</summary>
    public IReadOnlyList<string>? VaultIds { get; init; }

    /// <summary>user.message events with which work begins at once, at most 50.</summary>
    public IReadOnlyList<object>? InitialEvents { get; init; }

    public BudgetRequest? Budget { get; init; }
}

/// <summary>An agent of a session.</summary>
internal sealed record AgentChoice
{
    [AllowedValues("agent", "agent_with_overrides")] public required string Type { get; init; }

    public required string Id { get; init; }

    /// <summary>The newest unless set.</summary>
    [Range(1, int.MaxValue)] public int? Version { get; init; }

    /// <summary>With overrides only, like all that follows.</summary>
    public object? Model { get; init; }

    public string? System { get; init; }

    public IReadOnlyList<object>? Tools { get; init; }

    public IReadOnlyList<object>? McpServers { get; init; }

    public IReadOnlyList<object>? Skills { get; init; }
}

/// <summary>A cap on cost.</summary>
internal sealed record BudgetRequest
{
    [AllowedValues("limit")] public required string Type { get; init; }

    public required MoneyRequest MaxListCost { get; init; }
}

/// <summary>An amount of money.</summary>
internal sealed record MoneyRequest
{
    /// <summary>Whole cents above 0.</summary>
    [RegularExpression("^[1-9][0-9]{0,11}$")] public required string Amount { get; init; }

    [AllowedValues("USD")] public required string Currency { get; init; }
}

/// <summary>What is to change of a session; what is absent stays.</summary>
internal sealed record SessionUpdate
{
    [StringLength(1024)] public string? Title { get; init; }

    /// <summary>Merged into what is there; a value of null removes its key.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Other tools or MCP servers; only while the session is idle.</summary>
    public SessionAgentUpdate? Agent { get; init; }

    /// <summary>A higher cap than what is spent; null removes it for good.</summary>
    public BudgetRequest? Budget { get; init; }
}

/// <summary>What is to change of a session's agent.</summary>
internal sealed record SessionAgentUpdate
{
    public IReadOnlyList<object>? Tools { get; init; }

    public IReadOnlyList<object>? McpServers { get; init; }
}

/// <summary>Events for a session, taken all or none.</summary>
internal sealed record SentEvents
{
    [Length(1, ClientEventFields.EventsMax)] public required IReadOnlyList<object> Events { get; init; }
}

/// <summary>The events as they stand in the log.</summary>
/// <param name="Data">In the order they were sent.</param>
internal sealed record AcceptedEvents(IReadOnlyList<EventShape> Data);

/// <summary>A file to mount.</summary>
internal sealed record NewFileResource
{
    [AllowedValues("file")] public required string Type { get; init; }

    public required string FileId { get; init; }

    /// <summary>Below /mnt/session/uploads; named after the file unless set.</summary>
    public string? MountPath { get; init; }
}

/// <summary>What is to change of a repository.</summary>
internal sealed record ResourceUpdate
{
    public required string AuthorizationToken { get; init; }
}
