using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Archives;

/// <summary>What the lines of a store rest on, out of the database and back in.</summary>
internal sealed class ProvenanceArchive(IChangeRecords records)
{
    /// <summary>Every change that a line of the store rests on. A change of which nothing is known is left out.</summary>
    public async IAsyncEnumerable<ArchivedChange> ReadAsync(DbSession db, MemoryScope scope)
    {
        var passages = await PassageRepository.OfStoreAsync(db, scope);
        foreach (var change in passages.GroupBy(static p => (p.Passage.DreamId, p.Passage.ChangeId)).OrderBy(static g => g.Key.DreamId, StringComparer.Ordinal).ThenBy(static g => g.Key.ChangeId, StringComparer.Ordinal))
        {
            var record = await ImportedChangeRepository.FindAsync(db, scope, change.Key.DreamId, change.Key.ChangeId) ?? await records.FindAsync(db, scope.WorkspaceId, change.Key.DreamId, change.Key.ChangeId);
            if (record is null) continue;
            yield return new ArchivedChange(record.DreamId, record.Change, record.Sources, record.ReviewedBy,
                [.. change.Select(static p => new ArchivedPassage(Id<StoredMemory>.Parse(p.MemoryId), p.Passage.LineHash, p.Passage.Relation, p.Passage.CreatedAt))]);
        }
    }

    /// <summary>
    /// Notes the lines of an imported store. Where the change was made here and is known to have to do with each of the
    /// lines, they rest on it as it stands here; else on what the archive tells of it.
    /// </summary>
    /// <param name="names">The memory of each id in the archive.</param>
    public async ValueTask AddAsync(DbSession db, MemoryScope scope, ArchivedChange archived, IReadOnlyDictionary<string, Id<StoredMemory>> names)
    {
        var (dream, change) = (archived.DreamId, archived.Change.Id);
        if (!await IsKnownAsync(db, scope.WorkspaceId, archived))
            await ImportedChangeRepository.AddAsync(db, scope, new ChangeRecord(dream, archived.Change, archived.Sources, archived.ReviewedBy));
        foreach (var passage in archived.Passages)
            await PassageRepository.AddAsync(db, scope, names[passage.MemoryId.Value].Value, [passage.LineHash], new Passage(passage.LineHash, dream, change, passage.Relation, passage.LandedAt));
    }

    private async ValueTask<bool> IsKnownAsync(DbSession db, string workspaceId, ArchivedChange archived)
    {
        if (await records.FindAsync(db, workspaceId, archived.DreamId, archived.Change.Id) is not { } record) return false;
        var lines = await PassageRepository.LinesOfAsync(db, workspaceId, archived.DreamId, archived.Change.Id);
        lines.UnionWith(record.Change.Edits.SelectMany(static e => LineHash.All(e.Insert)));
        return archived.Passages.All(p => lines.Contains(p.LineHash));
    }
}
