using System.Security.Cryptography;
using System.Text;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Sessions and threads as the wire shows them. What an imported session never had is empty.</summary>
internal sealed class SessionView(Database database, SessionRepository sessions, SessionSetupRepository setups, TimeProvider clock)
{
    /// <exception cref="Http.ApiException">There is no such session.</exception>
    public async Task<Session> ReadAsync(string workspaceId, Id<Session> id, CancellationToken cancellationToken)
    {
        var (row, setup) = await database.ReadAsync(async db => (await sessions.FindAsync(db, workspaceId, id), await setups.FindAsync(db, workspaceId, id)), cancellationToken);
        return Show(row ?? throw SessionEndpoints.NotFound(id), setup);
    }

    /// <param name="setup">Null for a session that did not start here.</param>
    public Session Show(SessionRow row, SessionSetup? setup) => new()
    {
        Id = row.Id,
        Status = row.Status,
        Agent = setup?.Agent ?? Imported(row),
        EnvironmentId = setup?.EnvironmentId.Value ?? StandIn("env", row.Source),
        Title = row.Title,
        Metadata = row.Metadata,
        Resources = setup?.Resources ?? [],
        VaultIds = setup?.VaultIds ?? [],
        Budget = setup?.Budget,
        Usage = setup is null ? new() : Usage(row),
        Stats = setup is null ? new() : Stats(row),
        OutcomeEvaluations = setup is not null ? row.Evaluations : row.Outcome is not { } outcome ? [] :
        [
            new OutcomeEvaluation
            {
                OutcomeId = StandIn("outc", row.Id.Value),
                Description = row.Title ?? "",
                Result = outcome.Satisfied ? "satisfied" : "failed",
                Explanation = outcome.Explanation,
                CompletedAt = row.UpdatedAt,
            },
        ],
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        ArchivedAt = row.ArchivedAt,
    };

    /// <summary>The thread of the session's own agent.</summary>
    public SessionThread Primary(SessionRow row, SessionSetup setup) => new()
    {
        Id = setup.PrimaryThreadId,
        SessionId = row.Id,
        ParentThreadId = null,
        Agent = new SessionSubagent
        {
            Id = setup.Agent.Id,
            Version = setup.Agent.Version,
            Name = setup.Agent.Name,
            Description = setup.Agent.Description,
            Model = setup.Agent.Model,
            System = setup.Agent.System,
            Tools = setup.Agent.Tools,
            McpServers = setup.Agent.McpServers,
            Skills = setup.Agent.Skills,
            ExecutionIdentity = setup.Agent.ExecutionIdentity,
        },
        Status = row.Status,
        Stats = row.EventCount == 0 ? null : Stats(row),
        Usage = row.Usage is null ? null : Usage(row),
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        ArchivedAt = row.ArchivedAt,
    };

    /// <summary>A thread that another one set to work.</summary>
    public SessionThread Show(ThreadRow row, Id<Session> session, Id<SessionThread> parent)
    {
        var active = row.Active + (row.RunningSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero);
        return new SessionThread
        {
            Id = row.Id,
            SessionId = session,
            ParentThreadId = parent,
            Agent = row.Agent,
            Status = row.Status,
            Stats = new SessionStats { ActiveSeconds = Math.Round(active.TotalSeconds, 3), DurationSeconds = Math.Round(((row.ArchivedAt ?? clock.GetUtcNow()) - row.CreatedAt).TotalSeconds, 3) },
            Usage = row.Usage is null ? null : SessionCost.Read(row.Usage).Usage(active),
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            ArchivedAt = row.ArchivedAt,
        };
    }

    private SessionUsage Usage(SessionRow row) => SessionCost.Read(row.Usage).Usage(row.ActiveFor(clock));

    private SessionStats Stats(SessionRow row) => new()
    {
        ActiveSeconds = Math.Round(row.ActiveFor(clock).TotalSeconds, 3),
        DurationSeconds = Math.Round(((row.Status == SessionStatus.Terminated ? row.UpdatedAt : clock.GetUtcNow()) - row.CreatedAt).TotalSeconds, 3),
    };

    private static SessionAgent Imported(SessionRow row) => new()
    {
        Id = Id<Agent>.Parse(StandIn("agent", row.AgentName)),
        Version = 1,
        Name = row.AgentName,
        Description = null,
        Model = new ModelConfig { Id = "unknown" },
        System = null,
        Tools = [],
        McpServers = [],
        Skills = [],
        Multiagent = null,
    };

    /// <summary>An id for what an imported session only knows by name: the same name gives the same id.</summary>
    private static string StandIn(string prefix, string name) => $"{prefix}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24]}";
}
