using System.Text.Json;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Sessions;
using Reverie.Skills;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>What sessions that run here were started with, and what is mounted in them.</summary>
public sealed class SessionSetupRepository(TimeProvider clock)
{
    /// <summary>Keeps the setup of a session that is being made, with its primary thread.</summary>
    public async ValueTask CreateAsync(DbSession db, SessionSetup setup)
    {
        var now = DbTime.ToMicros(clock.GetUtcNow());
        await db.ExecuteAsync("""
            INSERT INTO session_setups (workspace_id, session_id, agent_id, agent_version, environment_id, agent, environment, vault_ids, budget_cents, had_budget, primary_thread_id)
            VALUES (@workspace, @session, @agent_id, @version, @environment_id, @agent, @environment, @vaults, @budget, @had, @thread)
            """, ("@workspace", setup.WorkspaceId), ("@session", setup.Id.Value), ("@agent_id", setup.Agent.Id.Value), ("@version", (long)setup.Agent.Version),
            ("@environment_id", setup.EnvironmentId.Value), ("@agent", JsonSerializer.Serialize(setup.Agent, WireJson.Wire.SessionAgent)),
            ("@environment", JsonSerializer.Serialize(setup.Environment, WireJson.Wire.EnvironmentConfig)), ("@vaults", JsonSerializer.Serialize([.. setup.VaultIds], WireJson.Wire.ListString)),
            ("@budget", setup.BudgetCents), ("@had", setup.HadBudget ? 1L : 0L), ("@thread", setup.PrimaryThreadId.Value));
        foreach (var resource in setup.Resources) await AddAsync(db, setup.WorkspaceId, setup.Id, resource, now);
        await SessionSkills.AddAsync(db, setup.WorkspaceId, setup.Id, setup.Skills);
    }

    /// <summary>Null for a session that was imported, and for none.</summary>
    public async ValueTask<SessionSetup?> FindAsync(DbSession db, string workspaceId, Id<Session> id)
    {
        var skills = 0L;
        var setup = await db.FirstAsync("""
            SELECT agent, environment_id, environment, vault_ids, budget_cents, had_budget, primary_thread_id,
                (SELECT count(*) FROM session_skills k WHERE k.workspace_id = @workspace AND k.session_id = @session)
            FROM session_setups WHERE workspace_id = @workspace AND session_id = @session
            """, r =>
            {
                skills = r.GetInt64(7);
                return Read(r, workspaceId, id);
            }, ("@workspace", workspaceId), ("@session", id.Value));
        return setup is null ? null : setup with { Resources = await ResourcesAsync(db, workspaceId, id), Skills = skills == 0 ? [] : await SessionSkills.ListAsync(db, workspaceId, id) };
    }

    /// <summary>In the order they were attached.</summary>
    public ValueTask<List<SessionResource>> ResourcesAsync(DbSession db, string workspaceId, Id<Session> id) => db.QueryAsync(
        "SELECT body FROM session_resources WHERE workspace_id = @workspace AND session_id = @session ORDER BY created_at, id",
        static r => JsonSerializer.Deserialize(r.GetString(0), WireJson.Wire.SessionResource)!, ("@workspace", workspaceId), ("@session", id.Value));

    public ValueTask AddAsync(DbSession db, string workspaceId, Id<Session> id, SessionResource resource) => AddAsync(db, workspaceId, id, resource, DbTime.ToMicros(clock.GetUtcNow()));

    /// <summary>False when there is no such resource.</summary>
    public async ValueTask<bool> RemoveAsync(DbSession db, string workspaceId, Id<Session> id, Id<SessionResource> resource) => await db.ExecuteAsync(
        "DELETE FROM session_resources WHERE workspace_id = @workspace AND session_id = @session AND id = @id", ("@workspace", workspaceId), ("@session", id.Value), ("@id", resource.Value)) == 1;

    /// <summary>Changes the agent and the cap; the next turn begins with them, and a session paused at its cap goes on.</summary>
    public async ValueTask UpdateAsync(DbSession db, SessionSetup setup)
    {
        await db.ExecuteAsync("UPDATE session_setups SET agent = @agent, budget_cents = @budget WHERE workspace_id = @workspace AND session_id = @session",
            ("@agent", JsonSerializer.Serialize(setup.Agent, WireJson.Wire.SessionAgent)), ("@budget", setup.BudgetCents), ("@workspace", setup.WorkspaceId), ("@session", setup.Id.Value));
        await db.ExecuteAsync("UPDATE sessions SET setup_version = setup_version + 1, is_awake = 1 WHERE workspace_id = @workspace AND id = @session",
            ("@workspace", setup.WorkspaceId), ("@session", setup.Id.Value));
        db.Wake(new AwakeSession(setup.WorkspaceId, setup.Id));
    }

    public async ValueTask DeleteAsync(DbSession db, string workspaceId, Id<Session> id)
    {
        await ThreadRepository.DeleteAsync(db, workspaceId, id);
        await SessionSkills.DeleteAsync(db, workspaceId, id);
        await db.ExecuteAsync("DELETE FROM session_resources WHERE workspace_id = @workspace AND session_id = @session", ("@workspace", workspaceId), ("@session", id.Value));
        await db.ExecuteAsync("DELETE FROM session_setups WHERE workspace_id = @workspace AND session_id = @session", ("@workspace", workspaceId), ("@session", id.Value));
    }

    private static async ValueTask AddAsync(DbSession db, string workspaceId, Id<Session> id, SessionResource resource, long now) => await db.ExecuteAsync("""
        INSERT INTO session_resources (workspace_id, session_id, id, memory_store_id, body, created_at) VALUES (@workspace, @session, @id, @store, @body, @now)
        """, ("@workspace", workspaceId), ("@session", id.Value), ("@id", resource.Id.Value), ("@store", (resource as MemoryStoreResource)?.MemoryStoreId.Value),
        ("@body", JsonSerializer.Serialize(resource, WireJson.Wire.SessionResource)), ("@now", now));

    private static SessionSetup Read(DbRow row, string workspaceId, Id<Session> id) => new()
    {
        WorkspaceId = workspaceId,
        Id = id,
        Agent = JsonSerializer.Deserialize(row.GetString(0), WireJson.Wire.SessionAgent)!,
        EnvironmentId = Id<AgentEnvironment>.Parse(row.GetString(1)),
        Environment = JsonSerializer.Deserialize(row.GetString(2), WireJson.Wire.EnvironmentConfig)!,
        VaultIds = JsonSerializer.Deserialize(row.GetString(3), WireJson.Wire.ListString)!,
        BudgetCents = row.IsNull(4) ? null : row.GetInt64(4),
        HadBudget = row.GetInt64(5) == 1,
        PrimaryThreadId = Id<SessionThread>.Parse(row.GetString(6)),
    };
}
