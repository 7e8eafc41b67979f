namespace Reverie.Sessions.Hands;

/// <summary>Which files models read, by their media type.</summary>
public static class AttachmentTypes
{
    public static bool IsImage(string mimeType) => mimeType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    public static bool IsText(string mimeType) => mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "application/json" or "application/xml";

    public static bool IsDocument(string mimeType) => mimeType == "application/pdf" || IsText(mimeType);
}
