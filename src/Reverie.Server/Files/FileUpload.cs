using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Reverie.Files;
using Reverie.Protocol.Errors;
using Reverie.Server.Http;

namespace Reverie.Server.Files;

/// <summary>A file as a client sends it: a multipart form, whose bytes go to the store as they come.</summary>
/// <param name="Blob">Written, not sealed.</param>
/// <param name="Filename">The last part of the sent name.</param>
/// <param name="MimeType">As sent, or by the name.</param>
/// <param name="ExpiresAfter">Null to keep it.</param>
internal sealed record FileUpload(FileBlob Blob, string Filename, string MimeType, TimeSpan? ExpiresAfter)
{
    /// <summary>Bytes of a request besides the file's.</summary>
    public const int EnvelopeBytesMax = 64 * 1024;

    private const int TextBytesMax = 1024;
    private const int MimeTypeCharsMax = 255;

    /// <exception cref="ApiException">The form breaks a rule; no bytes are kept.</exception>
    public static async Task<FileUpload> ReadAsync(HttpContext http, FileBlobs blobs)
    {
        FileBlob? blob = null;
        try
        {
            var reader = new MultipartReader(Boundary(http.Request, "file"), http.Request.Body);
            var (filename, mimeType) = ("", "");
            TimeSpan? expiresAfter = null;
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                var part = section.GetContentDispositionHeader();
                switch (part?.Name.Value?.Trim('"'))
                {
                    case "file" when blob is not null:
                        throw ApiException.Invalid("file must be sent once.");
                    case "file":
                        (filename, mimeType) = NameAndType(section, part);
                        blob = await blobs.WriteAsync(section.Body, FileLimits.SizeBytesMax, http.RequestAborted)
                            ?? throw new ApiException(ErrorType.TooLarge, $"file is larger than {FileLimits.SizeBytesMax} bytes.");
                        break;
                    case "expires_in_seconds":
                        expiresAfter = Expiry(await TextAsync(section, http.RequestAborted));
                        break;
                    default:
                        throw ApiException.Invalid($"{ApiException.Quoted(part?.Name.Value ?? "")} is not a part of this request; send file and, if you like, expires_in_seconds.");
                }
            }
            return new FileUpload(blob ?? throw ApiException.Invalid("file is required: send it as a part of the form with a file name."), filename, mimeType, expiresAfter);
        }
        catch (Exception error)
        {
            if (blob is not null) await blobs.AbandonAsync(blob.Id);
            if (error is InvalidDataException or (IOException and not BadHttpRequestException)) throw ApiException.Invalid("The body is not a complete multipart form.");
            throw;
        }
    }

    /// <param name="part">A part that the form must have.</param>
    /// <exception cref="ApiException">The body is no form.</exception>
    public static string Boundary(HttpRequest request, string part)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 200 } boundary) return boundary;
        throw ApiException.Invalid($"The body must be multipart/form-data with a part named {part}.");
    }

    private static (string Filename, string MimeType) NameAndType(MultipartSection section, ContentDispositionHeaderValue part)
    {
        var sent = HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value ?? "";
        var type = MediaTypeHeaderValue.TryParse(section.ContentType, out var parsed) && parsed.MediaType.Length <= MimeTypeCharsMax ? parsed.MediaType.Value : null;
        var filename = FileNames.Last(sent, type);
        if (FileNames.Problem(filename) is { } problem) throw ApiException.Invalid($"file has a name that {problem}.");
        return (filename, type ?? FileNames.TypeOf(filename));
    }

    /// <summary>The beginning of a part that is a short text.</summary>
    public static async Task<string> TextAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var bytes = new byte[TextBytesMax];
        var read = await section.Body.ReadAtLeastAsync(bytes, TextBytesMax, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    private static TimeSpan Expiry(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= FileLimits.ExpirySecondsMin and <= FileLimits.ExpirySecondsMax
            ? TimeSpan.FromSeconds(seconds)
            : throw ApiException.Invalid($"expires_in_seconds must be a whole number from {FileLimits.ExpirySecondsMin} to {FileLimits.ExpirySecondsMax}, not {ApiException.Quoted(text)}.");
}
