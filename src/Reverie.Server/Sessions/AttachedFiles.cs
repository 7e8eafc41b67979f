using Reverie.Files;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Server.Http;
using Reverie.Sessions.Hands;
using Reverie.Sessions.Inbox;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Refuses events that name files a model could not be given, before a turn trips over them.</summary>
internal sealed class AttachedFiles(FileRepository files)
{
    /// <exception cref="ApiException">A file is not there, or is of no kind that may stand where it is named.</exception>
    public async ValueTask CheckAsync(DbSession db, string workspaceId, IReadOnlyList<ClientEvent> events)
    {
        foreach (var named in events.SelectMany(static e => e.Files))
        {
            if (!Id<StoredFile>.TryParse(named.FileId, out var id) || await files.FindAsync(db, workspaceId, id) is not { } found) throw ApiException.Invalid($"{named.Field} names no file of this workspace: {named.FileId}.");
            var type = found.File.MimeType;
            if (!(named.IsDocument ? AttachmentTypes.IsDocument(type) : AttachmentTypes.IsImage(type)))
                throw ApiException.Invalid($"{named.Field} names a file of the type {type}; {(named.IsDocument ? "a document must be a PDF or a text" : "an image must be a PNG, JPEG, GIF or WebP")}.");
        }
    }
}
