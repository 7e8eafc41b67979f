using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Stores;

/// <summary>The stores of a workspace.</summary>
public sealed class MemoryStoreRepository(IdGenerator ids, TimeProvider clock)
{
    private const string Columns = "id, name, description, metadata, created_at, updated_at, archived_at";

    public async ValueTask<MemoryStore> CreateAsync(DbSession db, string workspaceId, string name, string description, IReadOnlyDictionary<string, string> metadata)
    {
        var now = DbTime.UtcNow(clock);
        var store = new MemoryStore
        {
            Id = ids.New<MemoryStore>(),
            Name = name,
            Description = description,
            Metadata = metadata,
            CreatedAt = now,
            UpdatedAt = now,
            ArchivedAt = null,
        };
        await AddAsync(db, workspaceId, store);
        return store;
    }

    /// <summary>Adds a store that was made elsewhere; its id must be free in the workspace.</summary>
    public async ValueTask AddAsync(DbSession db, string workspaceId, MemoryStore store)
    {
        await db.ExecuteAsync("""
            INSERT INTO memory_stores (workspace_id, id, name, description, metadata, created_at, updated_at, archived_at)
            VALUES (@workspace, @id, @name, @description, @metadata, @created, @updated, @archived)
            """, ("@workspace", workspaceId), ("@id", store.Id.Value), ("@name", store.Name), ("@description", store.Description), ("@metadata", Write(store.Metadata)),
            ("@created", DbTime.ToMicros(store.CreatedAt)), ("@updated", DbTime.ToMicros(store.UpdatedAt)), ("@archived", store.ArchivedAt is { } at ? DbTime.ToMicros(at) : null));
    }

    /// <summary>Null when the workspace has no such store. Archived ones are found.</summary>
    public ValueTask<MemoryStore?> FindAsync(DbSession db, MemoryScope scope) => db.FirstAsync(
        $"SELECT {Columns} FROM memory_stores WHERE workspace_id = @workspace AND id = @id", Read, ("@workspace", scope.WorkspaceId), ("@id", scope.StoreId.Value));

    /// <summary>Like <see cref="FindAsync"/>, and nobody else changes the store or its memories before this transaction ends.</summary>
    public ValueTask<MemoryStore?> HoldAsync(DbSession db, MemoryScope scope) => db.FirstAsync(
        $"SELECT {Columns} FROM memory_stores WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}", Read, ("@workspace", scope.WorkspaceId), ("@id", scope.StoreId.Value));

    /// <summary>Newest first.</summary>
    /// <param name="after">Creation time and id of the last one seen; null from the start.</param>
    public ValueTask<List<MemoryStore>> ListAsync(DbSession db, string workspaceId, TimeRange created, bool isArchivedShown, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM memory_stores
        WHERE workspace_id = @workspace AND created_at BETWEEN @from AND @to {(isArchivedShown ? "" : "AND archived_at IS NULL")}
            AND (created_at < @after OR (created_at = @after AND id < @id))
        ORDER BY created_at DESC, id DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@from", created.FromMicros), ("@to", created.ToMicros),
        ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", limit));

    /// <summary>Writes name, description and metadata; a store that is the same afterwards keeps its time.</summary>
    public async ValueTask<MemoryStore> UpdateAsync(DbSession db, string workspaceId, MemoryStore before, MemoryStore after)
    {
        if (before.Name == after.Name && before.Description == after.Description && before.Metadata.Count == after.Metadata.Count && !before.Metadata.Except(after.Metadata).Any()) return before;
        var now = DbTime.UtcNow(clock);
        await db.ExecuteAsync("""
            UPDATE memory_stores SET name = @name, description = @description, metadata = @metadata, updated_at = @now
            WHERE workspace_id = @workspace AND id = @id
            """, ("@name", after.Name), ("@description", after.Description), ("@metadata", Write(after.Metadata)), ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", after.Id.Value));
        return after with { UpdatedAt = now };
    }

    public async ValueTask<MemoryStore> ArchiveAsync(DbSession db, string workspaceId, MemoryStore store)
    {
        if (store.ArchivedAt is not null) return store;
        var now = DbTime.UtcNow(clock);
        await db.ExecuteAsync("UPDATE memory_stores SET archived_at = @now, updated_at = @now WHERE workspace_id = @workspace AND id = @id",
            ("@now", DbTime.ToMicros(now)), ("@workspace", workspaceId), ("@id", store.Id.Value));
        return store with { ArchivedAt = now, UpdatedAt = now };
    }

    /// <summary>Removes the store with its memories and all their versions.</summary>
    public async ValueTask DeleteAsync(DbSession db, MemoryScope scope)
    {
        (string, object?)[] key = [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value)];
        await db.ExecuteAsync("DELETE FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store", key);
        await db.ExecuteAsync("DELETE FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store", key);
        await Provenance.PassageRepository.DeleteStoreAsync(db, scope);
        await Provenance.ImportedChangeRepository.DeleteStoreAsync(db, scope);
        await Credit.MemoryReadRepository.DeleteStoreAsync(db, scope);
        await db.ExecuteAsync("DELETE FROM memory_stores WHERE workspace_id = @workspace AND id = @store", key);
    }

    private static string Write(IReadOnlyDictionary<string, string> metadata) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(metadata, StringComparer.Ordinal), WireJson.Wire.DictionaryStringString);

    private static MemoryStore Read(DbRow row) => new()
    {
        Id = Id<MemoryStore>.Parse(row.GetString(0)),
        Name = row.GetString(1),
        Description = row.GetString(2),
        Metadata = JsonSerializer.Deserialize(row.GetString(3), WireJson.Wire.DictionaryStringString)!,
        CreatedAt = row.Time(4),
        UpdatedAt = row.Time(5),
        ArchivedAt = row.TimeOrNull(6),
    };
}
