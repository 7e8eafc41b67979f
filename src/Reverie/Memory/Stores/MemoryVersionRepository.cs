using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Stores;

/// <summary>The history of a store.</summary>
public sealed class MemoryVersionRepository(TimeProvider clock)
{
    private const string Columns = "v.seq, v.id, v.memory_id, v.memory_store_id, v.operation, v.path, v.content_sha256, v.content_size_bytes, v.created_at, v.created_by_type, v.created_by_id, v.redacted_at, v.redacted_by_type, v.redacted_by_id";

    /// <summary>Null when the store has no such version.</summary>
    public async ValueTask<MemoryVersion?> FindAsync(DbSession db, MemoryScope scope, Id<MemoryVersion> id, bool isFull) => (await db.FirstAsync(
        $"SELECT {Columns}, {(isFull ? "v.content" : "NULL")} FROM memory_versions v WHERE workspace_id = @workspace AND memory_store_id = @store AND id = @id",
        Read, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@id", id.Value)))?.Version;

    /// <summary>Newest first.</summary>
    public ValueTask<List<NumberedVersion>> ListAsync(DbSession db, MemoryScope scope, MemoryVersionFilter filter, long? afterSeq, int limit, bool isFull)
    {
        var columns = $"{Columns}, {(isFull ? "v.content" : "NULL")}";
        var match = "v.seq < @after AND v.created_at BETWEEN @from AND @to" + (filter.Operation is null ? "" : " AND v.operation = @operation") + (filter.ActorType is null ? "" : " AND v.created_by_type = @actorType AND v.created_by_id = @actorId");
        return db.QueryAsync(filter.MemoryId is null
            ? $"SELECT {columns} FROM memory_versions v WHERE v.workspace_id = @workspace AND v.memory_store_id = @store AND {match} ORDER BY v.seq DESC LIMIT @limit"
            : VersionChain.Select(columns, match, afterSeq is null ? VersionChain.Newest : Following),
            Read, [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@after", afterSeq ?? long.MaxValue), ("@from", filter.Created.FromMicros), ("@to", filter.Created.ToMicros),
            ("@limit", limit), .. Optional(filter)]);
    }

    /// <summary>The last version seen, from which the chain goes on; the newest one when that is of another memory.</summary>
    private const string Following = $"coalesce((SELECT seq FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND seq = @after AND memory_id = @memory), {VersionChain.Newest})";

    /// <summary>The changes after <paramref name="seq"/>, oldest first: what a follower of the store has not seen.</summary>
    public ValueTask<List<NumberedVersion>> FollowAsync(DbSession db, MemoryScope scope, long seq, int limit, bool isFull) => db.QueryAsync(
        $"""
        SELECT {Columns}, {(isFull ? "v.content" : "NULL")} FROM memory_versions v
        WHERE workspace_id = @workspace AND memory_store_id = @store AND seq > @seq ORDER BY seq LIMIT @limit
        """, Read, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@seq", seq), ("@limit", limit));

    /// <summary>Adds a version that was made elsewhere, to the store of <paramref name="scope"/>.</summary>
    /// <param name="beforeSeq">Number of the version of the same memory before it; null for its first.</param>
    public async ValueTask AddAsync(DbSession db, MemoryScope scope, NumberedVersion numbered, long? beforeSeq)
    {
        var version = numbered.Version;
        var ((actorType, actorId), (redactorType, redactorId)) = (ActorColumns.Of(version.CreatedBy), ActorColumns.Of(version.RedactedBy));
        await db.ExecuteAsync("""
            INSERT INTO memory_versions (workspace_id, memory_store_id, seq, before_seq, id, memory_id, operation, path, content, content_sha256, content_size_bytes, created_at, created_by_type, created_by_id, redacted_at, redacted_by_type, redacted_by_id)
            VALUES (@workspace, @store, @seq, @before, @id, @memory, @operation, @path, @content, @sha256, @size, @created, @actorType, @actorId, @redacted, @redactorType, @redactorId)
            """, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@seq", numbered.Seq), ("@before", beforeSeq), ("@id", version.Id.Value), ("@memory", version.MemoryId.Value),
            ("@operation", WireNames<MemoryOperation>.Of(version.Operation)), ("@path", version.Path), ("@content", version.Content), ("@sha256", version.ContentSha256), ("@size", (long?)version.ContentSizeBytes),
            ("@created", DbTime.ToMicros(version.CreatedAt)), ("@actorType", actorType), ("@actorId", actorId),
            ("@redacted", version.RedactedAt is { } at ? DbTime.ToMicros(at) : null), ("@redactorType", redactorType), ("@redactorId", redactorId));
    }

    /// <summary>Takes text, path and hash out of a version. Redacting twice keeps the first time and actor.</summary>
    /// <returns>The version after; null when there is none. The head of a live memory is left as it is.</returns>
    public async ValueTask<(MemoryVersion? Version, bool IsHead)> RedactAsync(DbSession db, MemoryScope scope, Id<MemoryVersion> id, Actor actor)
    {
        (string, object?)[] key = [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@id", id.Value)];
        // The store is held, so that the version cannot become or cease to be the head meanwhile.
        await db.FirstAsync($"SELECT 1 FROM memory_stores WHERE workspace_id = @workspace AND id = @store {db.Dialect.ForUpdate}", static _ => 1, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));
        if (await FindAsync(db, scope, id, isFull: true) is not { } version) return (null, false);
        var isHead = await db.FirstAsync("SELECT 1 FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store AND memory_version_id = @id", static _ => 1, key) == 1;
        if (isHead || version.RedactedAt is not null) return (version, isHead);
        var now = DbTime.UtcNow(clock);
        var (actorType, actorId) = ActorColumns.Of(actor);
        await db.ExecuteAsync("""
            UPDATE memory_versions SET content = NULL, path = NULL, content_sha256 = NULL, content_size_bytes = NULL, redacted_at = @now, redacted_by_type = @actorType, redacted_by_id = @actorId
            WHERE workspace_id = @workspace AND memory_store_id = @store AND id = @id
            """, [.. key, ("@now", DbTime.ToMicros(now)), ("@actorType", actorType), ("@actorId", actorId)]);
        return (version with { Content = null, Path = null, ContentSha256 = null, ContentSizeBytes = null, RedactedAt = now, RedactedBy = actor }, false);
    }

    private static IEnumerable<(string, object?)> Optional(MemoryVersionFilter filter)
    {
        if (filter.MemoryId is { } memory) yield return ("@memory", memory.Value);
        if (filter.Operation is { } operation) yield return ("@operation", WireNames<MemoryOperation>.Of(operation));
        if (filter.ActorType is null) yield break;
        yield return ("@actorType", filter.ActorType);
        yield return ("@actorId", filter.ActorId);
    }

    private static NumberedVersion Read(DbRow row) => new(row.GetInt64(0), new MemoryVersion
    {
        Id = Id<MemoryVersion>.Parse(row.GetString(1)),
        MemoryId = Id<StoredMemory>.Parse(row.GetString(2)),
        MemoryStoreId = Id<MemoryStore>.Parse(row.GetString(3)),
        Operation = WireNames<MemoryOperation>.Parse(row.GetString(4)),
        Path = row.TextOrNull(5),
        ContentSha256 = row.TextOrNull(6),
        ContentSizeBytes = (int?)row.LongOrNull(7),
        CreatedAt = row.Time(8),
        CreatedBy = ActorColumns.Read(row.TextOrNull(9), row.TextOrNull(10)),
        RedactedAt = row.TimeOrNull(11),
        RedactedBy = ActorColumns.Read(row.TextOrNull(12), row.TextOrNull(13)),
        Content = row.TextOrNull(14),
    });
}

/// <summary>A version and its number in the store's history.</summary>
public sealed record NumberedVersion(long Seq, MemoryVersion Version);

/// <summary>Which versions are wanted; null means any.</summary>
public sealed record MemoryVersionFilter(Id<StoredMemory>? MemoryId, MemoryOperation? Operation, string? ActorType, string? ActorId, TimeRange Created);
