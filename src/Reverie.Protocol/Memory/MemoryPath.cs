using System.Globalization;
using System.Text;

namespace Reverie.Protocol.Memory;

/// <summary>The rules a memory's path must keep (public contract, "Path rules"), for paths relative to a store.</summary>
public static class MemoryPath
{
    /// <summary>Longest path, in UTF-8 bytes, counting the leading slash the wire adds.</summary>
    public const int BytesMax = 1024;

    /// <summary>Most segments.</summary>
    public const int SegmentsMax = 20;

    /// <summary>Says what is wrong with <paramref name="path"/>; null when it keeps every rule.</summary>
    public static string? Problem(string path)
    {
        if (path.Length == 0) return "is empty";
        if (path[0] == '/') return "must not start with a slash";
        if (Encoding.UTF8.GetByteCount(path) + 1 > BytesMax) return $"is longer than {BytesMax} bytes";
        var segments = path.Split('/');
        if (segments.Length > SegmentsMax) return $"has more than {SegmentsMax} segments";
        foreach (var segment in segments)
        {
            if (segment.Length == 0) return "has an empty segment";
            if (segment is "." or "..") return $"has the segment \"{segment}\"";
        }
        foreach (var rune in path.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return $"contains the character U+{rune.Value:X4}, which is not allowed";
            if (rune == Rune.ReplacementChar) return "contains text that is not valid Unicode";
        }
        return NormalFormC.Holds(path) ? null : "is not in Unicode normal form C";
    }
}
