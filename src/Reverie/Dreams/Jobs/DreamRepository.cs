using System.Text;
using System.Text.Json;
using Reverie.Dreams.Models;
using Reverie.Dreams.Selection;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>The dreams of a workspace, as resources and as jobs.</summary>
public sealed class DreamRepository(IdGenerator ids, TimeProvider clock)
{
    /// <summary>How long a claim holds without being renewed.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(30);

    /// <summary>The topic that is woken when there is a new dream. The end of a dream wakes its id.</summary>
    public static readonly object Asked = new();

    /// <summary>The topic that is woken when any dream has ended.</summary>
    public static readonly object Ended = new();
    private const decimal MicrosPerDollar = 1_000_000;
    private const decimal Million = 1_000_000;

    private const string Columns = """
        workspace_id, id, status, mode, model, instructions, memory_store_id, session_ids, updates_existing, output_store_id, session_id, report,
        error_type, error_message, created_at, ended_at, archived_at, fence,
        max_tokens, max_cost_micros, input_tokens, output_tokens, cache_creation_input_tokens, cache_read_input_tokens, attacker_share_ppm, idle_claims
        """;

    public async ValueTask<DreamRow> CreateAsync(DbSession db, DreamRow dream)
    {
        var row = dream with { Id = ids.New<Dream>(), CreatedAt = DbTime.UtcNow(clock) };
        db.Wake(Asked);
        await db.ExecuteAsync("""
            INSERT INTO dreams (workspace_id, id, status, mode, model, instructions, memory_store_id, session_ids, updates_existing, max_tokens, max_cost_micros, attacker_share_ppm, created_at)
            VALUES (@workspace, @id, 'pending', @mode, @model, @instructions, @store, @sessions, @existing, @tokens, @cost, @share, @now)
            """, ("@workspace", row.WorkspaceId), ("@id", row.Id.Value), ("@mode", row.IsReview ? "review" : "auto"), ("@model", row.Model), ("@instructions", row.Instructions),
            ("@store", row.MemoryStoreId.Value), ("@sessions", JsonSerializer.Serialize([.. row.SessionIds], WireJson.Wire.ListString)), ("@existing", row.UpdatesExisting ? 1L : 0L),
            ("@tokens", row.Caps.TokensMax), ("@cost", (long?)(row.Caps.CostMax * MicrosPerDollar)), ("@share", (long)(row.AttackerShare * Million)), ("@now", DbTime.ToMicros(row.CreatedAt)));
        await DreamSessionRepository.KeepAsync(db, row);
        return row;
    }

