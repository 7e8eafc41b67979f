using Reverie.Dreams.Jobs;
using Reverie.Dreams.Provenance;
using Reverie.Memory.Credit;
using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Withdrawals;

/// <summary>
/// Takes back what rested on a session, in the transaction that deletes it. A change that no longer has two principals (or
/// as many as it had, where it never had two) or two sessions goes with its text; one that others bear out keeps its text
/// and loses its quotes; words that only this session had said are struck out wherever a dream wrote them.
/// </summary>
public sealed class SessionWithdrawals(DreamRepository dreams, DreamChangeRepository changes, StoreWithdrawals stores, ImportedWithdrawals imported, WithdrawalRepository record)
{
    /// <summary>Before the session's log is removed; the caller holds the session.</summary>
    /// <returns>The stores that were looked through; null, and nothing done, when the plan no longer holds.</returns>
    public async ValueTask<IReadOnlyList<MemoryScope>?> WithdrawAsync(DbSession db, SessionRow session, WithdrawalPlan plan, Actor actor)
    {
        var (workspace, id) = (session.WorkspaceId, session.Id.Value);
        var readers = await HoldAsync(db, workspace, await WithdrawalRepository.ReadersAsync(db, workspace, id));
        if (!await WithdrawalPlanning.HoldsAsync(db, workspace, session.Id, plan, readers)) return null;
        var touched = new List<MemoryScope>();
        if (readers.Count > 0)
        {
            var fallen = new List<FallenChange>();
            foreach (var reader in readers) fallen.AddRange(await DecideAsync(db, session, reader, plan.Sole));
            foreach (var store in await WithdrawalPlanning.StoresAsync(db, workspace, readers))
            {
                touched.Add(store);
                await stores.WithdrawAsync(db, store, session.Id, fallen, plan.Sole, plan.Stores.GetValueOrDefault(store.StoreId.Value, WordsInStore.None), actor);
            }
            await StrikeRecordsAsync(db, workspace, readers, touched, fallen, plan.Sole);
            foreach (var change in fallen) await PassageRepository.ForgetAsync(db, workspace, change.DreamId, change.Change.Id);
        }
        touched.AddRange((await imported.WithdrawAsync(db, session, actor)).Except(touched));
        await ChangeSourceRepository.DeleteSessionAsync(db, workspace, id);
        await MemoryReadRepository.DeleteSessionAsync(db, workspace, id);
        await WithdrawalRepository.ForgetAnswersAsync(db, workspace, id);
        return touched;
    }

    private async ValueTask<List<DreamReader>> HoldAsync(DbSession db, string workspace, IEnumerable<Id<Dream>> ids)
    {
        var held = new List<DreamReader>();
        foreach (var id in ids)
        {
            if (await dreams.HoldAsync(db, workspace, id) is { Report: not null } dream) held.Add(new DreamReader(dream, await changes.ListAsync(db, workspace, id)));
        }
        return held;
    }

    private async ValueTask<List<FallenChange>> DecideAsync(DbSession db, SessionRow session, DreamReader reader, SoleTexts sole)
    {
        var (dream, made) = reader;
        var key = $"{session.Source}/{session.ExternalId}";
        var supports = await ChangeSourceRepository.SupportsAsync(db, dream.WorkspaceId, dream.Id.Value, session.Id.Value);
        var fallen = new List<FallenChange>();
        foreach (var change in made)
        {
            var support = supports.GetValueOrDefault(change.Change.Id);
            if (support is { } all && !Standing.Holds(all.Had, all.Left))
            {
                fallen.Add(new FallenChange(dream.Id.Value, change.Change, change.LandedSeq));
                await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, change, ChangeStatus.Rejected, "a session it rested on was deleted");
                await WithdrawalRepository.ReplaceAsync(db, dream, change.Seq, ChangeTexts.Withdraw(change.Change));
                await record.AddAsync(db, dream.WorkspaceId, session.Id.Value, Of(WithdrawalAction.Withdrawn, dream, change, support));
                continue;
            }
            var unquoted = ChangeTexts.Unquote(change.Change, key, session.Id.Value);
            var struck = ChangeTexts.Strike(unquoted, sole);
            if (support is { Left: var left }) struck = struck with { Support = left };
            if (Same(struck, change.Change)) continue;
            await WithdrawalRepository.ReplaceAsync(db, dream, change.Seq, struck);
            if (unquoted.Evidence.Count < change.Change.Evidence.Count) await record.AddAsync(db, dream.WorkspaceId, session.Id.Value, Of(WithdrawalAction.Unquoted, dream, change, support));
            if (!Same(struck with { Support = null }, unquoted with { Support = null })) await record.AddAsync(db, dream.WorkspaceId, session.Id.Value, Of(WithdrawalAction.Reworded, dream, change, support));
        }
        return fallen;
    }

    private static bool Same(Change a, Change b) => DreamReportJson.WriteChange(a) == DreamReportJson.WriteChange(b);

    /// <summary>Reports, verdicts and the sessions of the dreams that met these words, also in what earlier dreams had left in a store.</summary>
    private async ValueTask StrikeRecordsAsync(DbSession db, string workspace, List<DreamReader> readers, List<MemoryScope> touched, List<FallenChange> fallen, SoleTexts sole)
    {
        var summaries = fallen.Select(static f => f.Change.Summary).ToHashSet(StringComparer.Ordinal);
        foreach (var reader in readers) await StrikeAsync(reader.Dream);
        if (sole.IsEmpty) return;
        var met = readers.Select(static r => r.Dream.Id).ToHashSet();
        foreach (var store in touched)
        {
            foreach (var writer in (await WithdrawalRepository.WritersAsync(db, store)).Where(met.Add))
            {
                if (await dreams.HoldAsync(db, workspace, writer) is not { Report: not null } dream) continue;
                await WithdrawalRepository.StrikeChangesAsync(db, dream, sole);
                await StrikeAsync(dream);
            }
        }

        async ValueTask StrikeAsync(DreamRow dream)
        {
            await WithdrawalRepository.StrikeReportAsync(db, dream, sole);
            await WithdrawalRepository.MapAsync(db, dream, body => sole.MayStandIn(body) || summaries.Any(s => body.Contains(s, StringComparison.Ordinal)), text => summaries.Contains(text) ? ChangeTexts.Gone : sole.Strike(text));
        }
    }

    private static SessionWithdrawal Of(WithdrawalAction action, DreamRow dream, DreamChange change, (ChangeSupport Had, ChangeSupport Left)? support) => new()
    {
        Action = action,
        DreamId = dream.Id.Value,
        ChangeId = change.Change.Id,
        SessionsLeft = support?.Left.Sessions,
        PrincipalsLeft = support?.Left.Principals,
        MemoryStoreId = null,
        MemoryId = null,
        MemoryVersionId = null,
        VersionCount = null,
        CreatedAt = default,
    };
}

/// <summary>A change that is taken back, as it was.</summary>
/// <param name="DreamId">Its dream.</param>
/// <param name="Change">The change.</param>
/// <param name="LandedSeq">When it landed among the changes of its dream; null when it never did.</param>
public sealed record FallenChange(string DreamId, Change Change, long? LandedSeq);
