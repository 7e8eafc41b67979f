using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Stores;

/// <summary>
/// The memories of a store and the one path by which they change: whoever writes, a person, an agent or a dream, it is
/// checked against the hash, numbered in the store's history and kept as a version.
/// </summary>
public sealed class MemoryRepository(IdGenerator ids, TimeProvider clock)
{
    private const string Columns = "m.id, m.memory_store_id, m.memory_version_id, m.path, m.content_sha256, m.content_size_bytes, m.created_at, m.updated_at";
    private const string WithContent = "JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.memory_store_id = m.memory_store_id AND v.id = m.memory_version_id";
    private const int ContentColumn = 8;

    /// <summary>Null when the store has no such memory.</summary>
    public ValueTask<StoredMemory?> FindAsync(DbSession db, MemoryScope scope, Id<StoredMemory> id, bool isFull) => db.FirstAsync(
        isFull
            ? $"SELECT {Columns}, v.content FROM memories m {WithContent} WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.id = @id"
            : $"SELECT {Columns}, NULL FROM memories m WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.id = @id",
        Read, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@id", id.Value));

    /// <summary>Null when nothing lies at exactly this path.</summary>
    public ValueTask<StoredMemory?> FindAtAsync(DbSession db, MemoryScope scope, string path) => db.FirstAsync(
        $"SELECT {Columns}, v.content FROM memories m {WithContent} WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.path = @path",
        Read, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@path", path));

    /// <summary>A text the store held at any time, by its hash; null when it never did or the text was redacted.</summary>
    public ValueTask<string?> TextOfAsync(DbSession db, MemoryScope scope, string sha256) => db.FirstAsync(
        "SELECT content FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND content_sha256 = @sha256 LIMIT 1",
        static row => row.GetString(0), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@sha256", sha256));

    /// <summary>The newest version of the store, which is another one after every change; null while it has none.</summary>
    public ValueTask<string?> HeadAsync(DbSession db, MemoryScope scope) => db.FirstAsync(
        "SELECT id FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store ORDER BY seq DESC LIMIT 1",
        static row => row.GetString(0), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));

    /// <summary>Every memory with its text, in ordinal path order.</summary>
    public ValueTask<List<StoredMemory>> AllAsync(DbSession db, MemoryScope scope) => ListAsync(db, scope, "/", MemoryListing.EndOf("/"), MemoryLimits.MemoriesMax, isFull: true);

    /// <summary>In ordinal path order.</summary>
    /// <param name="from">The first path that may come, itself included.</param>
    /// <param name="before">The first path that may not.</param>
    public ValueTask<List<StoredMemory>> ListAsync(DbSession db, MemoryScope scope, string from, string before, int limit, bool isFull) => db.QueryAsync(
        $"""
        SELECT {Columns}, {(isFull ? "v.content" : "NULL")} FROM memories m {(isFull ? WithContent : "")}
        WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.path >= @from AND m.path < @before
        ORDER BY m.path LIMIT @limit
        """, Read, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@from", from), ("@before", before), ("@limit", limit));

    /// <summary>Makes a memory. Never overwrites.</summary>
    public async ValueTask<MemoryWriteOutcome> CreateAsync(DbSession db, MemoryScope scope, string path, MemoryContent content, Actor actor)
    {
        if (await HoldAsync(db, scope) is not { } store) return new MemoryWriteOutcome.NoStore();
        if (store.IsArchived) return new MemoryWriteOutcome.StoreArchived();
        if (await InTheWayAsync(db, scope, path, except: null) is { } taken) return taken;
        if (store.MemoryCount >= MemoryLimits.MemoriesMax) return new MemoryWriteOutcome.StoreFull();

        var now = DbTime.UtcNow(clock);
        var memory = new StoredMemory
        {
            Id = ids.New<StoredMemory>(),
            MemoryStoreId = scope.StoreId,
            MemoryVersionId = ids.New<MemoryVersion>(),
            Path = path,
            Content = content.Text,
            ContentSha256 = content.Sha256,
            ContentSizeBytes = content.SizeBytes,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await AppendAsync(db, scope, memory, null, MemoryOperation.Created, actor);
        await AddAsync(db, scope, memory);
        await CountAsync(db, scope, 1);
        return new MemoryWriteOutcome.Written(memory, true);
    }

    /// <summary>Puts a memory where its version says; the path must be free.</summary>
    internal async ValueTask AddAsync(DbSession db, MemoryScope scope, StoredMemory memory) => await db.ExecuteAsync("""
        INSERT INTO memories (workspace_id, memory_store_id, id, path, memory_version_id, content_sha256, content_size_bytes, created_at, updated_at)
        VALUES (@workspace, @store, @id, @path, @version, @sha256, @size, @created, @updated)
        """, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@id", memory.Id.Value), ("@path", memory.Path), ("@version", memory.MemoryVersionId.Value),
        ("@sha256", memory.ContentSha256), ("@size", (long)memory.ContentSizeBytes), ("@created", DbTime.ToMicros(memory.CreatedAt)), ("@updated", DbTime.ToMicros(memory.UpdatedAt)));

    /// <summary>Changes text, path or both. A stale precondition is no failure when the memory already is what was asked for.</summary>
    public async ValueTask<MemoryWriteOutcome> UpdateAsync(DbSession db, MemoryScope scope, Id<StoredMemory> id, MemoryUpdate update, Actor actor)
    {
        if (await HoldAsync(db, scope) is not { } store) return new MemoryWriteOutcome.NoStore();
        if (store.IsArchived && !update.IsWithdrawal) return new MemoryWriteOutcome.StoreArchived();
        // The text is only needed where the update does not bring one.
        if (await FindAsync(db, scope, id, isFull: update.Content is null) is not { } before) return new MemoryWriteOutcome.NoMemory();

        var after = before with
        {
            Path = update.Path ?? before.Path,
            Content = update.Content?.Text ?? before.Content,
            ContentSha256 = update.Content?.Sha256 ?? before.ContentSha256,
            ContentSizeBytes = update.Content?.SizeBytes ?? before.ContentSizeBytes,
        };
        var isRename = after.Path != before.Path;
        if (!isRename && after.ContentSha256 == before.ContentSha256) return new MemoryWriteOutcome.Written(after, false);
        if (update.ExpectedSha256 is { } expected && expected != before.ContentSha256) return new MemoryWriteOutcome.PreconditionFailed(before.ContentSha256);
        if (isRename && await InTheWayAsync(db, scope, after.Path, except: id) is { } taken) return taken;

        after = after with { MemoryVersionId = ids.New<MemoryVersion>(), UpdatedAt = DbTime.UtcNow(clock) };
        await AppendAsync(db, scope, after, before, MemoryOperation.Modified, actor);
        await PointAsync(db, scope, after, isRename);
        return new MemoryWriteOutcome.Written(after, true);
    }

    /// <summary>Takes the memory away; its versions stay. Archived stores allow it.</summary>
    public async ValueTask<MemoryWriteOutcome> DeleteAsync(DbSession db, MemoryScope scope, Id<StoredMemory> id, string? expectedSha256, Actor actor)
    {
        if (await HoldAsync(db, scope) is null) return new MemoryWriteOutcome.NoStore();
        if (await FindAsync(db, scope, id, isFull: false) is not { } memory) return new MemoryWriteOutcome.NoMemory();
        if (expectedSha256 is not null && expectedSha256 != memory.ContentSha256) return new MemoryWriteOutcome.PreconditionFailed(memory.ContentSha256);

        var last = memory with { MemoryVersionId = ids.New<MemoryVersion>(), UpdatedAt = DbTime.UtcNow(clock) };
        await AppendAsync(db, scope, last, memory, MemoryOperation.Deleted, actor);
        await db.ExecuteAsync("DELETE FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store AND id = @id",
            ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@id", id.Value));
        await CountAsync(db, scope, -1);
        return new MemoryWriteOutcome.Written(last, true);
    }

    /// <summary>Makes the memory point at its new version. The path is only written when it is another one: naming it would rewrite its index as well.</summary>
    private static async ValueTask PointAsync(DbSession db, MemoryScope scope, StoredMemory memory, bool isRename)
    {
        (string, object?)[] values =
        [
            ("@version", memory.MemoryVersionId.Value), ("@sha256", memory.ContentSha256), ("@size", (long)memory.ContentSizeBytes), ("@now", DbTime.ToMicros(memory.UpdatedAt)),
            ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@id", memory.Id.Value),
        ];
        if (isRename) await db.ExecuteAsync($"UPDATE memories SET path = @path, {NewVersion}", [.. values, ("@path", memory.Path)]);
        else await db.ExecuteAsync($"UPDATE memories SET {NewVersion}", values);
    }

    private const string NewVersion = """
        memory_version_id = @version, content_sha256 = @sha256, content_size_bytes = @size, updated_at = @now
        WHERE workspace_id = @workspace AND memory_store_id = @store AND id = @id
        """;

    /// <summary>Locks the store against every other writer until the transaction ends.</summary>
    private static ValueTask<HeldStore?> HoldAsync(DbSession db, MemoryScope scope) => db.FirstAsync(
        $"SELECT archived_at, memory_count FROM memory_stores WHERE workspace_id = @workspace AND id = @store {db.Dialect.ForUpdate}",
        static row => new HeldStore(!row.IsNull(0), row.GetInt64(1)), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));

    private static async ValueTask<MemoryWriteOutcome.PathTaken?> InTheWayAsync(DbSession db, MemoryScope scope, string path, Id<StoredMemory>? except)
    {
        // The path itself and every directory above it; the statement always has as many as the longest path needs.
        var values = new (string, object?)[MemoryPath.SegmentsMax + 5];
        var slash = path.Length;
        for (var i = 0; i < MemoryPath.SegmentsMax; i++)
        {
            values[i] = (PathNames[i], slash > 0 ? path[..slash] : path);
            if (slash > 0) slash = path.LastIndexOf('/', slash - 1);
        }
        values[^5] = ("@workspace", scope.WorkspaceId);
        values[^4] = ("@store", scope.StoreId.Value);
        values[^3] = ("@except", except?.Value ?? "");
        values[^2] = ("@below", path + "/");
        values[^1] = ("@above", path + AfterSlash);
        return await db.FirstAsync(PathsInTheWay, static row => new MemoryWriteOutcome.PathTaken(row.GetString(0), row.GetString(1)), values);
    }

    /// <summary>The character after the slash: everything below a directory sorts before the directory followed by it.</summary>
    internal const char AfterSlash = (char)('/' + 1);

    private static readonly string[] PathNames = [.. Enumerable.Range(0, MemoryPath.SegmentsMax).Select(static i => $"@p{i}")];

    /// <summary>Two searches of the index of paths: joined by OR they would read every path of the store.</summary>
    private static readonly string PathsInTheWay = $"""
        SELECT id, path FROM (
            SELECT id, path FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store AND path IN ({string.Join(", ", PathNames)})
            UNION ALL SELECT id, path FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store AND path >= @below AND path < @above) m
        WHERE id <> @except ORDER BY path LIMIT 1
        """;

    private static async ValueTask AppendAsync(DbSession db, MemoryScope scope, StoredMemory memory, StoredMemory? before, MemoryOperation operation, Actor actor)
    {
        db.Wake(scope);
        var isDeletion = operation == MemoryOperation.Deleted;
        var (actorType, actorId) = ActorColumns.Of(actor);
        await db.ExecuteAsync("""
            INSERT INTO memory_versions (workspace_id, memory_store_id, seq, before_seq, id, memory_id, operation, path, content, content_sha256, content_size_bytes, created_at, created_by_type, created_by_id)
            VALUES (@workspace, @store, (SELECT coalesce(max(seq), 0) + 1 FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store),
                (SELECT seq FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND id = @before), @id, @memory, @operation, @path, @content, @sha256, @size, @now, @actorType, @actorId)
            """, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@before", before?.MemoryVersionId.Value), ("@id", memory.MemoryVersionId.Value), ("@memory", memory.Id.Value),
            ("@operation", WireNames<MemoryOperation>.Of(operation)), ("@path", memory.Path), ("@content", isDeletion ? null : memory.Content),
            ("@sha256", isDeletion ? null : memory.ContentSha256), ("@size", isDeletion ? null : (long)memory.ContentSizeBytes),
            ("@now", DbTime.ToMicros(memory.UpdatedAt)), ("@actorType", actorType), ("@actorId", actorId));
    }

    internal static ValueTask<int> CountAsync(DbSession db, MemoryScope scope, long more) => db.ExecuteAsync(
        "UPDATE memory_stores SET memory_count = memory_count + @more WHERE workspace_id = @workspace AND id = @store",
        ("@more", more), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value));

    private static StoredMemory Read(DbRow row) => new()
    {
        Id = Id<StoredMemory>.Parse(row.GetString(0)),
        MemoryStoreId = Id<MemoryStore>.Parse(row.GetString(1)),
        MemoryVersionId = Id<MemoryVersion>.Parse(row.GetString(2)),
        Path = row.GetString(3),
        ContentSha256 = row.GetString(4),
        ContentSizeBytes = (int)row.GetInt64(5),
        CreatedAt = row.Time(6),
        UpdatedAt = row.Time(7),
        Content = row.TextOrNull(ContentColumn),
    };

    private sealed record HeldStore(bool IsArchived, long MemoryCount);
}
