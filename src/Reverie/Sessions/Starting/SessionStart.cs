using Reverie.Agents;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Sessions.Inbox;

namespace Reverie.Sessions.Starting;

/// <summary>A session as somebody asks for it, valid by itself.</summary>
public sealed record SessionStart
{
    /// <summary>The saved agent; without a version the newest.</summary>
    public required AgentEntry Agent { get; init; }

    /// <summary>What it has otherwise than its agent; null for nothing.</summary>
    public AgentEdit? Overrides { get; init; }

    public required Id<AgentEnvironment> EnvironmentId { get; init; }

    public string? Title { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public IReadOnlyList<ResourceEdit> Resources { get; init; } = [];

    /// <summary>A turn begins with them at once.</summary>
    public IReadOnlyList<ClientEvent> InitialEvents { get; init; } = [];

    /// <summary>US cents of list cost; null for any.</summary>
    public long? BudgetCents { get; init; }
}

/// <summary>Something to be mounted.</summary>
/// <param name="Field">Where the request names it.</param>
public abstract record ResourceEdit(string Field);

/// <param name="Path">Where; null for a place named after the file.</param>
public sealed record FileEdit(string Field, string FileId, string? Path) : ResourceEdit(Field);

public sealed record MemoryStoreEdit(string Field, Id<MemoryStore> StoreId, string Access, string? Instructions) : ResourceEdit(Field);

/// <param name="Token">For private repositories; null for public ones.</param>
public sealed record RepositoryEdit(string Field, string Url, string? Token, string? Branch, string? Sha, string? Path) : ResourceEdit(Field);

/// <summary>What became of asking for a session.</summary>
public abstract record StartOutcome
{
    private StartOutcome() { }

    public sealed record Started(Id<Protocol.Sessions.Session> Id) : StartOutcome;

    /// <summary>Something the request names is not there.</summary>
    public sealed record Missing(string What, string Id) : StartOutcome;

    /// <summary>Nothing was made.</summary>
    /// <param name="Problems">What is wrong, each with its field.</param>
    /// <param name="Code">The machine-readable reason of the contract; null where it has none.</param>
    public sealed record Refused(IReadOnlyList<AgentProblem> Problems, string? Code = null) : StartOutcome;
}
