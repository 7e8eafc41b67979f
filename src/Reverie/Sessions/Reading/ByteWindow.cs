namespace Reverie.Sessions;

/// <summary>
/// A contiguous, sliding view of a stream: bytes are filled in at the end and consumed at the front. Grows up to a
/// limit, so that a search that keeps failing cannot take all memory.
/// </summary>
internal sealed class ByteWindow(Stream stream, TranscriptReadTally tally, int bytesMax, long textBytesMax)
{
    /// <summary>Bytes asked from the stream at a time, and the size the window starts with.</summary>
    public const int ChunkBytes = 256 * 1024;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(Math.Min(ChunkBytes, bytesMax));
    private int _start;
    private int _end;

    /// <summary>Bytes read and not consumed. Valid until the next fill.</summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    /// <summary>True when the unread bytes have reached the limit: consume some before filling again.</summary>
    public bool IsFull => _end - _start == bytesMax;

    /// <summary>Reads more behind the unread bytes; false at the end of the stream.</summary>
    /// <exception cref="TranscriptLengthException">The reading has met more text than it may.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        tally.TextBytes += count;
        if (tally.TextBytes > textBytesMax) throw new TranscriptLengthException(textBytesMax);
        return count > 0;
    }

    /// <summary>Drops <paramref name="count"/> bytes from the front.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end) _start = _end = 0;
    }

    private void MakeRoom()
    {
        if (IsFull) throw new InvalidOperationException("The window is full; consume before filling.");
        if (_end < _buffer.Length) return;
        var unread = Unread;
        // Moving is only worth it when it frees at least half, or every small step would move everything.
        if (_start >= _buffer.Length / 2)
        {
            unread.CopyTo(_buffer);
        }
        else
        {
            var grown = GC.AllocateUninitializedArray<byte>((int)Math.Min((long)_buffer.Length * 2, (long)_start + bytesMax));
            unread.CopyTo(grown);
            _buffer = grown;
        }
        _end = unread.Length;
        _start = 0;
    }
}
