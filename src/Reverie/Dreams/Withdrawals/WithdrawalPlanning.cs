using System.Security.Cryptography;
using System.Text;
using Reverie.Dreams.Jobs;
using Reverie.Memory.Provenance;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Dreams.Withdrawals;

/// <summary>Finds what dreams have from one session alone, and where it may stand. Reads, and writes nothing.</summary>
public sealed class WithdrawalPlanning(DreamRepository dreams, DreamChangeRepository changes)
{
    public async ValueTask<WithdrawalPlan> PlanAsync(DbSession db, string workspace, Id<Session> session)
    {
        var readers = new List<DreamReader>();
        foreach (var id in await WithdrawalRepository.ReadersAsync(db, workspace, session.Value))
        {
            if (await dreams.FindAsync(db, workspace, id) is { Report: not null } dream) readers.Add(new DreamReader(dream, await changes.ListAsync(db, workspace, id)));
        }
        var (sole, witnesses) = await SoleAsync(db, workspace, session, readers);
        var stores = new Dictionary<string, WordsInStore>(StringComparer.Ordinal);
        if (!sole.IsEmpty)
        {
            foreach (var store in await StoresAsync(db, workspace, readers)) stores.Add(store.StoreId.Value, await FindAsync(db, store, sole));
        }
        return new WithdrawalPlan(await FingerprintAsync(db, workspace, session, readers), sole, witnesses, stores);
    }

    /// <summary>False when something that the plan was made from has changed. The caller holds the session and the dreams.</summary>
    internal static async ValueTask<bool> HoldsAsync(DbSession db, string workspace, Id<Session> session, WithdrawalPlan plan, List<DreamReader> readers)
    {
        if (await FingerprintAsync(db, workspace, session, readers) != plan.Fingerprint) return false;
        foreach (var witness in plan.Witnesses)
        {
            if (!await db.FirstAsync("SELECT 1 FROM sessions WHERE workspace_id = @workspace AND id = @id", static _ => true, ("@workspace", workspace), ("@id", witness))) return false;
        }
        return true;
    }

    /// <summary>The stores that hold, or once held, what the dreams wrote.</summary>
    internal static async ValueTask<List<MemoryScope>> StoresAsync(DbSession db, string workspace, IEnumerable<DreamReader> readers)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (dream, _) in readers)
        {
            if (dream.OutputStoreId is { } output) ids.Add(output.Value);
            ids.UnionWith(await PassageRepository.StoresOfAsync(db, workspace, dream.Id.Value));
        }
        return [.. ids.Select(id => new MemoryScope(workspace, Id<MemoryStore>.Parse(id)))];
    }

    /// <summary>What the dreams wrote that stands in this session and in none of the others they read; and those that took words away.</summary>
    private static async ValueTask<(SoleTexts Sole, IReadOnlyList<string> Witnesses)> SoleAsync(DbSession db, string workspace, Id<Session> session, List<DreamReader> readers)
    {
        var own = await WithdrawalRepository.TextsAsync(db, workspace, session.Value);
        var (sole, witnesses) = (new SoleTexts(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (dream, made) in readers)
        {
            var (said, before) = (new SoleTexts(), new SoleTexts());
            foreach (var text in made.SelectMany(static c => ChangeTexts.FromSessions(c.Change)).Concat(dream.Report!.Refused.Select(static r => r.What))) said.Add(text);
            foreach (var text in made.SelectMany(static c => ChangeTexts.FromMemory(c.Change))) before.Add(text);
            // What an earlier dream had from this session stands in the memory by now.
            before.Drop(sole);
            said.Drop(before);
            said.Keep(own);
            foreach (var other in dream.SessionIds.Where(i => i != session.Value))
            {
                if (said.IsEmpty) break;
                var left = said.Count;
                foreach (var text in await WithdrawalRepository.TextsAsync(db, workspace, other, said)) said.Drop(text);
                if (said.Count < left) witnesses.Add(other);
            }
            said.Settle();
            sole.Add(said);
        }
        return (sole, [.. witnesses]);
    }

    private static async ValueTask<WordsInStore> FindAsync(DbSession db, MemoryScope scope, SoleTexts sole)
    {
        (string, object?)[] key = [("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value)];
        var head = await db.FirstAsync("SELECT coalesce(max(seq), 0) FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store", static r => r.GetInt64(0), key);
        var found = await db.QueryAsync("SELECT memory_id, content FROM memory_versions WHERE workspace_id = @workspace AND memory_store_id = @store AND content IS NOT NULL",
            r => sole.MayStandIn(r.GetString(1)) ? r.GetString(0) : null, key);
        return new WordsInStore(head, found.OfType<string>().ToHashSet(StringComparer.Ordinal));
    }

    private static async ValueTask<string> FingerprintAsync(DbSession db, string workspace, Id<Session> session, List<DreamReader> readers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = await db.FirstAsync("SELECT next_seq FROM sessions WHERE workspace_id = @workspace AND id = @id", static r => r.GetInt64(0), ("@workspace", workspace), ("@id", session.Value));
        hash.AppendData(BitConverter.GetBytes(length));
        foreach (var (dream, _) in readers)
        {
            (string, object?)[] key = [("@workspace", workspace), ("@dream", dream.Id.Value)];
            hash.AppendData(Encoding.UTF8.GetBytes(dream.Id.Value));
            await db.QueryAsync("SELECT report FROM dreams WHERE workspace_id = @workspace AND id = @dream", Take, key);
            await db.QueryAsync("SELECT body FROM dream_changes WHERE workspace_id = @workspace AND dream_id = @dream ORDER BY seq", Take, key);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        int Take(DbRow row)
        {
            var text = Encoding.UTF8.GetBytes(row.GetString(0));
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(text);
            return text.Length;
        }
    }
}

/// <summary>A dream that read a session, and what it came to.</summary>
internal sealed record DreamReader(DreamRow Dream, List<DreamChange> Changes);
