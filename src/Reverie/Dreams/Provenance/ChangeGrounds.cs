using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Provenance;

/// <summary>What the changes rest on that lines of one store rest on; each is looked up once.</summary>
internal sealed class ChangeGrounds(DbSession db, MemoryScope scope)
{
    private readonly Dictionary<(string, string), (PassageChange Change, IReadOnlyList<string> Principals)?> _found = [];

    /// <summary>Null when nothing is known of it.</summary>
    public async ValueTask<PassageChange?> ChangeAsync(Passage passage)
    {
        var key = (passage.DreamId, passage.ChangeId);
        if (!_found.TryGetValue(key, out var found)) _found.Add(key, found = await FindAsync(passage));
        return found?.Change;
    }

    /// <summary>Distinct principals of changes that were looked up.</summary>
    public int Principals(IEnumerable<PassageChange> changes) => changes.SelectMany(c => _found[(c.DreamId, c.ChangeId)]!.Value.Principals).Distinct(StringComparer.Ordinal).Count();

    private async ValueTask<(PassageChange, IReadOnlyList<string>)?> FindAsync(Passage passage)
    {
        (string, object?)[] key = [("@workspace", scope.WorkspaceId), ("@dream", passage.DreamId), ("@change", passage.ChangeId)];
        if (await ImportedChangeRepository.FindAsync(db, scope, passage.DreamId, passage.ChangeId) is { } imported)
            return Of(imported, imported.Sources.Count, [.. imported.Sources.Select(static s => s.Principal).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], isImported: true);
        if (await ChangeRecords.BodyAsync(db, key) is not { } change) return null;
        var (principals, sessions) = await ChangeSourceRepository.PrincipalsAsync(db, scope.WorkspaceId, passage.DreamId, passage.ChangeId);
        return Of(new ChangeRecord(passage.DreamId, change, [], await ChangeRecords.ReviewsAsync(db, key)), sessions, principals, isImported: false);
    }

    private static (PassageChange, IReadOnlyList<string>) Of(ChangeRecord record, int sessions, IReadOnlyList<string> principals, bool isImported) => (new PassageChange
    {
        DreamId = record.DreamId,
        ChangeId = record.Change.Id,
        Kind = record.Change.Kind,
        Confidence = record.Change.Confidence,
        Relation = PassageRelation.Wrote,
        LandedAt = default,
        Sessions = sessions,
        Principals = principals.Count,
        PrincipalsSample = [.. principals.Take(PassageChange.SampleMax)],
        Imported = isImported,
        Evidence = record.Change.Evidence,
        ReviewedBy = record.ReviewedBy,
    }, principals);
}
