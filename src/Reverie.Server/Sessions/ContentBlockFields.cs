using System.Buffers.Text;
using Reverie.Server.Http;
using Reverie.Sessions.Inbox;

namespace Reverie.Server.Sessions;

/// <summary>Checks the content blocks a client sends (public contract, "Content blocks").</summary>
internal static class ContentBlockFields
{
    private const int TextCharsMax = 8 * 1024 * 1024;
    private const int NameCharsMax = 1024;
    private const int UrlCharsMax = 8 * 1024;
    private const int PiecesMax = 1000;

    private static readonly string[] ImageTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    /// <param name="block">One block.</param>
    /// <param name="types">The types that may stand here.</param>
    /// <returns>The file it names; null for none.</returns>
    public static AttachedFile? Check(JsonPart block, ReadOnlySpan<string> types)
    {
        switch (block.OneOf("type", true, types))
        {
            case "text":
                block.Knows("type", "text").Text("text", true, 1, TextCharsMax);
                break;
            case "image":
                block.Knows("type", "source");
                return Required(block, "source") is { } image && CheckSource(image, ["base64", "url", "file"], ImageTypes) is { } picture ? new AttachedFile(image.NameOf("file_id"), picture, IsDocument: false) : null;
            case "document":
                block.Knows("type", "source", "title", "context").Text("title", false, 0, NameCharsMax);
                block.Text("context", false, 0, TextCharsMax);
                return Required(block, "source") is { } document && CheckSource(document, ["base64", "text", "url", "file"], ["application/pdf"]) is { } file ? new AttachedFile(document.NameOf("file_id"), file, IsDocument: true) : null;
            case "search_result":
                CheckSearchResult(block);
                break;
        }
        return null;
    }

    /// <summary>The file that is the source; null for another.</summary>
    private static string? CheckSource(JsonPart source, string[] types, string[] mediaTypes)
    {
        switch (source.OneOf("type", true, types))
        {
            case "base64":
                source.Knows("type", "media_type", "data").OneOf("media_type", true, mediaTypes);
                if (source.Text("data", true, 1, int.MaxValue) is { } data && !Base64.IsValid(data)) source.Problem("data", "must be base64");
                break;
            case "text":
                source.Knows("type", "media_type", "data").OneOf("media_type", true, "text/plain");
                source.Text("data", true, 1, TextCharsMax);
                break;
            case "url":
                if (source.Knows("type", "url").Text("url", true, 1, UrlCharsMax) is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
                    source.Problem("url", "must be an http or https address");
                break;
            case "file":
                return source.Knows("type", "file_id").Text("file_id", true, 1, 128);
        }
        return null;
    }

    private static void CheckSearchResult(JsonPart block)
    {
        block.Knows("type", "source", "title", "content", "citations").Text("source", true, 1, UrlCharsMax);
        block.Text("title", true, 0, NameCharsMax);
        var pieces = block.Objects("content", PiecesMax);
        if (pieces.Count == 0) block.Problem("content", "must hold at least one text block");
        foreach (var piece in pieces)
        {
            if (piece.Knows("type", "text").OneOf("type", true, "text") is not null) piece.Text("text", true, 1, TextCharsMax);
        }
        if (Required(block, "citations") is { } citations && citations.Knows("enabled").Flag("enabled") is null) citations.Problem("enabled", "is required");
    }

    private static JsonPart? Required(JsonPart part, string field)
    {
        if (part.Has(field)) return part.Object(field);
        part.Problem(field, "is required");
        return null;
    }
}
