using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Files;

/// <summary>Moves files between a session's sandbox directory on this machine and the store.</summary>
public sealed class SessionFiles(Database database, FileBlobs blobs, FileRepository files)
{
    /// <summary>
    /// Keeps a file that a session made; it can be downloaded once this returns. The bytes that were kept last under this name
    /// are not kept a second time.
    /// </summary>
    /// <param name="bytes">The open file, which can be read twice. Who opens it makes sure that no link was followed: a sandbox may have put one there to reach outside.</param>
    /// <param name="filename">What clients see; must fit <see cref="FileNames.Problem"/>.</param>
    /// <returns>The file; or why it was not kept.</returns>
    public async Task<(StoredFile? File, string? Problem)> KeepAsync(string workspaceId, Id<Session> session, Stream bytes, string filename, CancellationToken cancellationToken)
    {
        if (FileNames.Problem(filename) is { } wrongName) return (null, wrongName);
        if (await database.ReadAsync(db => files.FindNewestAsync(db, workspaceId, session, filename), cancellationToken) is { } last && await HoldsAsync(last, bytes, cancellationToken)) return (last.File, null);
        if (await blobs.WriteAsync(bytes, FileLimits.SizeBytesMax, cancellationToken) is not { } blob) return (null, $"is larger than {FileLimits.SizeBytesMax} bytes");
        var file = await database.WriteAsync(db => files.AddAsync(db, workspaceId, blob, filename, FileNames.TypeOf(filename), session, null), cancellationToken);
        return (file, file is null ? "took longer than a day to be read" : null);
    }

    /// <summary>Writes the bytes of a file to <paramref name="target"/>. False when there is no such file or its bytes have expired.</summary>
    /// <exception cref="FileGoneException">They were deleted meanwhile.</exception>
    public async Task<bool> WriteToAsync(string workspaceId, Id<StoredFile> id, Stream target, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(db => files.FindAsync(db, workspaceId, id), cancellationToken);
        if (row is not { BlobId: { } blob } || files.IsExpired(row.File)) return false;
        await foreach (var chunk in blobs.ReadAsync(blob, row.File.SizeBytes, cancellationToken)) await target.WriteAsync(chunk, cancellationToken);
        return true;
    }

    /// <summary>True when the file has the bytes of <paramref name="stream"/>, which is at its beginning, before and after.</summary>
    private async Task<bool> HoldsAsync(FileRow row, Stream stream, CancellationToken cancellationToken)
    {
        if (row is not { BlobId: { } blob } || row.File.SizeBytes != stream.Length) return false;
        try
        {
            var buffer = new byte[FileBlobs.ChunkBytes];
            await foreach (var chunk in blobs.ReadAsync(blob, row.File.SizeBytes, cancellationToken))
            {
                var count = await stream.ReadAtLeastAsync(buffer.AsMemory(0, chunk.Length), chunk.Length, throwOnEndOfStream: false, cancellationToken);
                if (!chunk.AsSpan().SequenceEqual(buffer.AsSpan(0, count))) return false;
            }
            return true;
        }
        catch (FileGoneException)
        {
            return false;
        }
        finally
        {
            stream.Position = 0;
        }
    }
}
