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
    public async ValueTask<MediaSource> ReadAsync(string workspaceId, string fileId, CancellationToken cancellationToken)
    {
        if (!Id<StoredFile>.TryParse(fileId, out var id) || await database.ReadAsync(db => repository.FindAsync(db, workspaceId, id), cancellationToken) is not { } found) throw Gone(fileId);
        if (found.File.SizeBytes > BytesMax) throw new ModelException(ModelFailure.RequestFailed, $"the file {fileId} has {found.File.SizeBytes} bytes; a model is given at most {BytesMax}");
        using var bytes = new MemoryStream();
        if (!await files.WriteToAsync(workspaceId, id, bytes, cancellationToken)) throw Gone(fileId);
        var type = found.File.MimeType;
        if (type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/xml") return new PlainTextSource(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return type is "application/pdf" or "image/png" or "image/jpeg" or "image/gif" or "image/webp"
            ? new Base64Source(type, Convert.ToBase64String(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
            : throw new ModelException(ModelFailure.RequestFailed, $"the file {fileId} is of the type {type}, which models do not read; mount it in the session instead");
    }

    private static ModelException Gone(string fileId) => new(ModelFailure.RequestFailed, $"the file {fileId} is no longer there");
}
