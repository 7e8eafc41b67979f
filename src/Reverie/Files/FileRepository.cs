using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Files;

/// <summary>The files of a workspace.</summary>
public sealed class FileRepository(IdGenerator ids, TimeProvider clock)
{
    private const string Columns = "id, filename, mime_type, size_bytes, created_at, downloadable, expires_at, session_id, blob_id";

    /// <summary>Files looked at in one transaction.</summary>
    private const int SweepMax = 100;

    /// <summary>Adds a file with the bytes that were written for it; null when they are no longer there.</summary>
    /// <param name="session">The session that made it, which makes it downloadable; null for one that a client sent.</param>
    /// <param name="expiresAfter">Null to keep it.</param>
    public async ValueTask<StoredFile?> AddAsync(DbSession db, string workspaceId, FileBlob blob, string filename, string mimeType, Id<Session>? session, TimeSpan? expiresAfter)
    {
        if (!await FileBlobs.SealAsync(db, blob)) return null;
        var now = DbTime.UtcNow(clock);
        var file = new StoredFile
        {
            Id = ids.New<StoredFile>(),
            Filename = filename,
            MimeType = mimeType,
            SizeBytes = blob.SizeBytes,
            CreatedAt = now,
            Downloadable = session is not null,
            ExpiresAt = expiresAfter is { } span ? now + span : null,
            Scope = session is { } id ? new FileScope(id) : null,
        };
        await InsertAsync(db, workspaceId, file, blob.Id);
        return file;
    }

    /// <summary>
    /// A session's own copy of a file: a new id, the same bytes, which stay while either is there. Null when there is no such
    /// file or its bytes have expired. A copy does not expire, and can be downloaded when its original can.
    /// </summary>
    public async ValueTask<StoredFile?> CopyAsync(DbSession db, string workspaceId, Id<StoredFile> id, Id<Session> session)
    {
        if (await FindAsync(db, workspaceId, id) is not { BlobId: { } blob } seen || IsExpired(seen.File)) return null;
        // Looked at again once nobody else can release the bytes.
        if (!await FileBlobs.HoldAsync(db, blob) || await FindAsync(db, workspaceId, id) is not { BlobId: not null } original) return null;
        var copy = original.File with { Id = ids.New<StoredFile>(), CreatedAt = DbTime.UtcNow(clock), ExpiresAt = null, Scope = new FileScope(session) };
        await InsertAsync(db, workspaceId, copy, blob);
        return copy;
    }

    /// <summary>Null when the workspace has no such file.</summary>
    public ValueTask<FileRow?> FindAsync(DbSession db, string workspaceId, Id<StoredFile> id) => db.FirstAsync(
        $"SELECT {Columns} FROM files WHERE workspace_id = @workspace AND id = @id", Read, ("@workspace", workspaceId), ("@id", id.Value));

    /// <summary>The file of this name that the session made last; null when it made none.</summary>
    public ValueTask<FileRow?> FindNewestAsync(DbSession db, string workspaceId, Id<Session> session, string filename) => db.FirstAsync(
        $"""
        SELECT {Columns} FROM files WHERE workspace_id = @workspace AND session_id = @session AND filename = @name AND downloadable = 1
        ORDER BY created_at DESC, id DESC LIMIT 1
        """, Read, ("@workspace", workspaceId), ("@session", session.Value), ("@name", filename));

    /// <summary>Newest first.</summary>
    /// <param name="session">Only files of this session; null for all.</param>
    /// <param name="after">Creation time and id of the last one seen; null from the start.</param>
    public ValueTask<List<FileRow>> ListAsync(DbSession db, string workspaceId, string? session, (long CreatedAt, string Id)? after, int limit) => db.QueryAsync(
        $"""
        SELECT {Columns} FROM files
        WHERE workspace_id = @workspace {(session is null ? "" : "AND session_id = @session")} AND (created_at < @after OR (created_at = @after AND id < @id))
        ORDER BY created_at DESC, id DESC LIMIT @limit
        """, Read, [("@workspace", workspaceId), ("@after", after?.CreatedAt ?? long.MaxValue), ("@id", after?.Id ?? ""), ("@limit", limit),
            .. session is null ? (IEnumerable<(string, object?)>)[] : [("@session", session)]]);

