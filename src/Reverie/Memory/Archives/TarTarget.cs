using System.Formats.Tar;
using System.IO.Compression;

namespace Reverie.Memory.Archives;

/// <summary>A gzipped tar file, complete once disposed. The stream stays open.</summary>
public sealed class TarTarget : ArchiveTarget
{
    private readonly GZipStream _gzip;
    private readonly TarWriter _tar;

    public TarTarget(Stream stream)
    {
        _gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        _tar = new TarWriter(_gzip, TarEntryFormat.Pax);
    }

    /// <inheritdoc />
    public override Task AddAsync(string name, Stream content, DateTimeOffset time, CancellationToken cancellationToken) =>
        _tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = time, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead }, cancellationToken);

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _gzip.DisposeAsync();
    }
}
