using Reverie.Protocol.Audit;

namespace Reverie.Audit;

/// <summary>Walks a chain from its first record and finds the first that does not fit.</summary>
/// <param name="expected">Where the log ended at an earlier time, as it was noted elsewhere; null when nothing was noted.</param>
public sealed class AuditWalk(AuditHead? expected)
{
    /// <summary>The last record that fits.</summary>
    public AuditHead Head { get; private set; } = AuditChain.Beginning;

    /// <summary>Takes the next record of the log. Null when it fits; otherwise what is wrong, after which the walk has ended.</summary>
    public string? Next(AuditRecord record)
    {
        var seq = Head.Seq + 1;
        if (record.Seq != seq) return record.Seq > seq ? $"record {seq} is missing; the next one there is has the number {record.Seq}" : $"record {record.Seq} stands where record {seq} should";
        if (record.PreviousHash != Head.Hash) return $"record {seq} does not follow the one before it: its previous_hash is not the hash of record {Head.Seq}";
        if (record.Hash != AuditChain.Hash(record)) return $"record {seq} was changed: its hash is not that of what it says";
        if (seq == expected?.Seq && record.Hash != expected.Hash) return $"record {seq} has the hash {record.Hash}, where {expected.Hash} was expected: the log was rewritten";
        Head = new AuditHead(seq, record.Hash);
        return null;
    }

    /// <summary>Ends the walk. Null when the log ends where it should; otherwise what is wrong.</summary>
    /// <param name="head">Where the log itself says it ends.</param>
    public string? End(AuditHead head)
    {
        if (Head.Seq < expected?.Seq) return $"record {Head.Seq + 1} is missing: the log ends at record {Head.Seq}, where {expected.Seq} were expected";
        if (Head.Seq < head.Seq) return $"record {Head.Seq + 1} is missing: the log ends at record {Head.Seq}, and its head says {head.Seq}";
        return Head == head ? null : $"record {Head.Seq} is not the one that the log's head names ({head.Seq}, {head.Hash})";
    }
}
