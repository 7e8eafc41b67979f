using Reverie.Dreams.Jobs;
using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Provenance;

/// <summary>
/// Notes what the lines of a memory rest on when a change lands: those it wrote on itself; those it wrote in the place of
/// others also on what the others rested on; and where it removed a copy, what the copy rested on goes to the one that stays.
/// </summary>
internal static class ChangePassages
{
    public static async ValueTask RecordAsync(DbSession db, string workspaceId, Id<Dream> dream, LandingOutcome.Landed landed, DateTimeOffset now)
    {
        var change = landed.Change;
        var (store, memory) = await db.FirstAsync("""
            SELECT d.output_store_id, v.memory_id FROM dreams d
            JOIN memory_versions v ON v.workspace_id = d.workspace_id AND v.memory_store_id = d.output_store_id AND v.id = @version
            WHERE d.workspace_id = @workspace AND d.id = @dream
            """, static r => (r.GetString(0), r.GetString(1)), ("@version", landed.VersionId), ("@workspace", workspaceId), ("@dream", dream.Value));
        if (store is null) return;
        var scope = new MemoryScope(workspaceId, Id<MemoryStore>.Parse(store));
        var own = new Passage("", dream.Value, change.Id, PassageRelation.Wrote, now);
        var known = await PassageRepository.OfMemoryAsync(db, scope, memory);
        foreach (var edit in change.Edits)
        {
            var (gone, written) = (LineHash.All(edit.Delete), LineHash.All(edit.Insert));
            // A line on both sides of an edit only marks its place.
            var (lost, fresh) = (gone.Except(written, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal), written.Except(gone, StringComparer.Ordinal).ToList());
            await PassageRepository.AddAsync(db, scope, memory, fresh, own);
            foreach (var passage in known.Where(p => lost.Contains(p.LineHash)).DistinctBy(static p => (p.DreamId, p.ChangeId)))
                await PassageRepository.AddAsync(db, scope, memory, fresh, passage with { Relation = PassageRelation.Replaced });
        }
        if (change.Kind == ChangeKind.Merge) await JoinAsync(db, scope, memory, change, known);
    }

    /// <summary>The entries that stay are among the memories a merge cites.</summary>
    private static async ValueTask JoinAsync(DbSession db, MemoryScope scope, string memory, Change change, List<Passage> known)
    {
        var gone = change.Edits.SelectMany(static e => LineHash.All(e.Delete).Except(LineHash.All(e.Insert), StringComparer.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var heirs = known.Where(p => gone.Contains(p.LineHash)).DistinctBy(static p => (p.DreamId, p.ChangeId)).ToList();
        if (heirs.Count == 0) return;
        foreach (var cited in change.Evidence.Where(static e => e.Memory is not null))
        {
            var kept = await db.FirstAsync("""
                SELECT m.id, v.content FROM memories m JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.memory_store_id = m.memory_store_id AND v.id = m.memory_version_id
                WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.path = @path
                """, static r => (Id: r.GetString(0), Text: r.GetString(1)), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@path", "/" + cited.Memory));
            if (kept.Id is null) continue;
            var lines = kept.Text.Split('\n').Where(l => l.Contains(cited.Quote, StringComparison.Ordinal)).Select(static l => LineHash.Of(l)).OfType<string>().ToList();
            foreach (var heir in heirs) await PassageRepository.AddAsync(db, scope, kept.Id, lines, heir with { Relation = PassageRelation.Merged });
        }
    }
}
