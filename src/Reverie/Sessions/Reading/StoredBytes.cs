namespace Reverie.Sessions;

/// <summary>A file's bytes as they are stored, counted, with a look at the first ones that also works on a pipe.</summary>
internal sealed class StoredBytes(Stream file, TranscriptReadTally tally) : ForwardStream(file)
{
    private readonly Stream _file = file;
    private ReadOnlyMemory<byte> _peeked;

    /// <summary>The first <paramref name="count"/> bytes, or fewer where the file is shorter; they are read again later.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var read = await _file.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken).AsTask().WaitAsync(cancellationToken);
        _peeked = bytes.AsMemory(0, read);
        return _peeked;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        if (_peeked.Length > 0)
        {
            count = Math.Min(_peeked.Length, buffer.Length);
            _peeked[..count].CopyTo(buffer);
            _peeked = _peeked[count..];
        }
        else
        {
            // A quiet pipe cannot be asked to stop: the read is left behind, so that Ctrl+C need not wait for it.
            count = await _file.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken);
        }
        tally.FileBytes += count;
        return count;
    }
}
