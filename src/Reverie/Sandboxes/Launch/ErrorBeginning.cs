using System.Text;

namespace Reverie.Sandboxes.Launch;

/// <summary>Reads a stream of errors to its end and keeps the beginning.</summary>
internal sealed class ErrorBeginning
{
    private const int BytesMax = 4_096;
    private readonly byte[] _kept = new byte[BytesMax];
    private int _count;

    public ErrorBeginning(Stream stream) => Ended = ReadAsync(stream);

    /// <summary>Completes when the stream has ended.</summary>
    public Task Ended { get; }

    public string Text => Encoding.UTF8.GetString(_kept, 0, Volatile.Read(ref _count)).Trim();

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[BytesMax];
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
            {
                var taken = Math.Min(read, BytesMax - _count);
                buffer.AsSpan(0, taken).CopyTo(_kept.AsSpan(_count));
                Volatile.Write(ref _count, _count + taken);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone, and with it its complaints.
        }
    }
}
