using System.Text.Json;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Storage;

namespace Reverie.Environments;

/// <summary>The environments of a workspace.</summary>
public sealed class EnvironmentRepository(IdGenerator ids, TimeProvider clock, IEnumerable<IEnvironmentUse> uses)
{
    private const string Columns = "id, name, description, config, metadata, created_at, updated_at, archived_at";

    public async ValueTask<AgentEnvironment> CreateAsync(DbSession db, string workspaceId, string name, string? description, EnvironmentConfig config, IReadOnlyDictionary<string, string> metadata)
    {
        var now = DbTime.UtcNow(clock);
        var environment = new AgentEnvironment
        {
            Id = ids.New<AgentEnvironment>(),
            Name = name,
            Description = description,
            Config = config,
            Metadata = metadata,
            CreatedAt = now,
            UpdatedAt = now,
            ArchivedAt = null,
        };
        await db.ExecuteAsync("""
            INSERT INTO environments (workspace_id, id, name, description, config, metadata, created_at, updated_at)
            VALUES (@workspace, @id, @name, @description, @config, @metadata, @now, @now)
            """, ("@workspace", workspaceId), ("@id", environment.Id.Value), ("@name", name), ("@description", description), ("@config", Write(config)), ("@metadata", Write(metadata)), ("@now", DbTime.ToMicros(now)));
        return environment;
    }

    /// <summary>Null when the workspace has no such environment. Archived ones are found.</summary>
    public ValueTask<AgentEnvironment?> FindAsync(DbSession db, string workspaceId, Id<AgentEnvironment> id) => db.FirstAsync(
        $"SELECT {Columns} FROM environments WHERE workspace_id = @workspace AND id = @id", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Like <see cref="FindAsync"/>, and nobody else changes or deletes it before this transaction ends. Who begins to use one holds it.</summary>
    public ValueTask<AgentEnvironment?> HoldAsync(DbSession db, string workspaceId, Id<AgentEnvironment> id) => db.FirstAsync(
        $"SELECT {Columns} FROM environments WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Newest first.</summary>
    /// <param name="after">Creation time and id of the last one seen; null from the start.</param>
    public ValueTask<List<AgentEnvironment>> ListAsync(DbSession db, string workspaceId, bool isArchivedShown, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM environments
        WHERE workspace_id = @workspace {(isArchivedShown ? "" : "AND archived_at IS NULL")} AND (created_at < @after OR (created_at = @after AND id < @id))
        ORDER BY created_at DESC, id DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", limit));

    /// <summary>Writes name, description, config and metadata; one that is the same afterwards keeps its time.</summary>
    public async ValueTask<AgentEnvironment> UpdateAsync(DbSession db, string workspaceId, AgentEnvironment before, AgentEnvironment after)
    {
        if (before.Name == after.Name && before.Description == after.Description && Write(before.Config) == Write(after.Config) && Write(before.Metadata) == Write(after.Metadata)) return before;
        var now = DbTime.UtcNow(clock);
        await db.ExecuteAsync("""
            UPDATE environments SET name = @name, description = @description, config = @config, metadata = @metadata, updated_at = @now
            WHERE workspace_id = @workspace AND id = @id
            """, ("@name", after.Name), ("@description", after.Description), ("@config", Write(after.Config)), ("@metadata", Write(after.Metadata)),
            ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", after.Id.Value));
        return after with { UpdatedAt = now };
    }

    public async ValueTask<AgentEnvironment> ArchiveAsync(DbSession db, string workspaceId, AgentEnvironment environment)
    {
        if (environment.ArchivedAt is not null) return environment;
        var now = DbTime.UtcNow(clock);
        await db.ExecuteAsync("UPDATE environments SET archived_at = @now, updated_at = @now WHERE workspace_id = @workspace AND id = @id",
            ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", environment.Id.Value));
        return environment with { ArchivedAt = now, UpdatedAt = now };
    }

    /// <summary>False when something uses it, and nothing was done. Who calls holds it.</summary>
    public async ValueTask<bool> DeleteAsync(DbSession db, string workspaceId, Id<AgentEnvironment> id)
    {
        foreach (var use in uses)
        {
            if (await use.IsUsedAsync(db, workspaceId, id)) return false;
        }
        await db.ExecuteAsync("DELETE FROM environments WHERE workspace_id = @workspace AND id = @id", ("@workspace", workspaceId), ("@id", id.Value));
        return true;
    }

    private static string Write(EnvironmentConfig config) => JsonSerializer.Serialize(config, WireJson.Wire.EnvironmentConfig);

    private static string Write(IReadOnlyDictionary<string, string> metadata) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(metadata.OrderBy(static p => p.Key, StringComparer.Ordinal), StringComparer.Ordinal), WireJson.Wire.DictionaryStringString);

    private static AgentEnvironment Read(DbRow row) => new()
    {
        Id = Id<AgentEnvironment>.Parse(row.GetString(0)),
        Name = row.GetString(1),
        Description = row.TextOrNull(2),
        Config = JsonSerializer.Deserialize(row.GetString(3), WireJson.Wire.EnvironmentConfig)!,
        Metadata = JsonSerializer.Deserialize(row.GetString(4), WireJson.Wire.DictionaryStringString)!,
        CreatedAt = row.Time(5),
        UpdatedAt = row.Time(6),
        ArchivedAt = row.TimeOrNull(7),
    };
}
