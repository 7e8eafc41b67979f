using System.Text.Json.Serialization;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;

namespace Reverie.Protocol.Sessions;

/// <summary>A conversation with state (public contract, "Object session").</summary>
public sealed record Session : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "sesn";

    /// <summary>Unique; never used again.</summary>
    public required Id<Session> Id { get; init; }

    /// <summary>Always <c>session</c>.</summary>
    public string Type { get; } = "session";

    /// <summary>Whether it waits, works, or is over.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The agent as it was when the session began.</summary>
    public required SessionAgent Agent { get; init; }

    /// <summary>The environment it runs in; for a session that was imported, one that names its source.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>For people; null when it has none.</summary>
    public required string? Title { get; init; }

    /// <summary>Free labels.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>What is mounted; empty for an imported session.</summary>
    public IReadOnlyList<string> Resources { get; } = [];

    /// <summary>Vaults it may use; empty for an imported session.</summary>
    public IReadOnlyList<string> VaultIds { get; } = [];

    /// <summary>Null: without a cap.</summary>
    public string? Budget { get; }

    /// <summary>Tokens so far; no keys where nothing was counted.</summary>
    public SessionUsage Usage { get; } = new();

    /// <summary>Seconds at work; no keys where nothing was counted.</summary>
    public SessionStats Stats { get; } = new();

    /// <summary>How it was judged; empty when nobody judged it.</summary>
    public required IReadOnlyList<OutcomeEvaluation> OutcomeEvaluations { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was archived; null while it is not.</summary>
    public required DateTimeOffset? ArchivedAt { get; init; }
}

/// <summary>Whether a session waits, works, or is over.</summary>
[JsonConverter(typeof(WireNames<SessionStatus>))]
public enum SessionStatus
{
    /// <summary>Waits for input; finished work is idle too.</summary>
    Idle,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Tries again after a failure that passes.</summary>
    Rescheduling,

    /// <summary>Over for good.</summary>
    Terminated,
}

/// <summary>The agent of a session.</summary>
public sealed record SessionAgent
{
    /// <summary>Begins with <c>agent_</c>; the same for all sessions of an imported agent's name.</summary>
    public required string Id { get; init; }

    /// <summary>Always <c>agent</c>.</summary>
    public string Type { get; } = "agent";

    /// <summary>1 for an imported session.</summary>
    public int Version { get; } = 1;

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Null when it has none.</summary>
    public string? Description { get; }

    /// <summary>The model; <c>unknown</c> where an imported session does not say.</summary>
    public required SessionModel Model { get; init; }

    /// <summary>Null when it has none.</summary>
    public string? System { get; }

    /// <summary>Empty for an imported session.</summary>
    public IReadOnlyList<string> Tools { get; } = [];

    /// <summary>Empty for an imported session.</summary>
    public IReadOnlyList<string> McpServers { get; } = [];

    /// <summary>Empty for an imported session.</summary>
    public IReadOnlyList<string> Skills { get; } = [];

    /// <summary>Null: works alone.</summary>
    public string? Multiagent { get; }

    /// <summary>In whose name it runs.</summary>
    public ExecutionIdentity ExecutionIdentity { get; } = new();
}

/// <summary>The model of an agent.</summary>
/// <param name="Id">The model's id.</param>
public sealed record SessionModel(string Id);

/// <summary>In whose name an agent runs.</summary>
public sealed record ExecutionIdentity
{
    /// <summary><c>service_account</c>: no named principal.</summary>
    public string Type { get; } = "service_account";
}

/// <summary>Tokens of a session.</summary>
public sealed record SessionUsage;

/// <summary>Time of a session.</summary>
public sealed record SessionStats;

/// <summary>How one outcome of a session was judged.</summary>
public sealed record OutcomeEvaluation
{
    /// <summary>Always <c>outcome_evaluation</c>.</summary>
    public string Type { get; } = "outcome_evaluation";

    /// <summary>Begins with <c>outc_</c>.</summary>
    public required string OutcomeId { get; init; }

    /// <summary>What was asked for.</summary>
    public required string Description { get; init; }

    /// <summary><c>satisfied</c> or <c>failed</c> for a session that is over.</summary>
    public required string Result { get; init; }

    /// <summary>The judge's words; null when it gave none.</summary>
    public required string? Explanation { get; init; }

    /// <summary>0 for the first attempt.</summary>
    public int Iteration { get; init; }

    /// <summary>When it was judged; null while it is not.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>One page of sessions; the only list that can be read both ways.</summary>
/// <param name="Data">The sessions.</param>
/// <param name="NextPage">What follows; null at the end.</param>
/// <param name="PrevPage">What came before; null on the first page.</param>
public sealed record SessionPage(IReadOnlyList<Session> Data, string? NextPage, string? PrevPage);

/// <summary>What an import of sessions did.</summary>
/// <param name="Imported">Sessions that are new.</param>
/// <param name="AlreadyThere">Sessions whose source and external id were known: nothing was done.</param>
/// <param name="Skipped">Lines that are no session and were passed over because <c>skip_bad</c> was asked for.</param>
/// <param name="Events">Events of the new sessions.</param>
public sealed record ImportSummary(int Imported, int AlreadyThere, int Skipped, long Events);

/// <summary>Where a session came from, and how it went.</summary>
/// <param name="Id">The session.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="ExternalId">Its id there.</param>
/// <param name="Agent">The agent's name.</param>
/// <param name="Title">Null when it has none.</param>
/// <param name="Satisfied">How it was judged; null when nobody judged it.</param>
/// <param name="EventCount">Events of its log.</param>
/// <param name="CreatedAt">When it began.</param>
public sealed record ArchivedSession(Id<Session> Id, string Source, string ExternalId, string Agent, string? Title, bool? Satisfied, long EventCount, DateTimeOffset CreatedAt);
