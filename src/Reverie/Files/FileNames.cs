using System.Collections.Frozen;

namespace Reverie.Files;

/// <summary>Names of stored files and what they tell.</summary>
public static class FileNames
{
    private const string Forbidden = "<>:\"|?*\\/";

    private const string UnknownType = "application/octet-stream";

    private static readonly FrozenDictionary<string, string> TypeByExtension = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv",
        [".css"] = "text/css",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".gif"] = "image/gif",
        [".gz"] = "application/gzip",
        [".html"] = "text/html",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".jsonl"] = "application/jsonl",
        [".md"] = "text/markdown",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".py"] = "text/x-python",
        [".svg"] = "image/svg+xml",
        [".tar"] = "application/x-tar",
        [".txt"] = "text/plain",
        [".wav"] = "audio/wav",
        [".webp"] = "image/webp",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".xml"] = "application/xml",
        [".yaml"] = "application/yaml",
        [".yml"] = "application/yaml",
        [".zip"] = "application/zip",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a file of this name most likely is; <c>application/octet-stream</c> for anything else.</summary>
    public static string TypeOf(string name) => TypeByExtension.GetValueOrDefault(Path.GetExtension(name), UnknownType);

    /// <summary>The last part of a sent name; a stand-in with a fitting extension when it is empty.</summary>
    public static string Last(string sent, string? mimeType)
    {
        var name = sent[(sent.LastIndexOf('/') + 1)..];
        if (name.Length > 0) return name;
        return "unnamed" + TypeByExtension.Where(p => p.Value.Equals(mimeType, StringComparison.OrdinalIgnoreCase)).Select(static p => p.Key).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Why a file cannot be called <paramref name="name"/>; null when it can.</summary>
    public static string? Problem(string name)
    {
        var chars = name.Length <= FileLimits.NameCharsMax ? name.Length : name.EnumerateRunes().Count();
        if (chars is 0 or > FileLimits.NameCharsMax) return $"must have 1 to {FileLimits.NameCharsMax} characters, not {chars}";
        return name.Any(static c => c < ' ' || Forbidden.Contains(c)) ? $"must not contain {string.Join(' ', Forbidden.ToCharArray())} or control characters" : null;
    }
}
