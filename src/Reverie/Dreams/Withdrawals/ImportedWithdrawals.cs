using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Withdrawals;

/// <summary>
/// The same for changes that imported stores brought along: the session is known by its source and its id there. What such a
/// change says stays while others bear it out, because the sessions that its dream read cannot be asked.
/// </summary>
public sealed class ImportedWithdrawals(StoreWithdrawals stores, WithdrawalRepository record)
{
    /// <returns>The stores that were looked through.</returns>
    internal async ValueTask<IReadOnlyList<MemoryScope>> WithdrawAsync(DbSession db, SessionRow session, Actor actor)
    {
        var key = $"{session.Source}/{session.ExternalId}";
        var touched = new List<MemoryScope>();
        foreach (var store in (await ImportedChangeRepository.OfSessionAsync(db, session.WorkspaceId, key)).GroupBy(static c => c.Store))
        {
            var fallen = new List<FallenChange>();
            foreach (var (_, dream, change) in store)
            {
                if (await DecideAsync(db, session, store.Key, (await ImportedChangeRepository.FindAsync(db, store.Key, dream, change))!, key) is { } falls) fallen.Add(falls);
            }
            await stores.WithdrawAsync(db, store.Key, session.Id, fallen, new SoleTexts(), WordsInStore.None, actor);
            foreach (var change in fallen) await PassageRepository.ForgetInAsync(db, store.Key, change.DreamId, change.Change.Id);
            touched.Add(store.Key);
        }
        await ImportedChangeRepository.DeleteSessionAsync(db, session.WorkspaceId, key);
        return touched;
    }

    /// <returns>The change as it was, where it falls.</returns>
    private async ValueTask<FallenChange?> DecideAsync(DbSession db, SessionRow session, MemoryScope store, ChangeRecord known, string key)
    {
        var left = known.Sources.Where(s => s.Session != key).ToList();
        var support = Support(left);
        var stands = Standing.Holds(Support(known.Sources), support);
        var unquoted = ChangeTexts.Unquote(known.Change, key, session.Id.Value) with { Support = support };
        await ImportedChangeRepository.ReplaceAsync(db, store, known.DreamId, stands ? unquoted : ChangeTexts.Withdraw(known.Change));
        if (!stands || unquoted.Evidence.Count < known.Change.Evidence.Count)
        {
            await record.AddAsync(db, session.WorkspaceId, session.Id.Value, new SessionWithdrawal
            {
                Action = stands ? WithdrawalAction.Unquoted : WithdrawalAction.Withdrawn,
                DreamId = known.DreamId,
                ChangeId = known.Change.Id,
                SessionsLeft = support.Sessions,
                PrincipalsLeft = support.Principals,
                MemoryStoreId = store.StoreId.Value,
                MemoryId = null,
                MemoryVersionId = null,
                VersionCount = null,
                CreatedAt = default,
            });
        }
        return stands ? null : new FallenChange(known.DreamId, known.Change, null);
    }

    private static ChangeSupport Support(IReadOnlyCollection<ArchivedSource> sources) => new(sources.Count, sources.Select(static s => s.Principal).Distinct(StringComparer.Ordinal).Count());
}
