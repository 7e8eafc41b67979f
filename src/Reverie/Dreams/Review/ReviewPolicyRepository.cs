using System.Text.Json;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Review;

/// <summary>The review policy of each store.</summary>
public sealed class ReviewPolicyRepository(TimeProvider clock)
{
    /// <summary>The policy in force; that which applies everything where none was ever set.</summary>
    public async ValueTask<ReviewPolicy> FindAsync(DbSession db, MemoryScope scope) => await SetAsync(db, scope) ?? new ReviewPolicy { MemoryStoreId = scope.StoreId };

    /// <summary>Puts a policy in force. The caller holds the store.</summary>
    public async ValueTask<ReviewPolicy> SaveAsync(DbSession db, MemoryScope scope, ReviewPolicy policy)
    {
        var saved = policy with { MemoryStoreId = scope.StoreId, UpdatedAt = DbTime.UtcNow(clock) };
        await db.ExecuteAsync("""
            INSERT INTO review_policies (workspace_id, memory_store_id, body, expires_after_days) VALUES (@workspace, @store, @body, @days)
            ON CONFLICT (workspace_id, memory_store_id) DO UPDATE SET body = @body, expires_after_days = @days
            """, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@body", JsonSerializer.Serialize(saved, WireJson.Wire.ReviewPolicy)), ("@days", (long?)saved.ExpiresAfterDays));
        return saved;
    }

    /// <summary>Gives a copy of a store the policy of the store it is a copy of. False when that has none.</summary>
    public async ValueTask<bool> CopyAsync(DbSession db, MemoryScope source, Id<MemoryStore> copy)
    {
        if (await SetAsync(db, source) is not { } policy) return false;
        await SaveAsync(db, source with { StoreId = copy }, policy);
        return true;
    }

    private static ValueTask<ReviewPolicy?> SetAsync(DbSession db, MemoryScope scope) => db.FirstAsync(
        "SELECT body FROM review_policies WHERE workspace_id = @workspace AND memory_store_id = @store",
        static row => JsonSerializer.Deserialize(row.GetString(0), WireJson.Wire.ReviewPolicy), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));
}
