namespace Reverie.Memory.Archives;

/// <summary>Reads an unpacked archive up to its limits: bytes in all, and bytes until the next allowance.</summary>
internal sealed class BoundedStream(Stream inner) : Stream
{
    private long _left = ArchiveLimits.UnpackedBytesMax;
    private long _allowance;

    /// <summary>How much may be read from now on before the next call.</summary>
    public void Allow(long bytes) => _allowance = bytes;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        _left -= read;
        _allowance -= read;
        if (_left < 0) throw new ArchiveException($"the archive unpacks to more than {ArchiveLimits.UnpackedBytesMax} bytes, the limit; split the store");
        if (_allowance < 0) throw new ArchiveException($"the archive has names or padding of more than {ArchiveLimits.BetweenEntriesBytesMax} bytes, the limit; pack it again");
        return read;
    }
}
