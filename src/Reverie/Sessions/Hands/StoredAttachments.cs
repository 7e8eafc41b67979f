using Reverie.Files;
using Reverie.Inference;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Sessions.Hands;

/// <summary>Reads attached files for a model from the files of the workspace.</summary>
public sealed class StoredAttachments(Database database, FileRepository repository, SessionFiles files) : IAttachmentSource
{
    /// <summary>Bytes of a file that a model is given (32 MiB).</summary>
    public const int BytesMax = 32 * 1024 * 1024;

    /// <inheritdoc />
    public async ValueTask<(MediaSource? Source, string? Problem)> ReadAsync(string workspaceId, string fileId, CancellationToken cancellationToken)
    {
        if (!Id<StoredFile>.TryParse(fileId, out var id) || await database.ReadAsync(db => repository.FindAsync(db, workspaceId, id), cancellationToken) is not { } found) return Gone(fileId);
        if (found.File.SizeBytes > BytesMax) return (null, $"the file {fileId} has {found.File.SizeBytes} bytes; a model is given at most {BytesMax}");
        using var bytes = new MemoryStream();
        if (!await files.WriteToAsync(workspaceId, id, bytes, cancellationToken)) return Gone(fileId);
        var content = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return AttachmentTypes.IsText(found.File.MimeType) ? (new PlainTextSource(System.Text.Encoding.UTF8.GetString(content)), null) : (new Base64Source(found.File.MimeType, Convert.ToBase64String(content)), null);
    }

    private static (MediaSource?, string?) Gone(string fileId) => (null, $"the file {fileId} is no longer there");
}
