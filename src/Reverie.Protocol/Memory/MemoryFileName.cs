using System.Collections.Frozen;
using System.Text;

namespace Reverie.Protocol.Memory;

/// <summary>What a store kept as a directory of files asks of a path beyond <see cref="MemoryPath"/>.</summary>
public static class MemoryFileName
{
    /// <summary>Longest segment, in UTF-8 bytes: what common file systems take.</summary>
    public const int SegmentBytesMax = 255;

    /// <summary>Where changes in place keep their journal; never a memory.</summary>
    public const string Journal = ".reverie-journal";

    /// <summary>Names that are not memories wherever they occur, in any case of letters: version control, file browsers, our own journal.</summary>
    public static FrozenSet<string> PassedOver { get; } =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, ".git", ".hg", ".svn", ".DS_Store", Journal);

    /// <summary>Says why no file is made for <paramref name="path"/>; null when one can be.</summary>
    public static string? Problem(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (PassedOver.Contains(segment)) return $"has the segment \"{segment}\", which is never read as a memory";
            if (Encoding.UTF8.GetByteCount(segment) > SegmentBytesMax) return $"has a segment longer than {SegmentBytesMax} bytes, which file systems refuse";
        }
        return null;
    }
}
