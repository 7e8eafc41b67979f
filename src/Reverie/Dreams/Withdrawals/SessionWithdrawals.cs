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
public sealed class SessionWithdrawals(DreamRepository dreams, DreamChangeRepository changes, StoreWithdrawals stores, WithdrawalRepository record)
{
    /// <summary>Enough for a lesson to stand.</summary>
    private const int StandingMin = 2;

    /// <summary>Before the session's log is removed; the caller holds the session.</summary>
    /// <returns>The stores that were looked through.</returns>
    public async ValueTask<IReadOnlyList<MemoryScope>> WithdrawAsync(DbSession db, SessionRow session, Actor actor)
    {
        var (workspace, id) = (session.WorkspaceId, session.Id.Value);
        var readers = await HoldAsync(db, workspace, await WithdrawalRepository.ReadersAsync(db, workspace, id));
        var touched = new List<MemoryScope>();
        if (readers.Count > 0)
        {
            var sole = await SoleAsync(db, session, readers);
            var fallen = new List<FallenChange>();
            foreach (var reader in readers) fallen.AddRange(await DecideAsync(db, session, reader, sole));
            foreach (var store in await StoresAsync(db, workspace, readers.ConvertAll(static r => r.Dream)))
            {
                touched.Add(store);
                await stores.WithdrawAsync(db, store, session.Id, fallen, sole, actor);
            }
            await StrikeRecordsAsync(db, workspace, readers, touched, fallen, sole);
            foreach (var change in fallen) await PassageRepository.ForgetAsync(db, workspace, change.DreamId, change.Change.Id);
        }
        await ChangeSourceRepository.DeleteSessionAsync(db, workspace, id);
        await MemoryReadRepository.DeleteSessionAsync(db, workspace, id);
        return touched;
    }

    private async ValueTask<List<Reader>> HoldAsync(DbSession db, string workspace, IEnumerable<Id<Dream>> ids)
    {
        var held = new List<Reader>();
        foreach (var id in ids)
        {
            if (await dreams.HoldAsync(db, workspace, id) is { Report: not null } dream) held.Add(new Reader(dream, await changes.ListAsync(db, workspace, id)));
        }
        return held;
    }

    /// <summary>What the dreams wrote that stands in this session and in none of the others they read.</summary>
    private static async ValueTask<SoleTexts> SoleAsync(DbSession db, SessionRow session, List<Reader> readers)
    {
        var own = await WithdrawalRepository.TextsAsync(db, session.WorkspaceId, session.Id.Value);
        var sole = new SoleTexts();
        foreach (var (dream, made) in readers)
        {
            var (said, before) = (new SoleTexts(), new SoleTexts());
            foreach (var text in made.SelectMany(static c => ChangeTexts.FromSessions(c.Change)).Concat(dream.Report!.Refused.Select(static r => r.What))) said.Add(text);
            foreach (var text in made.SelectMany(static c => ChangeTexts.FromMemory(c.Change))) before.Add(text);
            // What an earlier dream had from this session stands in the memory by now.
            before.Drop(sole);
            said.Drop(before);
            said.Keep(own);
            foreach (var other in dream.SessionIds.Where(i => i != session.Id.Value))
            {
                if (said.IsEmpty) break;
                foreach (var text in await WithdrawalRepository.TextsAsync(db, session.WorkspaceId, other)) said.Drop(text);
            }
            said.Settle();
            sole.Add(said);
        }
        return sole;
    }

