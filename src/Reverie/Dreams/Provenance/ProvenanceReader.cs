using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Provenance;

/// <summary>Says of each passage of a memory who wrote it, on which changes of dreams it rests, and on whom those rest.</summary>
public sealed class ProvenanceReader(MemoryRepository memories)
{
    /// <summary>Null when nothing lies at the path.</summary>
    public async ValueTask<IReadOnlyList<MemoryPassage>?> ReadAsync(DbSession db, MemoryScope scope, string path)
    {
        if (await memories.FindAtAsync(db, scope, path) is not { } memory) return null;
        var versions = await VersionsAsync(db, scope, memory.Id.Value);
        var lines = LineHistory.Trace([.. versions.Select(static (v, i) => new PastText(i, v.Content))]);
        var passages = (await PassageRepository.OfMemoryAsync(db, scope, memory.Id.Value)).ToLookup(static p => p.LineHash, StringComparer.Ordinal);
        var changes = new Dictionary<(string, string), PassageChange?>();
        var found = new List<MemoryPassage>();
        (int Version, string Changes)? open = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (LineHash.Of(lines[i].Text) is null) continue;
            var rests = Rests(lines[i], passages);
            var key = (lines[i].Number, string.Join('\n', rests.Select(static r => $"{r.Passage.DreamId} {r.Passage.ChangeId} {r.Relation}")));
            if (open == key)
            {
                found[^1] = found[^1] with { LastLine = i + 1 };
                continue;
            }
            open = key;
            foreach (var (passage, _) in rests)
            {
                if (!changes.ContainsKey((passage.DreamId, passage.ChangeId)))
                    changes.Add((passage.DreamId, passage.ChangeId), await ChangeAsync(db, scope.WorkspaceId, passage));
            }
            found.Add(Passage(memory, lines[i], i + 1, versions, [.. rests.Select(r => changes[(r.Passage.DreamId, r.Passage.ChangeId)] is { } change ? change with { Relation = r.Relation, LandedAt = r.Passage.CreatedAt } : null).OfType<PassageChange>()]));
        }
        return found;
    }

    private static List<(Passage Passage, PassageRelation Relation)> Rests(TracedLine line, ILookup<string, Passage> passages)
    {
        var own = passages[LineHash.Of(line.Text)!].Select(static p => (p, p.Relation));
        // What somebody else has rewritten still goes back to what the dream wrote.
        var before = line.Ancestors.Select(static a => LineHash.Of(a.Text)).OfType<string>().SelectMany(h => passages[h]).Select(static p => (p, PassageRelation.Rewritten));
        return [.. own.Concat(before).DistinctBy(static r => (r.p.DreamId, r.p.ChangeId))];
    }

    private static MemoryPassage Passage(StoredMemory memory, TracedLine line, int number, IReadOnlyList<Version> versions, IReadOnlyList<PassageChange> changes)
    {
        var written = versions[line.Number];
        var principals = changes.SelectMany(static c => c.Principals).Distinct(StringComparer.Ordinal).Count();
        return new MemoryPassage
        {
            MemoryId = memory.Id,
            MemoryVersionId = Id<MemoryVersion>.Parse(written.Id),
            FirstLine = number,
            LastLine = number,
            WrittenBy = written.Actor,
            WrittenAt = written.At,
            FirstWrittenAt = line.Ancestors.Count == 0 ? written.At : versions[line.Ancestors[^1].Number].At,
            LastConfirmedAt = changes.Count == 0 ? null : changes.Max(static c => c.LandedAt),
            Principals = principals,
            Changes = changes,
        };
    }

    private static async ValueTask<PassageChange?> ChangeAsync(DbSession db, string workspaceId, Passage passage)
    {
        (string, object?)[] key = [("@workspace", workspaceId), ("@dream", passage.DreamId), ("@change", passage.ChangeId)];
        if (await db.FirstAsync("SELECT body FROM dream_changes WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change", static r => r.GetString(0), key) is not { } body) return null;
        var change = DreamReportJson.ReadChange(body);
        var sources = await ChangeSourceRepository.OfChangeAsync(db, workspaceId, passage.DreamId, passage.ChangeId);
        var reviews = await db.QueryAsync("""
            SELECT actor_type, actor_id, created_at FROM dream_verdicts
            WHERE workspace_id = @workspace AND dream_id = @dream AND change_id = @change AND result = 'applied' ORDER BY seq
            """, static r => new PassageReview(ActorColumns.Read(r.GetString(0), r.GetString(1))!, r.Time(2)), key);
        return new PassageChange
        {
            DreamId = passage.DreamId,
            ChangeId = passage.ChangeId,
            Kind = change.Kind,
            Confidence = change.Confidence,
            Relation = PassageRelation.Wrote,
            LandedAt = passage.CreatedAt,
            Sessions = sources.Count,
            Principals = [.. sources.Select(static s => s.Principal).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Evidence = change.Evidence,
            ReviewedBy = reviews,
        };
    }

    private static async ValueTask<List<Version>> VersionsAsync(DbSession db, MemoryScope scope, string memoryId)
    {
        var versions = await db.QueryAsync(VersionChain.Select("v.id, v.content, v.created_by_type, v.created_by_id, v.created_at", "v.operation <> 'deleted'"), static r => new Version(r.GetString(0), r.TextOrNull(1), ActorColumns.Read(r.TextOrNull(2), r.TextOrNull(3)), r.Time(4)),
            ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value), ("@memory", memoryId), ("@limit", LineHistory.TextsMax));
        versions.Reverse();
        return versions;
    }

    private sealed record Version(string Id, string? Content, Actor? Actor, DateTimeOffset At);
}