    /// <summary>False when the workspace has no such file.</summary>
    public async ValueTask<bool> DeleteAsync(DbSession db, string workspaceId, Id<StoredFile> id)
    {
        if (await FindAsync(db, workspaceId, id) is not { } row) return false;
        if (row.BlobId is { } blob) await FileBlobs.HoldAsync(db, blob);
        if (await db.ExecuteAsync("DELETE FROM files WHERE workspace_id = @workspace AND id = @id", ("@workspace", workspaceId), ("@id", id.Value)) == 0) return false;
        if (row.BlobId is { } released) await FileBlobs.ReleaseAsync(db, released);
        return true;
    }

    /// <summary>Deletes every file of a session: those it made and its copies.</summary>
    public async ValueTask DeleteOfSessionAsync(DbSession db, string workspaceId, Id<Session> session)
    {
        while (await ListAsync(db, workspaceId, session.Value, null, SweepMax) is { Count: > 0 } files)
        {
            foreach (var file in files) await DeleteAsync(db, workspaceId, file.File.Id);
        }
    }

    /// <summary>True when the bytes are no longer to be had.</summary>
    public bool IsExpired(StoredFile file) => file.ExpiresAt <= clock.GetUtcNow();

    /// <summary>Lets the bytes of expired files go, and after a while the files. True when there may be more.</summary>
    internal async ValueTask<bool> ExpireAsync(DbSession db)
    {
        var now = clock.GetUtcNow();
        var over = await db.QueryAsync("SELECT workspace_id, id FROM files WHERE expires_at <= @before LIMIT @count", static r => (r.GetString(0), Id<StoredFile>.Parse(r.GetString(1))),
            ("@before", DbTime.ToMicros(now - FileLimits.KeptAfterExpiry)), ("@count", SweepMax));
        foreach (var (workspace, id) in over) await DeleteAsync(db, workspace, id);
        var expired = await db.QueryAsync("SELECT workspace_id, id, blob_id FROM files WHERE expires_at <= @now AND blob_id IS NOT NULL LIMIT @count",
            static r => (Workspace: r.GetString(0), Id: r.GetString(1), Blob: r.GetString(2)), ("@now", DbTime.ToMicros(now)), ("@count", SweepMax));
        foreach (var (workspace, id, blob) in expired)
        {
            await FileBlobs.HoldAsync(db, blob);
            await db.ExecuteAsync("UPDATE files SET blob_id = NULL WHERE workspace_id = @workspace AND id = @id", ("@workspace", workspace), ("@id", id));
            await FileBlobs.ReleaseAsync(db, blob);
        }
        return over.Count == SweepMax || expired.Count == SweepMax;
    }

    private static async ValueTask InsertAsync(DbSession db, string workspaceId, StoredFile file, string blob) => await db.ExecuteAsync("""
        INSERT INTO files (workspace_id, id, blob_id, filename, mime_type, size_bytes, downloadable, session_id, created_at, expires_at)
        VALUES (@workspace, @id, @blob, @filename, @type, @size, @downloadable, @session, @created, @expires)
        """, ("@workspace", workspaceId), ("@id", file.Id.Value), ("@blob", blob), ("@filename", file.Filename), ("@type", file.MimeType), ("@size", file.SizeBytes),
        ("@downloadable", file.Downloadable ? 1L : 0L), ("@session", file.Scope?.Id.Value), ("@created", DbTime.ToMicros(file.CreatedAt)),
        ("@expires", file.ExpiresAt is { } at ? DbTime.ToMicros(at) : null));

    private static FileRow Read(DbRow row) => new(new StoredFile
    {
        Id = Id<StoredFile>.Parse(row.GetString(0)),
        Filename = row.GetString(1),
        MimeType = row.GetString(2),
        SizeBytes = row.GetInt64(3),
        CreatedAt = row.Time(4),
        Downloadable = row.GetInt64(5) == 1,
        ExpiresAt = row.TimeOrNull(6),
        Scope = row.TextOrNull(7) is { } session ? new FileScope(Id<Session>.Parse(session)) : null,
    }, row.TextOrNull(8));
}

/// <summary>A file and where its bytes are.</summary>
/// <param name="File">As the wire shows it.</param>
/// <param name="BlobId">Null once they have expired.</param>
public sealed record FileRow(StoredFile File, string? BlobId);
