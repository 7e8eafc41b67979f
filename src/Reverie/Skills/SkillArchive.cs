using System.IO.Compression;

namespace Reverie.Skills;

/// <summary>Skills as zip archives: those that strangers sent, within bounds, and those that are kept.</summary>
public static class SkillArchive
{
    /// <summary>Headers looked at in a sent archive, which would be held in memory all at once. Some may belong to archives within it.</summary>
    private const int HeadersMax = 20_000;

    private const int KindMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Directory = 0x4000;
    private const int ReadableFile = RegularFile | 0x1A4;
    private const int ReadableProgram = RegularFile | 0x1ED;

    /// <summary>True when the bytes begin like an archive.</summary>
    public static bool IsArchive(byte[] bytes) => bytes.AsSpan().StartsWith("PK\x03\x04"u8);

    /// <summary>The files of a sent archive, their paths as they stand in it.</summary>
    /// <exception cref="SkillFormatException">It is damaged, too large or holds what is no file.</exception>
    public static IReadOnlyList<SkillFile> Read(byte[] archive)
    {
        if (archive.AsSpan().Count("PK\x01\x02"u8) > HeadersMax) throw TooMany();
        try
        {
            using var zip = new ZipArchive(new MemoryStream(archive, writable: false), ZipArchiveMode.Read);
            var files = new List<SkillFile>();
            // What it says of its own size is not believed.
            var left = (int)Math.Min(SkillLimits.SizeBytesMax, (long)archive.Length * SkillLimits.ExpansionMax);
            var isTooDense = left < SkillLimits.SizeBytesMax;
            foreach (var entry in zip.Entries)
            {
                RefuseOddKind(entry);
                if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\')) continue;
                if (files.Count == SkillLimits.FilesMax) throw TooMany();
                var bytes = ReadEntry(entry, left) ?? throw (isTooDense ? new SkillFormatException($"is an archive that unpacks to more than {SkillLimits.ExpansionMax} times its size") : SkillFormatException.TooLarge());
                left -= bytes.Length;
                files.Add(new SkillFile(entry.FullName, bytes));
            }
            return files;
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new SkillFormatException("is a damaged zip archive, or one of a kind that is not supported; make it anew with plain compression");
        }
    }

    /// <summary>The archive that is kept of a skill: one directory by its name.</summary>
    public static byte[] Write(SkillBundle skill)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in skill.Files)
            {
                var entry = zip.CreateEntry($"{skill.Name}/{file.Path}", CompressionLevel.Fastest);
                // The time of packing says nothing, and equal skills give equal archives.
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                entry.ExternalAttributes = (file.IsProgram ? ReadableProgram : ReadableFile) << 16;
                using var target = entry.Open();
                target.Write(file.Bytes);
            }
        }
        return bytes.ToArray();
    }

    private static SkillFormatException TooMany() => new($"is an archive with more than {SkillLimits.FilesMax} files");

    /// <summary>Links, pipes and devices; an archive made elsewhere than on Unix says nothing.</summary>
    private static void RefuseOddKind(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted) throw new SkillFormatException("is an encrypted zip archive; send it without a password");
        if (((entry.ExternalAttributes >> 16) & KindMask) is not (0 or RegularFile or Directory))
            throw new SkillFormatException($"is an archive with {SkillFormatException.Shown(entry.FullName)}, which is a link or another thing that is no file; put the file itself in");
    }

    /// <summary>Null when there are more bytes than <paramref name="bytesMax"/>.</summary>
    private static byte[]? ReadEntry(ZipArchiveEntry entry, int bytesMax)
    {
        using var source = entry.Open();
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (source.Read(buffer) is var read and > 0)
        {
            if (bytes.Length + read > bytesMax) return null;
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
