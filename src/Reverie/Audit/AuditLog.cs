using Reverie.Memory.Stores;
using Reverie.Protocol.Audit;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Audit;

/// <summary>
/// The audit log of each workspace, a chain of hashes. A record is written in the transaction of what it records, as the last
/// thing in it: until that transaction is committed, nobody else can append to the chain.
/// </summary>
public sealed class AuditLog(TimeProvider clock)
{
    private const string Columns = "seq, previous_hash, hash, created_at, actor_type, actor_id, action, subject_type, subject_id, details";

    /// <summary>Adds a record at the end of the caller's transaction.</summary>
    /// <param name="actor">Null for the server itself.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="subjectType">What it was done to.</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="details">Ids, paths, hashes and counts, never a secret or the text of a memory; those that are null are left out.</param>
    public void Record(DbSession db, string workspaceId, Actor? actor, string action, string subjectType, string subjectId, params IReadOnlyList<(string Name, string? Value)> details)
    {
        var (actorType, actorId) = ActorColumns.Of(actor);
        var told = new AuditRecord
        {
            Seq = 0,
            PreviousHash = "",
            Hash = "",
            CreatedAt = DbTime.UtcNow(clock),
            Actor = actorType is null ? null : new AuditActor(actorType, actorId!),
            Action = action,
            Subject = new AuditSubject(subjectType, subjectId),
            Details = details.Where(static d => d.Value is not null).ToDictionary(static d => d.Name, static d => d.Value!, StringComparer.Ordinal),
        };
        db.DoLast(last => AppendAsync(last, workspaceId, told));
    }

    /// <summary>Where the log ends.</summary>
    public static async ValueTask<AuditHead> HeadAsync(DbSession db, string workspaceId) => await db.FirstAsync(
        "SELECT seq, hash FROM audit_heads WHERE workspace_id = @workspace", ReadHead, ("@workspace", workspaceId)) ?? AuditChain.Beginning;

    /// <summary>By number.</summary>
    /// <param name="after">The number of the last one seen; null from the start.</param>
    public static ValueTask<List<AuditRecord>> ListAsync(DbSession db, string workspaceId, AuditFilter filter, bool isAscending, long? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM audit_records
        WHERE workspace_id = @workspace AND seq {(isAscending ? ">" : "<")} @after AND created_at BETWEEN @from AND @to
            {(filter.SubjectId is null ? "" : "AND subject_id = @subject")} {(filter.ActorId is null ? "" : "AND actor_id = @actor")} {(filter.Action is null ? "" : "AND action = @action")}
        ORDER BY seq {(isAscending ? "ASC" : "DESC")} LIMIT @limit
        """, Read, [("@workspace", workspaceId), ("@after", after ?? (isAscending ? long.MinValue : long.MaxValue)), ("@from", filter.Created.FromMicros), ("@to", filter.Created.ToMicros), ("@limit", limit), .. Optional(filter)]);

    /// <summary>Walks the whole log.</summary>
    /// <param name="expected">Where it ended at an earlier time; null when nothing was noted.</param>
    /// <returns>The last record that fits, and what is wrong with the next; null when nothing is.</returns>
    public static async ValueTask<(AuditHead Head, string? Problem)> VerifyAsync(DbSession db, string workspaceId, AuditHead? expected)
    {
        const int pageMax = 1_000;
        var walk = new AuditWalk(expected);
        for (long? seen = null; ;)
        {
            var page = await ListAsync(db, workspaceId, AuditFilter.All, isAscending: true, seen, pageMax);
            foreach (var record in page)
            {
                if (walk.Next(record) is { } problem) return (walk.Head, problem);
            }
            if (page.Count < pageMax) return (walk.Head, walk.End(await HeadAsync(db, workspaceId)));
            seen = page[^1].Seq;
        }
    }

    private static async ValueTask AppendAsync(DbSession db, string workspaceId, AuditRecord told)
    {
        // The update that changes nothing holds the row, also where another has just made it.
        var head = (await db.FirstAsync("""
            INSERT INTO audit_heads (workspace_id, seq, hash) VALUES (@workspace, @seq, @hash)
            ON CONFLICT (workspace_id) DO UPDATE SET seq = audit_heads.seq RETURNING seq, hash
            """, ReadHead, ("@workspace", workspaceId), ("@seq", AuditChain.Beginning.Seq), ("@hash", AuditChain.Beginning.Hash)))!;
        var record = told with { Seq = head.Seq + 1, PreviousHash = head.Hash };
        record = record with { Hash = AuditChain.Hash(record) };
        await db.ExecuteAsync($"""
            INSERT INTO audit_records (workspace_id, {Columns})
            VALUES (@workspace, @seq, @previous, @hash, @created, @actorType, @actorId, @action, @subjectType, @subjectId, @details)
            """, ("@workspace", workspaceId), ("@seq", record.Seq), ("@previous", record.PreviousHash), ("@hash", record.Hash), ("@created", DbTime.ToMicros(record.CreatedAt)),
            ("@actorType", record.Actor?.Type), ("@actorId", record.Actor?.Id), ("@action", record.Action), ("@subjectType", record.Subject.Type), ("@subjectId", record.Subject.Id), ("@details", CanonicalJson.Of(record.Details)));
        await db.ExecuteAsync("UPDATE audit_heads SET seq = @seq, hash = @hash WHERE workspace_id = @workspace", ("@seq", record.Seq), ("@hash", record.Hash), ("@workspace", workspaceId));
    }

    private static IEnumerable<(string, object?)> Optional(AuditFilter filter)
    {
        if (filter.SubjectId is { } subject) yield return ("@subject", subject);
        if (filter.ActorId is { } actor) yield return ("@actor", actor);
        if (filter.Action is { } action) yield return ("@action", action);
    }

    private static AuditHead ReadHead(DbRow row) => new(row.GetInt64(0), row.GetString(1));

    /// <summary>Reads whatever lies there: a record that somebody changed must be shown to be wrong, not fail to be read.</summary>
    private static AuditRecord Read(DbRow row) => new()
    {
        Seq = row.GetInt64(0),
        PreviousHash = row.GetString(1),
        Hash = row.GetString(2),
        CreatedAt = DbTime.FromMicros(Math.Clamp(row.GetInt64(3), DbTime.ToMicros(DateTimeOffset.MinValue), DbTime.ToMicros(DateTimeOffset.MaxValue))),
        Actor = row.TextOrNull(4) is var type && row.TextOrNull(5) is var id && (type ?? id) is null ? null : new AuditActor(type ?? "", id ?? ""),
        Action = row.GetString(6),
        Subject = new AuditSubject(row.GetString(7), row.GetString(8)),
        Details = CanonicalJson.Read(row.GetString(9)) is { } details ? details : new SortedDictionary<string, string>(StringComparer.Ordinal) { [""] = row.GetString(9) },
    };
}

/// <summary>Which records are wanted; null means any.</summary>
public sealed record AuditFilter(string? SubjectId, string? ActorId, string? Action, TimeRange Created)
{
    /// <summary>Every one.</summary>
    public static AuditFilter All { get; } = new(null, null, null, TimeRange.All);
}