    private async ValueTask<List<FallenChange>> DecideAsync(DbSession db, SessionRow session, Reader reader, SoleTexts sole)
    {
        var (dream, made) = reader;
        var key = $"{session.Source}/{session.ExternalId}";
        var sources = (await ChangeSourceRepository.OfDreamAsync(db, dream.WorkspaceId, dream.Id.Value)).ToLookup(static s => s.ChangeId, StringComparer.Ordinal);
        var fallen = new List<FallenChange>();
        foreach (var change in made)
        {
            var all = sources[change.Change.Id].ToList();
            var left = all.FindAll(s => s.SessionId != session.Id.Value);
            if (left.Count < all.Count && !Stands(all, left))
            {
                fallen.Add(new FallenChange(dream.Id.Value, change.Change, change.LandedSeq));
                await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, change, ChangeStatus.Rejected, "a session it rested on was deleted");
                await WithdrawalRepository.ReplaceAsync(db, dream, change.Seq, ChangeTexts.Withdraw(change.Change));
                await record.AddAsync(db, dream.WorkspaceId, session.Id.Value, Of(WithdrawalAction.Withdrawn, dream, change, left));
                continue;
            }
            var unquoted = ChangeTexts.Unquote(change.Change, key, session.Id.Value);
            var struck = ChangeTexts.Strike(unquoted, sole);
            if (left.Count < all.Count) struck = struck with { Support = new ChangeSupport(left.Count, Principals(left)) };
            await WithdrawalRepository.ReplaceAsync(db, dream, change.Seq, struck);
            if (unquoted.Evidence.Count < change.Change.Evidence.Count) await record.AddAsync(db, dream.WorkspaceId, session.Id.Value, Of(WithdrawalAction.Unquoted, dream, change, left));
            if (DreamReportJson.WriteChange(struck with { Support = null }) != DreamReportJson.WriteChange(unquoted with { Support = null })) await record.AddAsync(db, dream.WorkspaceId, session.Id.Value, Of(WithdrawalAction.Reworded, dream, change, left));
        }
        return fallen;
    }

    private static bool Stands(List<SessionSource> all, List<SessionSource> left) =>
        left.Count >= Math.Min(StandingMin, all.Count) && Principals(left) >= Math.Min(StandingMin, Principals(all));

    private static int Principals(List<SessionSource> sources) => sources.Select(static s => s.Principal).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The stores that are there and hold, or once held, what the dreams wrote.</summary>
    private static async ValueTask<List<MemoryScope>> StoresAsync(DbSession db, string workspace, List<DreamRow> readers)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var dream in readers)
        {
            if (dream.OutputStoreId is { } output) ids.Add(output.Value);
            ids.UnionWith(await PassageRepository.StoresOfAsync(db, workspace, dream.Id.Value));
        }
        return [.. ids.Select(id => new MemoryScope(workspace, Id<MemoryStore>.Parse(id)))];
    }

    /// <summary>Reports, verdicts and the sessions of the dreams that met these words, also in what earlier dreams had left in a store.</summary>
    private async ValueTask StrikeRecordsAsync(DbSession db, string workspace, List<Reader> readers, List<MemoryScope> touched, List<FallenChange> fallen, SoleTexts sole)
    {
        var summaries = fallen.Select(static f => f.Change.Summary).ToHashSet(StringComparer.Ordinal);
        foreach (var reader in readers) await StrikeAsync(reader.Dream);
        if (sole.IsEmpty) return;
        var met = readers.Select(static r => r.Dream.Id).ToHashSet();
        foreach (var store in touched)
        {
            foreach (var (dream, made) in await HoldAsync(db, workspace, (await WithdrawalRepository.WritersAsync(db, store)).Where(met.Add)))
            {
                foreach (var change in made) await WithdrawalRepository.ReplaceAsync(db, dream, change.Seq, ChangeTexts.Strike(change.Change, sole));
                await StrikeAsync(dream);
            }
        }

        async ValueTask StrikeAsync(DreamRow dream)
        {
            await WithdrawalRepository.ReplaceAsync(db, dream, ChangeTexts.Strike(dream.Report!, sole));
            await WithdrawalRepository.MapAsync(db, dream, text => summaries.Contains(text) ? ChangeTexts.Gone : sole.Strike(text));
        }
    }

    private static SessionWithdrawal Of(WithdrawalAction action, DreamRow dream, DreamChange change, List<SessionSource> left) => new()
    {
        Action = action,
        DreamId = dream.Id.Value,
        ChangeId = change.Change.Id,
        SessionsLeft = left.Count,
        PrincipalsLeft = Principals(left),
        MemoryStoreId = null,
        MemoryId = null,
        MemoryVersionId = null,
        VersionCount = null,
        CreatedAt = default,
    };

    private sealed record Reader(DreamRow Dream, List<DreamChange> Changes);
}

/// <summary>A change that is taken back, as it was.</summary>
/// <param name="DreamId">Its dream.</param>
/// <param name="Change">The change.</param>
/// <param name="LandedSeq">When it landed among the changes of its dream; null when it never did.</param>
public sealed record FallenChange(string DreamId, Change Change, long? LandedSeq);