    /// <summary>Null when the workspace has no such dream. Archived ones are found.</summary>
    public ValueTask<DreamRow?> FindAsync(DbSession db, string workspaceId, Id<Dream> id) => db.FirstAsync(
        $"SELECT {Columns} FROM dreams WHERE workspace_id = @workspace AND id = @id", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Like <see cref="FindAsync"/>, and nobody else moves the dream before this transaction ends.</summary>
    public ValueTask<DreamRow?> HoldAsync(DbSession db, string workspaceId, Id<Dream> id) => db.FirstAsync(
        $"SELECT {Columns} FROM dreams WHERE workspace_id = @workspace AND id = @id {db.Dialect.ForUpdate}", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>Newest first.</summary>
    public ValueTask<List<DreamRow>> ListAsync(DbSession db, string workspaceId, IReadOnlyList<DreamStatus> statuses, TimeRange created, bool isArchivedShown, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM dreams
        WHERE workspace_id = @workspace AND created_at BETWEEN @from AND @to {(isArchivedShown ? "" : "AND archived_at IS NULL")}
            {(statuses.Count == 0 ? "" : $"AND status IN ({string.Join(", ", statuses.Select(static s => $"'{WireNames<DreamStatus>.Of(s)}'"))})")}
            AND (created_at < @after OR (created_at = @after AND id < @id))
        ORDER BY created_at DESC, id DESC LIMIT @limit
        """, Read, ("@workspace", workspaceId), ("@from", created.FromMicros), ("@to", created.ToMicros), ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", limit));

    /// <summary>The dream that is to write to the store or is writing to it; null when there is none.</summary>
    public ValueTask<string?> HolderAsync(DbSession db, MemoryScope store) => db.FirstAsync(
        "SELECT id FROM dreams WHERE workspace_id = @workspace AND memory_store_id = @store AND updates_existing = 1 AND ended_at IS NULL LIMIT 1",
        static r => (string?)r.GetString(0), ("@workspace", store.WorkspaceId), ("@store", store.StoreId.Value));

    /// <summary>A dream that reads the store and has not ended; null when there is none.</summary>
    public ValueTask<string?> OpenOnAsync(DbSession db, MemoryScope store) => db.FirstAsync(
        "SELECT id FROM dreams WHERE workspace_id = @workspace AND memory_store_id = @store AND ended_at IS NULL ORDER BY created_at, id LIMIT 1",
        static r => (string?)r.GetString(0), ("@workspace", store.WorkspaceId), ("@store", store.StoreId.Value));

    /// <summary>Takes a dream nobody works on: the oldest of the workspaces of which fewest are worked on; null when there is none.</summary>
    public async ValueTask<DreamRow?> ClaimAsync(DbSession db) => await db.FirstAsync(
        $"""
        UPDATE dreams SET status = 'running', fence = fence + 1, idle_claims = idle_claims + 1, lease_until = {db.Dialect.NowMicros} + @lease
        WHERE (workspace_id, id) = (SELECT workspace_id, id FROM dreams d WHERE ended_at IS NULL AND lease_until < {db.Dialect.NowMicros}
            ORDER BY (SELECT count(*) FROM dreams r WHERE r.workspace_id = d.workspace_id AND r.ended_at IS NULL AND r.lease_until >= {db.Dialect.NowMicros}), created_at, id LIMIT 1 {db.Dialect.SkipLocked})
        RETURNING {Columns}
        """, Read, ("@lease", (long)LeaseFor.TotalMicroseconds));

    /// <summary>Ends every claim: for a server that knows itself to be the only one.</summary>
    public ValueTask<int> ReleaseAllAsync(DbSession db) => db.ExecuteAsync("UPDATE dreams SET lease_until = 0 WHERE ended_at IS NULL");

    /// <summary>False when the claim is lost: the dream has ended, or another process took it over.</summary>
    public async ValueTask<bool> RenewAsync(DbSession db, DreamRow claim) => await db.ExecuteAsync(
        $"UPDATE dreams SET lease_until = {db.Dialect.NowMicros} + @lease WHERE workspace_id = @workspace AND id = @id AND fence = @fence AND ended_at IS NULL",
        ("@lease", (long)LeaseFor.TotalMicroseconds), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value), ("@fence", claim.Fence)) == 1;

    /// <summary>Notes that something of the dream was done that need not be done again. The caller holds it.</summary>
    public async ValueTask GetOnAsync(DbSession db, DreamRow dream)
    {
        if (dream.IdleClaims > 0) await db.ExecuteAsync("UPDATE dreams SET idle_claims = 0 WHERE workspace_id = @workspace AND id = @id", ("@workspace", dream.WorkspaceId), ("@id", dream.Id.Value));
    }

    /// <summary>Gives the dream back, so that the next process need not wait for the lease to run out; a claim that ends so was not the dream's fault.</summary>
    public ValueTask<int> ReleaseAsync(DbSession db, DreamRow claim) => db.ExecuteAsync(
        "UPDATE dreams SET lease_until = 0, idle_claims = 0 WHERE workspace_id = @workspace AND id = @id AND fence = @fence", ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value), ("@fence", claim.Fence));

    /// <summary>Notes the session and the store of the output. The caller holds the dream.</summary>
    public ValueTask<int> StartAsync(DbSession db, DreamRow claim, Id<Session> session, Id<MemoryStore> output) => db.ExecuteAsync(
        "UPDATE dreams SET session_id = @session, output_store_id = @output WHERE workspace_id = @workspace AND id = @id",
        ("@session", session.Value), ("@output", output.Value), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value));

    /// <summary>Keeps what was thought out; applied changes become planned ones. The caller holds the dream.</summary>
    public async ValueTask PlanAsync(DbSession db, DreamRow claim, DreamReport report)
    {
        await db.ExecuteAsync("UPDATE dreams SET report = @report WHERE workspace_id = @workspace AND id = @id",
            ("@report", Encoding.UTF8.GetString(DreamReportJson.Write(report with { DreamId = claim.Id.Value, Changes = [] }))), ("@workspace", claim.WorkspaceId), ("@id", claim.Id.Value));
        for (var seq = 0; seq < report.Changes.Count; seq++)
        {
            var change = report.Changes[seq];
            await db.ExecuteAsync("INSERT INTO dream_changes (workspace_id, dream_id, seq, change_id, status, body) VALUES (@workspace, @dream, @seq, @change, @status, @body)",
                ("@workspace", claim.WorkspaceId), ("@dream", claim.Id.Value), ("@seq", (long)seq), ("@change", change.Id),
                ("@status", change.Status == ChangeStatus.Applied ? DreamChange.Planned : WireNames<ChangeStatus>.Of(change.Status)), ("@body", DreamReportJson.WriteChange(change)));
        }
    }

    /// <summary>Ends the dream, and wakes who works on it. The caller holds it.</summary>
    public ValueTask<int> EndAsync(DbSession db, DreamRow dream, DreamStatus status, DreamError? error)
    {
        db.Wake(dream.Id);
        db.Wake(Ended);
        return db.ExecuteAsync("UPDATE dreams SET status = @status, error_type = @type, error_message = @message, ended_at = @now WHERE workspace_id = @workspace AND id = @id",
            ("@status", WireNames<DreamStatus>.Of(status)), ("@type", error?.Type), ("@message", error?.Message), ("@now", DbTime.ToMicros(clock.GetUtcNow())), ("@workspace", dream.WorkspaceId), ("@id", dream.Id.Value));
    }

    public ValueTask<int> ArchiveAsync(DbSession db, DreamRow dream) => db.ExecuteAsync(
        "UPDATE dreams SET archived_at = @now WHERE workspace_id = @workspace AND id = @id", ("@now", DbTime.ToMicros(clock.GetUtcNow())), ("@workspace", dream.WorkspaceId), ("@id", dream.Id.Value));

    private static DreamRow Read(DbRow row) => new()
    {
        WorkspaceId = row.GetString(0),
        Id = Id<Dream>.Parse(row.GetString(1)),
        Status = WireNames<DreamStatus>.Parse(row.GetString(2)),
        IsReview = row.GetString(3) == "review",
        Model = row.GetString(4),
        Instructions = row.TextOrNull(5),
        MemoryStoreId = Id<MemoryStore>.Parse(row.GetString(6)),
        SessionIds = JsonSerializer.Deserialize(row.GetString(7), WireJson.Wire.ListString)!,
        UpdatesExisting = row.GetInt64(8) == 1,
        OutputStoreId = row.TextOrNull(9) is { } output ? Id<MemoryStore>.Parse(output) : null,
        SessionId = row.TextOrNull(10) is { } session ? Id<Session>.Parse(session) : null,
        Report = row.TextOrNull(11) is { } report ? DreamReportJson.Read(Encoding.UTF8.GetBytes(report)) : null,
        Error = row.TextOrNull(12) is { } type ? new DreamError(type, row.GetString(13)) : null,
        CreatedAt = row.Time(14),
        EndedAt = row.TimeOrNull(15),
        ArchivedAt = row.TimeOrNull(16),
        Fence = row.GetInt64(17),
        Caps = new DreamCaps(row.LongOrNull(18), row.LongOrNull(19) / MicrosPerDollar),
        Usage = new DreamUsage(row.GetInt64(20), row.GetInt64(21), row.GetInt64(22), row.GetInt64(23)),
        AttackerShare = row.GetInt64(24) / Million,
        IdleClaims = row.GetInt64(25),
    };
}
