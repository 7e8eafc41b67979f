using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>
/// One session as found in a file, not parsed yet, so that several can be parsed at a time; or, in its place in the
/// order, what could not be read.
/// </summary>
/// <remarks>Owns its bytes: stays valid after the reading went on. Immutable, safe to parse on any thread.</remarks>
public sealed class RawTranscript
{
    private readonly TranscriptFileException? _problem;

    internal RawTranscript(string file, long line, ReadOnlyMemory<byte> utf8)
    {
        File = file;
        Line = line;
        Utf8 = utf8;
    }

    private RawTranscript(TranscriptFileException problem)
    {
        File = problem.File;
        Line = problem.Line;
        _problem = problem;
    }

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>1-based line on which the session begins; null where a whole file is meant.</summary>
    public long? Line { get; }

    /// <summary>The session in the interchange format; empty where nothing could be read.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Parses the session. The caller disposes it.</summary>
    /// <exception cref="TranscriptFileException">The session breaks the format, or could not be read at all.</exception>
    public SessionTranscript Parse()
    {
        if (_problem is not null) throw _problem;
        try
        {
            return SessionTranscript.Parse(Utf8);
        }
        catch (TranscriptFormatException error)
        {
            throw new TranscriptFileException(File, Line, error.Message + "; correct or remove this line, or leave it out with --skip-bad", error);
        }
    }

    internal static RawTranscript Failed(TranscriptFileException problem) => new(problem);

    internal static RawTranscript Failed(string file, long? line, string problem) => new(new TranscriptFileException(file, line, problem));
}
