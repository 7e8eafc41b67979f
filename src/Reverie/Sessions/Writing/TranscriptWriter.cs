using System.Buffers;
using System.IO.Compression;
using Reverie.Files;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>
/// Writes sessions to a <c>*.sessions.jsonl</c> file, one compact line each, gzip when its name ends in <c>.gz</c>.
/// Every field is written as it was read, unknown ones too: only blanks between values go.
/// </summary>
/// <remarks>
/// The file appears, or replaces an earlier one, on <see cref="CompleteAsync"/>; disposed without it, nothing has
/// changed. Not for several threads at a time.
/// </remarks>
public sealed class TranscriptWriter : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly string _file;
    private readonly string _draft;
    private readonly FileStream _stored;
    private readonly Stream _text;
    private readonly ArrayBufferWriter<byte> _line = new();
    private bool _isClosed;

    private TranscriptWriter(string file, string draft, FileStream stored)
    {
        _file = file;
        _draft = draft;
        _stored = stored;
        _text = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stored, CompressionLevel.Optimal, leaveOpen: true) : stored;
    }

    /// <summary>Starts writing what will be <paramref name="file"/>.</summary>
    /// <exception cref="TranscriptFileException">Nothing can be written there.</exception>
    public static TranscriptWriter Create(string file)
    {
        if (file.Length == 0) throw new TranscriptFileException("(empty name)", null, "the file to write needs a name");
        if (OutputFile.Problem(file) is { } problem) throw new TranscriptFileException(file, null, problem);
        // Beside the target, so that the rename stays within one file system.
        var draft = $"{file}.{Guid.NewGuid():N}.tmp";
        return Guard(file, () => new TranscriptWriter(file, draft, new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes)));
    }

    /// <summary>Writes one session.</summary>
    /// <exception cref="TranscriptFileException">The disk is full or gone.</exception>
    public async ValueTask WriteAsync(SessionTranscript session, CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        CompactJson.Write(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(session.Raw), _line);
        _line.Write("\n"u8);
        try
        {
            await _text.WriteAsync(_line.WrittenMemory, cancellationToken);
        }
        catch (IOException error)
        {
            throw new TranscriptFileException(_file, null, $"cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Puts the finished file in place.</summary>
    /// <exception cref="TranscriptFileException">It cannot be finished; an earlier file is untouched.</exception>
    public async ValueTask CompleteAsync()
    {
        try
        {
            // The last compressed bytes come with closing.
            if (_text != _stored) await _text.DisposeAsync();
            await _stored.FlushAsync(CancellationToken.None);
            _stored.Flush(flushToDisk: true);
            await _stored.DisposeAsync();
            _isClosed = true;
            OutputFile.Replace(_draft, _file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TranscriptFileException(_file, null, $"cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Drops the draft unless it was completed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_isClosed && _text != _stored) await _text.DisposeAsync();
            await _stored.DisposeAsync();
        }
        catch (IOException)
        {
            // A full disk already said so when writing; the draft goes either way.
        }
        if (File.Exists(_draft)) File.Delete(_draft);
    }

    private static T Guard<T>(string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TranscriptFileException(file, null, $"cannot be written: {error.Message}", error);
        }
    }
}
