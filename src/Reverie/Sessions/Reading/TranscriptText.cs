using Reverie.Files;

namespace Reverie.Sessions;

/// <summary>One opened session file as plain text: decompressed where it is gzip, without a byte order mark.</summary>
internal sealed class TranscriptText : IAsyncDisposable
{
    /// <summary>
    /// Longest line or array element read, in bytes (64 MiB). A longer one is refused without being held, because a
    /// session of that size is a damaged or hostile file, and everything parsed from it would be several times larger.
    /// </summary>
    public const int ElementBytesMax = 64 * 1024 * 1024;

    private readonly Stream _stream;

    private TranscriptText(string file, Stream stream, TranscriptReadTally tally, long textBytesMax)
    {
        File = file;
        _stream = stream;
        Window = new ByteWindow(stream, tally, ElementBytesMax, textBytesMax);
    }

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>The file's name without directories, <c>.gz</c> and one further extension.</summary>
    public string Stem
    {
        get
        {
            var name = Path.GetFileName(File);
            if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
            var stem = Path.GetFileNameWithoutExtension(name);
            return stem.Length > 0 ? stem : name;
        }
    }

    /// <summary>The text.</summary>
    public ByteWindow Window { get; }

    /// <summary>Opens <paramref name="file"/>, which may be a pipe the shell hands over, and reads its first bytes.</summary>
    /// <exception cref="TranscriptFileException">It does not exist, is no regular file, or may not be read.</exception>
    public static ValueTask<TranscriptText> OpenAsync(string file, TranscriptReadTally tally, CancellationToken cancellationToken) =>
        OpenAsync(file, Open(file), tally, long.MaxValue, cancellationToken);

    /// <summary>The same for bytes that come from elsewhere; disposes <paramref name="source"/> in the end. Text past <paramref name="textBytesMax"/> is refused.</summary>
    /// <exception cref="TranscriptFileException">It cannot be read.</exception>
    public static async ValueTask<TranscriptText> OpenAsync(string file, Stream source, TranscriptReadTally tally, long textBytesMax, CancellationToken cancellationToken)
    {
        var stored = new StoredBytes(source, tally);
        try
        {
            var head = await stored.PeekAsync(2, cancellationToken);
            // Known by its magic bytes: a name is only a promise, and pipes have none.
            Stream stream = head.Span is [0x1f, 0x8b, ..] ? new GzipText(stored) : stored;
            var text = new TranscriptText(file, stream, tally, textBytesMax);
            while (text.Window.Unread.Length < 3 && await text.Window.FillAsync(cancellationToken)) { }
            if (text.Window.Unread.Span.StartsWith("\uFEFF"u8)) text.Window.Consume(3);
            return text;
        }
        catch (Exception error)
        {
            await stored.DisposeAsync();
            if (ReadProblem(error) is { } problem) throw new TranscriptFileException(file, null, problem, error);
            throw;
        }
    }

    /// <summary>What a failure while reading means to the person who named the file; null when it is not about the file.</summary>
    public static string? ReadProblem(Exception error) => error switch
    {
        InvalidDataException => "is a gzip file that is cut off or damaged; get a complete copy, or keep the sessions before the damage with --skip-bad",
        IOException or UnauthorizedAccessException => $"cannot be read: {error.Message}",
        _ => null,
    };

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static FileStream Open(string file)
    {
        if (file.Length == 0) throw new TranscriptFileException("(empty name)", null, "a session file needs a name");
        if (Directory.Exists(file))
            throw new TranscriptFileException(file, null, "is a directory; name the session files in it, e.g. with a shell pattern");
        if (InputFile.Problem(file, takesPipe: true) is { } problem) throw new TranscriptFileException(file, null, problem);
        try
        {
            return new FileStream(file, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            });
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TranscriptFileException(file, null, "does not exist; check the path", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TranscriptFileException(file, null, "may not be read; check its permissions", error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw new TranscriptFileException(file, null, $"cannot be opened: {error.Message}", error);
        }
    }
}
