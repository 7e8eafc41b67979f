using System.Runtime.CompilerServices;
using Reverie.Storage;

namespace Reverie.Files;

/// <summary>
/// The bytes of files, in the database in chunks, so that a backup of the database is a backup of them and every node has
/// them. Several files may share a blob. A blob is written a chunk at a time and counts only once it is sealed.
/// </summary>
public sealed class FileBlobs(Database database, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Bytes of a chunk; the last one may have fewer.</summary>
    public const int ChunkBytes = 512 * 1024;

    /// <summary>Chunks deleted in one transaction, so that other writes come in between.</summary>
    private const int ChunksDeleted = 16;

    /// <summary>Woken when bytes are no longer needed.</summary>
    internal static readonly object Released = new();

    /// <summary>Writes all of <paramref name="source"/> as a blob that is not sealed yet. Never holds more than a chunk.</summary>
    /// <returns>Null when there were more than <paramref name="bytesMax"/>: nothing is kept.</returns>
    public async Task<FileBlob?> WriteAsync(Stream source, long bytesMax, CancellationToken cancellationToken)
    {
        var id = ids.New("blob");
        await database.WriteAsync(db => db.ExecuteAsync("INSERT INTO file_blobs (id, created_at) VALUES (@id, @now)", ("@id", id), ("@now", DbTime.ToMicros(clock.GetUtcNow()))), cancellationToken);
        try
        {
            var (buffer, size, chunks) = (new byte[ChunkBytes], 0L, 0L);
            while (await source.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken) is var read and > 0)
            {
                size += read;
                if (size > bytesMax)
                {
                    await AbandonAsync(id);
                    return null;
                }
                var (seq, bytes) = (chunks++, read == ChunkBytes ? buffer : buffer[..read]);
                await database.WriteAsync(db => db.ExecuteAsync("INSERT INTO file_chunks (blob_id, seq, bytes) VALUES (@id, @seq, @bytes)", ("@id", id), ("@seq", seq), ("@bytes", bytes)), cancellationToken);
            }
            return new FileBlob(id, size, chunks);
        }
        catch
        {
            await AbandonAsync(id);
            throw;
        }
    }

    /// <summary>Gives up a blob that was not sealed.</summary>
    // Without a token: whoever gave up must not leave the bytes lying for a day.
    public Task AbandonAsync(string id) => database.WriteAsync(db => ReleaseAsync(db, id), CancellationToken.None);

    /// <summary>The bytes, a chunk at a time.</summary>
    /// <exception cref="FileGoneException">They were deleted meanwhile.</exception>
    public async IAsyncEnumerable<byte[]> ReadAsync(string id, long sizeBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = (sizeBytes + ChunkBytes - 1) / ChunkBytes;
        for (var seq = 0L; seq < chunks; seq++)
        {
            var at = seq;
            yield return await database.ReadAsync(db => db.FirstAsync("SELECT bytes FROM file_chunks WHERE blob_id = @id AND seq = @seq", static r => r.GetBytes(0), ("@id", id), ("@seq", at)), cancellationToken)
                ?? throw new FileGoneException();
        }
    }

    /// <summary>Makes a blob count, in the transaction that adds the file that names it. False when its bytes were collected before it came to that.</summary>
    internal static async ValueTask<bool> SealAsync(DbSession db, FileBlob blob)
    {
        if (!await HoldAsync(db, blob.Id)) return false;
        var chunks = await db.FirstAsync("SELECT count(*) FROM file_chunks WHERE blob_id = @id", static r => r.GetInt64(0), ("@id", blob.Id));
        return chunks == blob.Chunks && await db.ExecuteAsync("UPDATE file_blobs SET size_bytes = @size WHERE id = @id", ("@size", blob.SizeBytes), ("@id", blob.Id)) == 1;
    }

    /// <summary>Nobody else seals, shares or releases the blob before this transaction ends. False when it is not there.</summary>
    internal static async ValueTask<bool> HoldAsync(DbSession db, string id) =>
        await db.FirstAsync($"SELECT id FROM file_blobs WHERE id = @id {db.Dialect.ForUpdate}", static r => r.GetString(0), ("@id", id)) is not null;

    /// <summary>Lets a blob be collected, unless a file, a skill or a session names it. Who calls holds it.</summary>
    internal static async ValueTask<bool> ReleaseAsync(DbSession db, string id)
    {
        db.Wake(Released);
        return await db.ExecuteAsync("""
            UPDATE file_blobs SET size_bytes = NULL, created_at = 0 WHERE id = @id AND NOT EXISTS (SELECT 1 FROM files WHERE blob_id = @id)
                AND NOT EXISTS (SELECT 1 FROM skill_versions WHERE blob_id = @id) AND NOT EXISTS (SELECT 1 FROM session_skills WHERE blob_id = @id)
            """, ("@id", id)) == 1;
    }

    /// <summary>Deletes the bytes of blobs that are not needed: released ones, and those whose upload ended long ago without being sealed.</summary>
    internal async Task CollectAsync(CancellationToken stoppingToken)
    {
        while (await database.ReadAsync(db => db.FirstAsync("SELECT id FROM file_blobs WHERE size_bytes IS NULL AND created_at < @stale ORDER BY created_at LIMIT 1",
            static r => r.GetString(0), ("@stale", DbTime.ToMicros(clock.GetUtcNow() - FileLimits.UploadMax))), stoppingToken) is { } id)
        {
            while (await database.WriteAsync(db => DeleteSomeAsync(db, id), stoppingToken)) stoppingToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>True when there may be more.</summary>
    private static async ValueTask<bool> DeleteSomeAsync(DbSession db, string id)
    {
        if (await db.FirstAsync($"SELECT id FROM file_blobs WHERE id = @id AND size_bytes IS NULL {db.Dialect.ForUpdate}", static r => r.GetString(0), ("@id", id)) is null) return false;
        var deleted = await db.ExecuteAsync("DELETE FROM file_chunks WHERE blob_id = @id AND seq IN (SELECT seq FROM file_chunks WHERE blob_id = @id ORDER BY seq LIMIT @count)", ("@id", id), ("@count", ChunksDeleted));
        if (deleted == ChunksDeleted) return true;
        await db.ExecuteAsync("DELETE FROM file_blobs WHERE id = @id", ("@id", id));
        return false;
    }
}

/// <summary>Bytes that were written and are not sealed yet.</summary>
/// <param name="Id">Theirs.</param>
/// <param name="SizeBytes">How many.</param>
/// <param name="Chunks">In how many chunks.</param>
public sealed record FileBlob(string Id, long SizeBytes, long Chunks);

/// <summary>The bytes of a file were deleted while they were read.</summary>
public sealed class FileGoneException() : Exception("the file was deleted while it was read");
