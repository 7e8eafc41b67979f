using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Keys;

/// <summary>Keys, by the hash of their secret.</summary>
public sealed class ApiKeyRepository(IdGenerator ids, TimeProvider clock)
{
    /// <summary>The workspace of those who never named one.</summary>
    public const string DefaultWorkspace = "wrkspc_default";

    private const string Columns = "id, workspace_id, name, created_at, revoked_at";

    /// <summary>Stores the hash; a secret that is known already keeps its key, which is no longer revoked.</summary>
    public async ValueTask<ApiKey> CreateAsync(DbSession db, string workspaceId, string name, string secret)
    {
        var key = new ApiKey(ids.New<ApiKey>(), workspaceId, name, DbTime.UtcNow(clock), null);
        return (await db.FirstAsync($"""
            INSERT INTO api_keys (id, workspace_id, name, secret_sha256, created_at) VALUES (@id, @workspace, @name, @sha256, @now)
            ON CONFLICT (secret_sha256) DO UPDATE SET revoked_at = NULL RETURNING {Columns}
            """, Read, ("@id", key.Id.Value), ("@workspace", workspaceId), ("@name", name), ("@sha256", ApiKeySecret.Sha256(secret)), ("@now", DbTime.ToMicros(key.CreatedAt))))!;
    }

    /// <summary>Null for an unknown or revoked secret.</summary>
    public ValueTask<ApiKey?> FindBySecretAsync(DbSession db, string secretSha256) => db.FirstAsync(
        $"SELECT {Columns} FROM api_keys WHERE secret_sha256 = @sha256 AND revoked_at IS NULL", Read, ("@sha256", secretSha256));

    /// <summary>Oldest first, revoked ones too.</summary>
    public ValueTask<List<ApiKey>> ListAsync(DbSession db) => db.QueryAsync($"SELECT {Columns} FROM api_keys ORDER BY created_at, id", Read);

    /// <summary>Null when there is no such key. Revoking twice keeps the first time.</summary>
    public ValueTask<ApiKey?> RevokeAsync(DbSession db, Id<ApiKey> id) => db.FirstAsync(
        $"UPDATE api_keys SET revoked_at = coalesce(revoked_at, @now) WHERE id = @id RETURNING {Columns}", Read, ("@now", DbTime.ToMicros(clock.GetUtcNow())), ("@id", id.Value));

    private static ApiKey Read(DbRow row) => new(Id<ApiKey>.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.Time(3), row.TimeOrNull(4));
}
