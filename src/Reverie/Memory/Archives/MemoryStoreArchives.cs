using System.Text.Json;
using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Archives;

/// <summary>Stores out of the database with everything known about them, and back in.</summary>
public sealed class MemoryStoreArchives(MemoryStoreRepository stores, MemoryRepository memories, MemoryVersionRepository versions, IChangeRecords records, IdGenerator ids, TimeProvider clock)
{
    private const int VersionsBatch = 50;
    private const int MemoriesBatch = 50;

    private readonly ProvenanceArchive _provenance = new(records);

    /// <summary>Name of a store that came without one.</summary>
    public const string UnnamedStore = "Imported memories";

    /// <summary>Writes one consistent state of a store: its description, its history, what it rests on and its memories.</summary>
    /// <returns>The store; null when there is none.</returns>
    public async ValueTask<MemoryStore?> ExportAsync(DbSession db, MemoryScope scope, ArchiveTarget target, CancellationToken cancellationToken)
    {
        if (await stores.FindAsync(db, scope) is not { } store) return null;
        var header = new MemoryStoreArchive(MemoryStoreArchive.FormatName, 1, store);
        await target.AddAsync(ArchiveNames.Header, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(header, WireJson.Wire.MemoryStoreArchive)), store.UpdatedAt, cancellationToken);
        await using (var history = Spool.Create())
        {
            var at = await WriteHistoryAsync(db, scope, history, cancellationToken) ?? store.CreatedAt;
            history.Position = 0;
            await target.AddAsync(ArchiveNames.History, history, at, cancellationToken);
        }
        await using (var provenance = Spool.Create())
        {
            await foreach (var change in _provenance.ReadAsync(db, scope)) await ReceivedStore.ProvenanceLines.WriteAsync(provenance, change, cancellationToken);
            provenance.Position = 0;
            await target.AddAsync(ArchiveNames.Provenance, provenance, store.UpdatedAt, cancellationToken);
        }
        for (var from = "/"; ;)
        {
            var page = await memories.ListAsync(db, scope, from, MemoryListing.EndOf("/"), MemoriesBatch, isFull: true);
            foreach (var memory in page)
                await target.AddAsync(ArchiveNames.Memories + memory.Path, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(memory.Content!)), memory.UpdatedAt, cancellationToken);
            if (page.Count < MemoriesBatch) return store;
            // The least path that sorts behind the last one.
            from = page[^1].Path + "\u0001";
        }
    }

    /// <summary>Makes a store of what was received. Ids are kept when the store's own is free in the workspace; else all are new.</summary>
    /// <param name="name">Null for the name it had.</param>
    public async ValueTask<MemoryStoreImport> ImportAsync(DbSession db, string workspaceId, ReceivedStore received, string? name)
    {
        var isKept = received is { HasHistory: true, Store: not null } && await stores.FindAsync(db, new MemoryScope(workspaceId, received.Store.Id)) is null;
        var store = Described(received.Store, name, isKept);
        await stores.AddAsync(db, workspaceId, store);
        var scope = new MemoryScope(workspaceId, store.Id);
        var names = new Dictionary<string, Id<StoredMemory>>(StringComparer.Ordinal);
        var heads = new Dictionary<string, (long Seq, Id<MemoryVersion> Id)>(StringComparer.Ordinal);
        await foreach (var (seq, version) in received.ChangesAsync())
        {
            if (!names.TryGetValue(version.MemoryId.Value, out var memoryId)) names.Add(version.MemoryId.Value, memoryId = isKept ? version.MemoryId : ids.New<StoredMemory>());
            var own = version with { Id = isKept ? version.Id : ids.New<MemoryVersion>(), MemoryId = memoryId };
            await versions.AddAsync(db, scope, new NumberedVersion(seq, own), heads.TryGetValue(version.MemoryId.Value, out var before) ? before.Seq : null);
            heads[version.MemoryId.Value] = (seq, own.Id);
        }
        var count = 0;
        foreach (var (id, head) in received.Check.Live)
        {
            await memories.AddAsync(db, scope, new StoredMemory
            {
                Id = names[id],
                MemoryStoreId = store.Id,
                MemoryVersionId = heads[id].Id,
                Path = head.Version.Path!,
                Content = null,
                ContentSha256 = head.Version.ContentSha256!,
                ContentSizeBytes = head.Version.ContentSizeBytes!.Value,
                CreatedAt = head.MadeAt,
                UpdatedAt = head.Version.CreatedAt,
            });
            count++;
        }
        await foreach (var change in received.ProvenanceAsync()) await _provenance.AddAsync(db, scope, change, names);
        await MemoryRepository.CountAsync(db, scope, count);
        db.Wake(scope);
        return new MemoryStoreImport(store, count, received.Check.Versions, isKept);
    }

    private MemoryStore Described(MemoryStore? old, string? name, bool isKept)
    {
        if (isKept) return old! with { Name = name ?? old.Name };
        var now = DbTime.UtcNow(clock);
        return new MemoryStore
        {
            Id = ids.New<MemoryStore>(),
            Name = name ?? old?.Name ?? UnnamedStore,
            Description = old?.Description ?? "",
            Metadata = old?.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal),
            CreatedAt = now,
            UpdatedAt = now,
            ArchivedAt = null,
        };
    }

    /// <returns>When the last change was made; null when there is none.</returns>
    private async ValueTask<DateTimeOffset?> WriteHistoryAsync(DbSession db, MemoryScope scope, Stream history, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        for (var seq = 0L; ;)
        {
            var page = await versions.FollowAsync(db, scope, seq, VersionsBatch, isFull: true);
            foreach (var (number, version) in page)
            {
                await ReceivedStore.HistoryLines.WriteAsync(history, new MemoryChange(number, version), cancellationToken);
                (seq, last) = (number, version.CreatedAt);
            }
            if (page.Count < VersionsBatch) return last;
        }
    }
}
