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
        var changes = new ChangeGrounds(db, scope);
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
            found.Add(await PassageAsync(memory, lines[i], i + 1, versions, rests, changes));
        }
        return found;
    }

    /// <summary>The sessions that bear out a change on which lines of the store rest, each with the place behind it; null when none rest on such a change.</summary>
    /// <param name="after">The place behind the last one seen; empty from the start.</param>
    public static async ValueTask<List<(string Place, PassageSource Source)>?> SourcesAsync(DbSession db, MemoryScope scope, string dreamId, string changeId, string after, int limit)
    {
        if (await ImportedChangeRepository.FindAsync(db, scope, dreamId, changeId) is { } imported)
            return [.. imported.Sources.Where(s => string.CompareOrdinal(s.Session, after) > 0).Take(limit).Select(s => (s.Session, Of(imported.Change, s.Session, null, s.Principal)))];
        if (!await PassageRepository.RestsAsync(db, scope, dreamId, changeId)
            || await ChangeRecords.BodyAsync(db, [("@workspace", scope.WorkspaceId), ("@dream", dreamId), ("@change", changeId)]) is not { } change) return null;
        var page = await ChangeSourceRepository.PageAsync(db, scope.WorkspaceId, dreamId, changeId, after, limit);
        return page.ConvertAll(s => (s.SessionId, Of(change, s.Session, s.SessionId, s.Principal)));
    }

    private static PassageSource Of(Change change, string session, string? id, string principal) => new()
    {
        Session = session,
        SessionId = id,
        Principal = principal,
        Evidence = [.. change.Evidence.Where(e => e.Session is { } cited && (cited == session || cited == id))],
    };

    private static List<(Passage Passage, PassageRelation Relation)> Rests(TracedLine line, ILookup<string, Passage> passages)
    {
        var own = passages[LineHash.Of(line.Text)!].Select(static p => (p, p.Relation));
        // What somebody else has rewritten still goes back to what the dream wrote.
        var before = line.Ancestors.Select(static a => LineHash.Of(a.Text)).OfType<string>().SelectMany(h => passages[h]).Select(static p => (p, PassageRelation.Rewritten));
        return [.. own.Concat(before).DistinctBy(static r => (r.p.DreamId, r.p.ChangeId))];
    }

    private static async ValueTask<MemoryPassage> PassageAsync(StoredMemory memory, TracedLine line, int number, IReadOnlyList<Version> versions, List<(Passage Passage, PassageRelation Relation)> rests, ChangeGrounds grounds)
    {
        var written = versions[line.Number];
        var changes = new List<PassageChange>();
        foreach (var (passage, relation) in rests)
        {
            if (await grounds.ChangeAsync(passage) is { } change) changes.Add(change with { Relation = relation, LandedAt = passage.CreatedAt });
        }
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
            Principals = grounds.Principals(changes),
            Changes = changes,
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
