using System.Text.Json;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Agents;

/// <summary>The agents of a workspace, each with all its versions. A version never changes.</summary>
public sealed class AgentRepository(TimeProvider clock)
{
    private const string Columns = "v.body, a.version, a.archived_at";
    private const string FromNewest = "FROM agents a JOIN agent_versions v ON v.workspace_id = a.workspace_id AND v.agent_id = a.id AND v.version = a.version";

    /// <summary>The newest version; null when the workspace has no such agent. Archived ones are found.</summary>
    public ValueTask<Agent?> FindAsync(DbSession db, string workspaceId, Id<Agent> id) => db.FirstAsync(
        $"SELECT {Columns} {FromNewest} WHERE a.workspace_id = @workspace AND a.id = @id", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>One version; null when there is none.</summary>
    public ValueTask<Agent?> FindAsync(DbSession db, string workspaceId, Id<Agent> id, int version) => db.FirstAsync(
        $"""
        SELECT {Columns} FROM agents a JOIN agent_versions v ON v.workspace_id = a.workspace_id AND v.agent_id = a.id
        WHERE a.workspace_id = @workspace AND a.id = @id AND v.version = @version
        """, Read, ("@workspace", workspaceId), ("@id", id.Value), ("@version", (long)version));

    /// <summary>Like <see cref="FindAsync(DbSession, string, Id{Agent})"/>, and nobody else saves the agent before this transaction ends.</summary>
    public async ValueTask<Agent?> HoldAsync(DbSession db, string workspaceId, Id<Agent> id)
    {
        // By itself: a join that waited for the lock would look for the version the agent had before.
        await db.FirstAsync($"SELECT id FROM agents WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}", static r => r.GetString(0), ("@workspace", workspaceId), ("@id", id.Value));
        return await FindAsync(db, workspaceId, id);
    }

    /// <summary>Each agent that is there, at the version asked for or the newest.</summary>
    public async ValueTask<IReadOnlyDictionary<AgentEntry, Agent>> FindAllAsync(DbSession db, string workspaceId, IReadOnlyList<AgentEntry> entries)
    {
        var found = new Dictionary<AgentEntry, Agent>();
        foreach (var entry in entries)
        {
            if (await (entry.Version is { } version ? FindAsync(db, workspaceId, entry.Id, version) : FindAsync(db, workspaceId, entry.Id)) is { } agent) found[entry] = agent;
        }
        return found;
    }

    /// <summary>Newest first, each at its newest version.</summary>
    /// <param name="after">Creation time and id of the last one seen; null from the start.</param>
    public ValueTask<List<Agent>> ListAsync(DbSession db, string workspaceId, TimeRange created, bool isArchivedShown, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} {FromNewest}
        WHERE a.workspace_id = @workspace AND a.created_at BETWEEN @from AND @to {(isArchivedShown ? "" : "AND a.archived_at IS NULL")}
            AND (a.created_at < @after OR (a.created_at = @after AND a.id < @id))
        ORDER BY a.created_at DESC, a.id DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@from", created.FromMicros), ("@to", created.ToMicros),
        ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", (long)limit));

    /// <summary>Newest first.</summary>
    /// <param name="before">Only versions below this one.</param>
    public ValueTask<List<Agent>> ListVersionsAsync(DbSession db, string workspaceId, Id<Agent> id, long before, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM agents a JOIN agent_versions v ON v.workspace_id = a.workspace_id AND v.agent_id = a.id
        WHERE a.workspace_id = @workspace AND a.id = @id AND v.version < @before
        ORDER BY v.version DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@id", id.Value), ("@before", before), ("@limit", (long)limit));

    /// <summary>Adds a version; the first one makes the agent. Who calls holds the agent.</summary>
    public async ValueTask AddVersionAsync(DbSession db, string workspaceId, Agent agent)
    {
        await db.ExecuteAsync("INSERT INTO agent_versions (workspace_id, agent_id, version, body) VALUES (@workspace, @id, @version, @body)",
            ("@workspace", workspaceId), ("@id", agent.Id.Value), ("@version", (long)agent.Version), ("@body", JsonSerializer.Serialize(agent, WireJson.Wire.Agent)));
        await db.ExecuteAsync("""
            INSERT INTO agents (workspace_id, id, version, created_at) VALUES (@workspace, @id, @version, @created)
            ON CONFLICT (workspace_id, id) DO UPDATE SET version = @version
            """, ("@workspace", workspaceId), ("@id", agent.Id.Value), ("@version", (long)agent.Version), ("@created", DbTime.ToMicros(agent.CreatedAt)));
    }

    public async ValueTask<Agent> ArchiveAsync(DbSession db, string workspaceId, Agent agent)
    {
        if (agent.ArchivedAt is not null) return agent;
        var now = DbTime.UtcNow(clock);
        await db.ExecuteAsync("UPDATE agents SET archived_at = @now WHERE workspace_id = @workspace AND id = @id",
            ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", agent.Id.Value));
        return agent with { ArchivedAt = now, UpdatedAt = now };
    }

    private static Agent Read(DbRow row)
    {
        var agent = JsonSerializer.Deserialize(row.GetString(0), WireJson.Wire.Agent)!;
        var archived = row.TimeOrNull(2);
        return agent with { ArchivedAt = archived, UpdatedAt = agent.Version == row.GetInt64(1) ? archived ?? agent.UpdatedAt : agent.UpdatedAt };
    }
}
