using System.IO.Compression;

namespace Reverie.Sessions;

/// <summary>
/// Decompressed gzip that fails with <see cref="InvalidDataException"/> when the file was cut off. The framework's
/// stream ends quietly there, which would pass half a file off as a whole one.
/// </summary>
/// <remarks>
/// When the file ends, a tiny gzip member of our own is fed behind it. Had the file ended at the end of a member, the
/// decompressor decodes ours; in the middle of one it takes our bytes for the missing ones and fails or yields others.
/// </remarks>
internal sealed class GzipText : ForwardStream
{
    private static readonly byte[] EndMark = "complete"u8.ToArray();
    private static readonly byte[] EndMember = Compress(EndMark);

    private readonly MemberSource _source;
    private readonly GZipStream _gzip;
    private bool _isComplete;

    /// <summary>Reads the gzip file <paramref name="stored"/> and disposes it in the end.</summary>
    public GzipText(Stream stored) : this(new MemberSource(stored)) { }

    private GzipText(MemberSource source) : this(source, new GZipStream(source, CompressionMode.Decompress)) { }

    private GzipText(MemberSource source, GZipStream gzip) : base(gzip)
    {
        _source = source;
        _gzip = gzip;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isComplete || buffer.IsEmpty) return 0;
        var count = await _gzip.ReadAsync(buffer, cancellationToken);
        if (count > 0) return count;
        await CheckCompleteAsync(cancellationToken);
        _isComplete = true;
        return 0;
    }

    private async ValueTask CheckCompleteAsync(CancellationToken cancellationToken)
    {
        _source.FeedsEndMember = true;
        var rest = new byte[EndMark.Length + 1];
        int count;
        try
        {
            count = await _gzip.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException("it ends in the middle", error);
        }
        // Bytes behind the last member that are no gzip are padding: the decompressor stops there and asks no more.
        if (_source.EndMemberWasRead && !rest.AsSpan(0, count).SequenceEqual(EndMark))
            throw new InvalidDataException("it ends in the middle");
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    /// <summary>The stored bytes, and behind them, once asked for, the end member.</summary>
    private sealed class MemberSource(Stream stored) : ForwardStream(stored)
    {
        private readonly Stream _stored = stored;
        private int _endMemberRead;

        public bool FeedsEndMember { get; set; }

        public bool EndMemberWasRead => _endMemberRead > 0;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!FeedsEndMember) return await _stored.ReadAsync(buffer, cancellationToken);
            var count = Math.Min(buffer.Length, EndMember.Length - _endMemberRead);
            EndMember.AsMemory(_endMemberRead, count).CopyTo(buffer);
            _endMemberRead += count;
            return count;
        }
    }
}
