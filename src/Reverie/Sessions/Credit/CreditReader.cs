using System.Text.Json;
using Reverie.Dreaming.Synthesis;
using Reverie.Memory.Credit;
using Reverie.Memory.Stores;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Sessions.Credit;

/// <summary>Holds the results of the sessions that were shown a memory against those of the sessions that only had it at hand.</summary>
public sealed class CreditReader(MemoryRepository memories)
{
    private const double Significance = 0.05;

    /// <summary>Every memory of the store, by path.</summary>
    public async ValueTask<IReadOnlyList<MemoryCredit>> ReadAsync(DbSession db, MemoryScope scope)
    {
        var all = await memories.ListAsync(db, scope, "/", MemoryListing.EndOf("/"), MemoryLimits.MemoriesMax, isFull: false);
        var mounted = (await db.QueryAsync("""
            SELECT DISTINCT s.id, s.outcome FROM session_resources r JOIN sessions s ON s.workspace_id = r.workspace_id AND s.id = r.session_id
            WHERE r.workspace_id = @workspace AND r.memory_store_id = @store
            """, static r => (Id: r.GetString(0), Outcome: r.TextOrNull(1)), ("@workspace", scope.WorkspaceId), ("@store", scope.StoreId.Value)))
            .ToDictionary(static s => s.Id, static s => s.Outcome is { } outcome ? JsonSerializer.Deserialize(outcome, WireJson.Wire.SessionOutcome)!.Satisfied : (bool?)null, StringComparer.Ordinal);
        var reads = (await MemoryReadRepository.OfStoreAsync(db, scope)).ToLookup(static r => r.MemoryId, static r => r.SessionId, StringComparer.Ordinal);
        return Judge(all, mounted, reads);
    }

    /// <summary>The comparison itself.</summary>
    /// <param name="all">The memories.</param>
    /// <param name="mounted">The sessions that have the store, and whether they were satisfied; null for those nobody judged.</param>
    /// <param name="reads">The sessions that were shown a memory, by its id.</param>
    internal static IReadOnlyList<MemoryCredit> Judge(IReadOnlyList<StoredMemory> all, IReadOnlyDictionary<string, bool?> mounted, ILookup<string, string> reads)
    {
        var judged = all.Select(memory =>
        {
            var readers = reads[memory.Id.Value].Where(mounted.ContainsKey).ToHashSet(StringComparer.Ordinal);
            var table = new Table(Count(true, isReader: true), Count(false, isReader: true), Count(true, isReader: false), Count(false, isReader: false));
            return (Memory: memory, Table: table, Readers: readers.Count, P: Statistics.FisherExact(table));

            int Count(bool isSatisfied, bool isReader) => mounted.Count(s => s.Value == isSatisfied && readers.Contains(s.Key) == isReader);
        }).ToList();
        var adjusted = Statistics.AdjustForManyTests(judged.ConvertAll(static j => j.P));
        return [.. judged.Select((j, i) => new MemoryCredit
        {
            MemoryId = j.Memory.Id,
            Path = j.Memory.Path,
            Mounted = mounted.Count,
            Readers = Outcomes(j.Table.WithGood, j.Table.WithBad, j.Readers),
            NonReaders = Outcomes(j.Table.WithoutGood, j.Table.WithoutBad, mounted.Count - j.Readers),
            PValue = adjusted[i],
            Harmful = adjusted[i] <= Significance && j.Table.Difference < 0,
        })];
    }

    private static CreditOutcomes Outcomes(int satisfied, int failed, int all)
    {
        var (low, high) = Statistics.ClopperPearson(satisfied, satisfied + failed);
        return new CreditOutcomes { Satisfied = satisfied, Failed = failed, Ungraded = all - satisfied - failed, RateLow = low, RateHigh = high };
    }
}
