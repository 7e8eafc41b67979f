using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Reverie.Memory.Archives;

/// <summary>The files of an archive one after the other; each must be read before the next one comes.</summary>
public static class ArchiveEntries
{
    /// <summary>The first bytes of every gzip file.</summary>
    private static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    /// <summary>Those of a tar file, gzipped or not. Directories are passed over; links and devices are refused.</summary>
    /// <exception cref="ArchiveException">It is none, or breaks a limit.</exception>
    public static async IAsyncEnumerable<ArchiveEntry> OfTarAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var start = (await reader.ReadAtLeastAsync(Gzip.Length, cancellationToken)).Buffer;
        if (start.Length < Gzip.Length) throw new ArchiveException("the archive is empty");
        var isGzip = start.Slice(0, Gzip.Length).ToArray().AsSpan().SequenceEqual(Gzip);
        // Looked at, and read again by what follows.
        reader.AdvanceTo(start.Start);
        await using var packed = reader.AsStream();
        await using var unpacked = isGzip ? new GZipStream(packed, CompressionMode.Decompress) : packed;
        await using var bounded = new BoundedStream(unpacked);
        await using var tar = new TarReader(bounded);
        for (var entries = 0; ; entries++)
        {
            bounded.Allow(ArchiveLimits.BetweenEntriesBytesMax);
            if (await NextAsync(tar, cancellationToken) is not { } entry) yield break;
            if (entries == ArchiveLimits.EntriesMax) throw new ArchiveException($"the archive has more than {ArchiveLimits.EntriesMax} entries, the limit");
            if (entry.EntryType is TarEntryType.Directory) continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                throw new ArchiveException($"\"{Shown(entry.Name)}\" is a {entry.EntryType}, not a file; links and devices are not imported, pack the files themselves");
            bounded.Allow(entry.Length + ArchiveLimits.BetweenEntriesBytesMax);
            yield return new ArchiveEntry(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name, entry.DataStream ?? Stream.Null);
        }
    }

    /// <summary>Those of an exported directory; any other directory counts as memories without a history.</summary>
    /// <exception cref="MemoryDirectoryException">It cannot be read as one.</exception>
    public static async IAsyncEnumerable<ArchiveEntry> OfDirectoryAsync(string directory)
    {
        MemoryFiles.CheckExists(directory);
        var memories = Path.Combine(directory, ArchiveNames.Memories);
        var isExport = File.Exists(Path.Combine(directory, ArchiveNames.Header)) && (File.Exists(Path.Combine(directory, ArchiveNames.History)) || Directory.Exists(memories));
        foreach (var name in isExport ? [ArchiveNames.Header, ArchiveNames.History, ArchiveNames.Provenance] : Array.Empty<string>())
        {
            MemoryFiles.CheckNoLink(directory, name);
            var file = Path.Combine(directory, name);
            if (!File.Exists(file)) continue;
            await using var content = File.OpenRead(file);
            yield return new ArchiveEntry(name, content);
        }
        if (isExport && !Directory.Exists(memories)) yield break;
        foreach (var (path, text) in MemoryDirectory.Load(isExport ? memories : directory).Texts)
            yield return new ArchiveEntry($"{ArchiveNames.Memories}/{path}", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    internal static string Shown(string name) => string.Concat(name.Take(120).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));

    private static async ValueTask<TarEntry?> NextAsync(TarReader tar, CancellationToken cancellationToken)
    {
        try
        {
            return await tar.GetNextEntryAsync(copyData: false, cancellationToken);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw Unreadable(error);
        }
    }

    internal static bool IsUnreadable(Exception error) =>
        error is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException or ArgumentException or InvalidOperationException or OverflowException or OutOfMemoryException;

    internal static ArchiveException Unreadable(Exception error) => new("the archive is not a tar file, gzipped or not, or it is damaged; make it anew with \"reverie memory export\" or tar", error);
}

/// <summary>One file of an archive.</summary>
/// <param name="Name">As the archive has it.</param>
/// <param name="Content">To be read once, before the next entry.</param>
public sealed record ArchiveEntry(string Name, Stream Content);
