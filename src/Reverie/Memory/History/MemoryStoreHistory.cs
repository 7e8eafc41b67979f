using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.History;

/// <summary>Makes use of a store's past: a new store from any moment of it, or the same store as it was then.</summary>
public sealed class MemoryStoreHistory(MemoryStoreRepository stores, MemoryRepository memories, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Makes a store with the memories <paramref name="source"/> has or had. Its history begins with their creation by <paramref name="actor"/>.</summary>
    /// <param name="name">Null for the source's name with "(copy)".</param>
    /// <param name="moment">Null for now.</param>
    /// <returns>Null when there is no such store or it has no such version.</returns>
    public async ValueTask<MemoryStoreClone?> CloneAsync(DbSession db, MemoryScope source, string? name, StoreMoment? moment, Actor actor)
    {
        if (await stores.HoldAsync(db, source) is not { } original) return null;
        var seq = moment is null ? long.MaxValue : await moment.SeqAsync(db, source);
        if (seq is null) return null;
        var state = await StateAsync(db, source, seq.Value);
        var copy = await stores.CreateAsync(db, source.WorkspaceId, name ?? CopyName(original.Name), original.Description, original.Metadata);
        var target = source with { StoreId = copy.Id };
        var (now, next) = (DbTime.UtcNow(clock), 1L);
        foreach (var memory in state.Where(static m => m.Path is not null))
        {
            var (memoryId, versionId) = (ids.New<StoredMemory>(), ids.New<MemoryVersion>());
            await CopyVersionAsync(db, source, memory.Seq, target, next++, null, versionId, memoryId.Value, MemoryOperation.Created, now, actor);
            await memories.AddAsync(db, target, Placed(target, memoryId, memory, versionId, now, now));
            await CopyPassagesAsync(db, source, memory, target, memoryId.Value);
        }
        await ImportedChangeRepository.CopyAsync(db, source, target);
        await MemoryRepository.CountAsync(db, target, next - 1);
        db.Wake(target);
        return new MemoryStoreClone(copy, (int)(next - 1), Unrestorable(state.Where(static m => m.Path is null)));
    }

    /// <summary>
    /// Writes new versions so that the store, or a directory of it, is what it was. Nothing is erased, memories keep their
    /// ids, and either all of it happens or nothing.
    /// </summary>
    public async ValueTask<RollbackOutcome> RollBackAsync(DbSession db, MemoryScope scope, StoreMoment moment, string pathPrefix, bool isDryRun, Actor actor)
    {
        if (await stores.HoldAsync(db, scope) is not { } store) return new RollbackOutcome.NoStore();
        if (store.ArchivedAt is not null) return new RollbackOutcome.StoreArchived();
        if (await moment.SeqAsync(db, scope) is not { } seq) return new RollbackOutcome.NoVersion();

        var now = await StateAsync(db, scope, long.MaxValue);
        var plan = RollbackPlan.Of(now, await StateAsync(db, scope, seq), pathPrefix);
        if (plan.Conflict(now) is { } taken) return new RollbackOutcome.PathTaken(taken);
        var more = plan.Back.Count - plan.Gone.Count;
        if (more > 0 && now.Count + more > MemoryLimits.MemoriesMax) return new RollbackOutcome.StoreFull();
        return new RollbackOutcome.Planned(new MemoryStoreRollback
        {
            MemoryStoreId = scope.StoreId,
            ToSeq = seq,
            DryRun = isDryRun,
            UnchangedCount = plan.UnchangedCount,
            Changes = isDryRun ? Expected(plan) : await WriteAsync(db, scope, plan, now, more, actor),
            Unrestorable = Unrestorable(plan.Unrestorable),
        });
    }

    /// <summary>The copy has no past of its own, so what its lines were rewritten from is noted.</summary>
    private static async ValueTask CopyPassagesAsync(DbSession db, MemoryScope source, RestoredMemory memory, MemoryScope target, string copyId)
    {
        await PassageRepository.CopyAsync(db, source, memory.MemoryId, target, copyId);
        var passages = await PassageRepository.OfMemoryAsync(db, source, memory.MemoryId);
        if (passages.Count == 0) return;
        var texts = await db.QueryAsync(VersionChain.Select("v.content", "v.seq <= @seq AND v.operation <> 'deleted'"), static row => row.TextOrNull(0),
            ("@workspace", source.WorkspaceId), ("@store", source.StoreId.Value), ("@memory", memory.MemoryId), ("@seq", memory.Seq), ("@limit", long.MaxValue));
        if (texts.Count < 2) return;
        texts.Reverse();
        foreach (var passage in RewrittenLines.Of([.. texts.Select(static (text, i) => new PastText(i, text))], passages)) await PassageRepository.AddAsync(db, target, copyId, [passage.LineHash], passage);
    }

    private static List<MemoryRestoration> Expected(RollbackPlan plan) =>
        [.. Steps(plan).Select(static s => Restoration(s.Memory, s.Operation, null))];

    private static IEnumerable<(RestoredMemory Memory, MemoryOperation Operation)> Steps(RollbackPlan plan) =>
        plan.Gone.Select(static m => (m, MemoryOperation.Deleted)).Concat(plan.Changed.Select(static m => (m, MemoryOperation.Modified))).Concat(plan.Back.Select(static m => (m, MemoryOperation.Created)));

    private async ValueTask<List<MemoryRestoration>> WriteAsync(DbSession db, MemoryScope scope, RollbackPlan plan, List<RestoredMemory> live, int more, Actor actor)
    {
        (string, object?)[] key = [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value)];
        var next = await db.FirstAsync("SELECT coalesce(max(seq), 0) + 1 FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store", static row => row.GetInt64(0), key);
        var heads = live.ToDictionary(static m => m.MemoryId, static m => m.Seq, StringComparer.Ordinal);
        // All that moves is lifted first: two memories may have changed places.
        foreach (var memory in plan.Gone.Concat(plan.Changed))
            await db.ExecuteAsync("DELETE FROM memories WHERE workspace_id = @workspace AND memory_store_id = @store AND id = @id", [.. key, ("@id", memory.MemoryId)]);
        var now = DbTime.UtcNow(clock);
        var written = new List<MemoryRestoration>();
        foreach (var (memory, operation) in Steps(plan))
        {
            var version = ids.New<MemoryVersion>();
            await CopyVersionAsync(db, scope, memory.Seq, scope, next++, heads.TryGetValue(memory.MemoryId, out var head) ? head : null, version, memory.MemoryId, operation, now, actor);
            if (operation != MemoryOperation.Deleted)
                await memories.AddAsync(db, scope, Placed(scope, Id<StoredMemory>.Parse(memory.MemoryId), memory, version, await MadeAtAsync(db, scope, memory.MemoryId), now));
            written.Add(Restoration(memory, operation, version));
        }
        await MemoryRepository.CountAsync(db, scope, more);
        if (written.Count > 0) db.Wake(scope);
        return written;
    }

    /// <summary>Every memory as it was after the change <paramref name="seq"/>, in path order.</summary>
    private static ValueTask<List<RestoredMemory>> StateAsync(DbSession db, MemoryScope scope, long seq) => db.QueryAsync("""
        SELECT v.seq, v.memory_id, v.id, v.path, v.content_sha256, coalesce(v.content_size_bytes, 0) FROM memory_versions v
        JOIN (SELECT memory_id, max(seq) AS seq FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND seq <= @seq GROUP BY memory_id) last ON last.seq = v.seq
        WHERE v.workspace_id = @workspace AND v.memory_store_id = @store AND v.operation <> 'deleted' ORDER BY v.path, v.seq
        """, Read, ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@seq", seq));

    private static ValueTask<DateTimeOffset> MadeAtAsync(DbSession db, MemoryScope scope, string memoryId) => db.FirstAsync(
        VersionChain.MadeAt, static row => row.Time(0), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@memory", memoryId));

    /// <summary>Appends a version with the path and, but for a deletion, the text of another one.</summary>
    /// <param name="beforeSeq">The newest version of a memory that is there; null for one that is not.</param>
    private static async ValueTask CopyVersionAsync(DbSession db, MemoryScope source, long sourceSeq, MemoryScope target, long seq, long? beforeSeq, Id<MemoryVersion> id, string memoryId, MemoryOperation operation, DateTimeOffset now, Actor actor)
    {
        var (actorType, actorId) = ActorColumns.Of(actor);
        var text = operation == MemoryOperation.Deleted ? "NULL, NULL, NULL" : "content, content_sha256, content_size_bytes";
        await db.ExecuteAsync($"""
            INSERT INTO memory_versions (workspace_id, memory_store_id, seq, before_seq, id, memory_id, operation, path, content, content_sha256, content_size_bytes, created_at, created_by_type, created_by_id)
            SELECT workspace_id, @target, @seq,
                coalesce(@before, (SELECT max(e.seq) FROM memory_versions e WHERE e.workspace_id = @workspace AND e.memory_store_id = @target AND e.memory_id = @memory AND e.operation <> 'modified')),
                @id, @memory, @operation, path, {text}, @now, @actorType, @actorId
            FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @source AND seq = @sourceSeq
            """, ("@target", target.StoreId.Value), ("@seq", seq), ("@before", beforeSeq), ("@id", id.Value), ("@memory", memoryId), ("@operation", WireNames<MemoryOperation>.Of(operation)),
            ("@now", DbTime.ToMicros(now)), ("@actorType", actorType), ("@actorId", actorId), ("@workspace", source.WorkspaceId), ("@source", source.StoreId.Value), ("@sourceSeq", sourceSeq));
    }

    private static StoredMemory Placed(MemoryScope scope, Id<StoredMemory> id, RestoredMemory memory, Id<MemoryVersion> version, DateTimeOffset madeAt, DateTimeOffset now) => new()
    {
        Id = id,
        MemoryStoreId = scope.StoreId,
        MemoryVersionId = version,
        Path = memory.Path!,
        Content = null,
        ContentSha256 = memory.ContentSha256!,
        ContentSizeBytes = (int)memory.SizeBytes,
        CreatedAt = madeAt,
        UpdatedAt = now,
    };

    private static MemoryRestoration Restoration(RestoredMemory memory, MemoryOperation operation, Id<MemoryVersion>? version) =>
        new(Id<StoredMemory>.Parse(memory.MemoryId), operation, memory.Path!, operation == MemoryOperation.Deleted ? null : Id<MemoryVersion>.Parse(memory.VersionId), version);

    private static List<UnrestorableMemory> Unrestorable(IEnumerable<RestoredMemory> memories) =>
        [.. memories.Select(static m => new UnrestorableMemory(Id<StoredMemory>.Parse(m.MemoryId), Id<MemoryVersion>.Parse(m.VersionId)))];

    private static string CopyName(string name)
    {
        const string suffix = " (copy)";
        var kept = name.Length + suffix.Length <= MemoryLimits.StoreNameCharsMax ? name : name[..(MemoryLimits.StoreNameCharsMax - suffix.Length)];
        return (char.IsHighSurrogate(kept[^1]) ? kept[..^1] : kept) + suffix;
    }

    private static RestoredMemory Read(DbRow row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4), row.GetInt64(5));
}
