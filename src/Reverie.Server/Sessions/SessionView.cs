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
    public SessionThread Primary(SessionRow row, SessionSetup setup)
    {
        var progress = row.PrimaryThread is { } own ? ThreadProgress.Read(own)
            : new ThreadProgress(row.Status, row.Usage is { } cost ? SessionCost.Read(cost) : null, TimeSpan.FromMicroseconds(row.ActiveMicros), row.RunningSince);
        var agent = setup.Agent;
        return Show(new ThreadRow
        {
            Id = setup.PrimaryThreadId,
            Agent = new SessionSubagent
            {
                Id = agent.Id,
                Version = agent.Version,
                Name = agent.Name,
                Description = agent.Description,
                Model = agent.Model,
                System = agent.System,
                Tools = agent.Tools,
                McpServers = agent.McpServers,
                Skills = agent.Skills,
                ExecutionIdentity = agent.ExecutionIdentity,
            },
            Progress = row.Status == SessionStatus.Terminated ? progress with { Status = SessionStatus.Terminated } : progress,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            ArchivedAt = row.ArchivedAt,
        }, row.Id, parent: null);
    }

    /// <param name="parent">Null for the primary thread.</param>
    public SessionThread Show(ThreadRow row, Id<Session> session, Id<SessionThread>? parent)
    {
        var active = row.Progress.ActiveFor(clock);
        return new SessionThread
        {
            Id = row.Id,
            SessionId = session,
            ParentThreadId = parent,
            Agent = row.Agent,
            Status = row.Progress.Status,
            Stats = !row.Progress.HasBegun ? null : new SessionStats
            {
                ActiveSeconds = Math.Round(active.TotalSeconds, 3),
                DurationSeconds = Math.Round(((row.ArchivedAt ?? clock.GetUtcNow()) - row.CreatedAt).TotalSeconds, 3),
                StartupSeconds = 0,
            },
            Usage = row.Progress.Cost?.ThreadUsage(active),
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
