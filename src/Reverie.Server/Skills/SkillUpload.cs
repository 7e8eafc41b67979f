using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Reverie.Protocol.Errors;
using Reverie.Server.Files;
using Reverie.Server.Http;
using Reverie.Skills;

namespace Reverie.Server.Skills;

/// <summary>A skill as a client sends it: a multipart form with its files or one archive of them.</summary>
/// <param name="Bundle">Checked.</param>
/// <param name="DisplayName">Null when none was sent.</param>
internal sealed record SkillUpload(SkillBundle Bundle, string? DisplayName)
{
    /// <summary>Bytes of a request besides the files.</summary>
    public const int EnvelopeBytesMax = 1024 * 1024;

    /// <exception cref="ApiException">The form breaks a rule.</exception>
    public static async Task<SkillUpload> ReadAsync(HttpContext http)
    {
        try
        {
            var (files, displayName) = await PartsAsync(http);
            var sent = files is [var only] && SkillArchive.IsArchive(only.Bytes) ? SkillArchive.Read(only.Bytes) : files;
            return new SkillUpload(SkillBundle.Of(sent), displayName);
        }
        catch (SkillFormatException error)
        {
            throw new ApiException(error.IsTooLarge ? ErrorType.TooLarge : ErrorType.InvalidRequest, $"files {error.Message}.");
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw ApiException.Invalid("The body is not a complete multipart form.");
        }
    }

    private static async Task<(List<SkillFile> Files, string? DisplayName)> PartsAsync(HttpContext http)
    {
        var reader = new MultipartReader(FileUpload.Boundary(http.Request, "files[]"), http.Request.Body);
        var files = new List<SkillFile>();
        string? displayName = null;
        var left = SkillLimits.SizeBytesMax;
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
        {
            var part = section.GetContentDispositionHeader();
            switch (part?.Name.Value?.Trim('"'))
            {
                case "files[]" or "files":
                    if (files.Count == SkillLimits.FilesMax) throw new SkillFormatException($"has more than {SkillLimits.FilesMax} files");
                    var bytes = await BytesAsync(section.Body, left, http.RequestAborted) ?? throw SkillFormatException.TooLarge();
                    left -= bytes.Length;
                    files.Add(new SkillFile(HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value ?? "", bytes));
                    break;
                case "display_name":
                    displayName = DisplayNameOf(await FileUpload.TextAsync(section, http.RequestAborted));
                    break;
                default:
                    throw ApiException.Invalid($"{ApiException.Quoted(part?.Name.Value ?? "")} is not a part of this request; send files[] and, if you like, display_name.");
            }
        }
        return files.Count > 0 ? (files, displayName) : throw ApiException.Invalid("files[] is required: send each file of the skill, or one zip archive of them, as a part of the form with a file name.");
    }

    /// <summary>Null when there are more than <paramref name="bytesMax"/>.</summary>
    private static async Task<byte[]?> BytesAsync(Stream source, int bytesMax, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await source.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (bytes.Length + read > bytesMax) return null;
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    /// <summary>Null for an empty one.</summary>
    private static string? DisplayNameOf(string text)
    {
        if (text.Length == 0) return null;
        var chars = text.EnumerateRunes().Count();
        if (chars > SkillLimits.DisplayNameCharsMax) throw ApiException.Invalid($"display_name must have at most {SkillLimits.DisplayNameCharsMax} characters, not {chars}.");
        return text.EnumerateRunes().Any(static r => Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            ? throw ApiException.Invalid("display_name must be one line without control characters and characters that cannot be seen; leave them out.")
            : text;
    }
}
