using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>
/// Reads sessions from files of any supported format, in the order of the files and of the sessions in them. No file
/// is ever held in memory: at most one line, one array element or, for Claude Code, one file's
/// events at a time, and a bounded number of sessions and bytes ahead when <see cref="TranscriptReadOptions.Parallelism"/>
/// is above 1.
/// </summary>
/// <remarks>A file may be gzip (told by its first bytes) and may be a pipe the shell hands over.</remarks>
public static class TranscriptFiles
{
    /// <summary>Sessions read ahead of the caller for each one parsed at a time, when several are.</summary>
    private const int ParsedAheadPerCore = 4;

    /// <summary>
    /// Text read ahead of the caller, in bytes (16 MiB); one session may be longer. Parsed, it takes several times as much,
    /// and a small compressed file can hold many of the longest lines.
    /// </summary>
    internal const int BytesAheadMax = 16 * 1024 * 1024;

    /// <summary>Reads and parses <paramref name="files"/>. The caller disposes each session.</summary>
    /// <remarks>
    /// A session whose source and external id were read before is left out and counted as a duplicate: reading the same
    /// file twice changes nothing. Keeps 16 bytes per session to know.
    /// </remarks>
    /// <exception cref="TranscriptFileException">
    /// Something cannot be read and <see cref="TranscriptReadOptions.SkipBad"/> is off. The sessions before it have been
    /// handed out by then.
    /// </exception>
    public static async IAsyncEnumerable<SessionTranscript> ReadAsync(IReadOnlyList<string> files, TranscriptReadOptions options,
        TranscriptReadTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parallelism = Math.Max(1, options.Parallelism);
        // A few more than can run at once, so that one long session does not leave the other cores idle.
        var ahead = parallelism == 1 ? 1 : ParsedAheadPerCore * parallelism;
        var admission = new Admission(options, tally);
        var parsing = new WorkAhead<Parsed>(ahead, BytesAheadMax);
        try
        {
            await foreach (var raw in ReadRawAsync(files, options, tally, cancellationToken))
            {
                parsing.Add(parallelism == 1 ? Task.FromResult(Parse(raw)) : Task.Run(() => Parse(raw), cancellationToken), raw.Utf8.Length);
                while (parsing.IsFull && parsing.TryTake(out var next))
                {
                    if (admission.Admit(await next) is { } session) yield return session;
                }
            }
            while (parsing.TryTake(out var last))
            {
                if (admission.Admit(await last) is { } session) yield return session;
            }
        }
        finally
        {
            while (parsing.TryTake(out var rest))
            {
                await ((Task)rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (rest.IsCompletedSuccessfully) (await rest).Session?.Dispose();
            }
        }
    }

    /// <summary>
    /// Reads <paramref name="files"/> without parsing, for callers that parse on threads of their own. What cannot be
    /// read comes in its place as an entry whose <see cref="RawTranscript.Parse"/> throws; duplicates are not looked for,
    /// and only the bytes are counted in <paramref name="tally"/>.
    /// </summary>
    public static async IAsyncEnumerable<RawTranscript> ReadRawAsync(IReadOnlyList<string> files, TranscriptReadOptions options,
        TranscriptReadTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await using var sessions = ReadFileAsync(file, options, tally, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                RawTranscript? next;
                TranscriptFileException? problem = null;
                try
                {
                    next = await sessions.MoveNextAsync() ? sessions.Current : null;
                }
                catch (TranscriptFileException error)
                {
                    next = null;
                    problem = error;
                }
                catch (Exception error) when (TranscriptText.ReadProblem(error) is { } said)
                {
                    next = null;
                    problem = new TranscriptFileException(file, null, said, error);
                }
                if (next is not null)
                {
                    yield return next;
                    continue;
                }
                if (problem is not null) yield return RawTranscript.Failed(problem);
                break;
            }
        }
    }

    /// <summary>
    /// Reads the interchange format from a stream, plain or gzip, one session at a time and without parsing.
    /// </summary>
    /// <param name="name">What messages call the stream.</param>
    /// <param name="stream">Disposed in the end.</param>
    /// <param name="textBytesMax">Bytes of text to read at most, decompressed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TranscriptFileException">The stream is damaged; the sessions before have been handed out.</exception>
    /// <exception cref="TranscriptLengthException">It holds more than <paramref name="textBytesMax"/>; the sessions before have been handed out.</exception>
    public static async IAsyncEnumerable<RawTranscript> ReadStreamAsync(string name, Stream stream, long textBytesMax, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var text = await TranscriptText.OpenAsync(name, stream, new TranscriptReadTally(), textBytesMax, cancellationToken);
        await using var sessions = ReverieReader.ReadAsync(text, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await sessions.MoveNextAsync()) yield break;
            }
            catch (InvalidDataException error)
            {
                throw new TranscriptFileException(name, null, TranscriptText.ReadProblem(error)!, error);
            }
            yield return sessions.Current;
        }
    }

    /// <summary>
    /// Converts <paramref name="files"/> of any format to one file of the interchange format, gzip when
    /// <paramref name="toFile"/> ends in <c>.gz</c>, which appears whole or not at all.
    /// </summary>
    /// <exception cref="TranscriptFileException">
    /// Something cannot be read and <see cref="TranscriptReadOptions.SkipBad"/> is off, or the file cannot be written.
    /// Nothing was written then.
    /// </exception>
    public static async Task ImportAsync(IReadOnlyList<string> files, TranscriptReadOptions options, string toFile,
        TranscriptReadTally tally, CancellationToken cancellationToken)
    {
        await using var writer = TranscriptWriter.Create(toFile);
        await foreach (var session in ReadAsync(files, options, tally, cancellationToken))
        {
            using (session) await writer.WriteAsync(session, cancellationToken);
        }
        await writer.CompleteAsync();
    }

    private static async IAsyncEnumerable<RawTranscript> ReadFileAsync(string file, TranscriptReadOptions options, TranscriptReadTally tally,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var text = await TranscriptText.OpenAsync(file, tally, cancellationToken);
        var sessions = await FileShapes.OfAsync(text, options.Format, cancellationToken) switch
        {
            FileShape.Reverie => ReverieReader.ReadAsync(text, cancellationToken),
            FileShape.TauBench => TauBenchReader.ReadAsync(text, options.Agent, cancellationToken),
            FileShape.Tau2Bench => Tau2BenchReader.ReadAsync(text, options.Agent, cancellationToken),
            FileShape.ClaudeCodeLines => ClaudeCodeReader.ReadLinesAsync(text, options.Agent, cancellationToken),
            FileShape.ClaudeCodeExport => ClaudeCodeReader.ReadExportAsync(text, options.Agent, cancellationToken),
            FileShape.SweAgent => SweAgentReader.ReadAsync(text, options.Agent, cancellationToken),
            var other => throw new System.Diagnostics.UnreachableException($"no reader for {other}"),
        };
        await foreach (var session in sessions) yield return session;
    }

    private static Parsed Parse(RawTranscript raw)
    {
        try
        {
            return new Parsed(raw.Parse(), null);
        }
        catch (TranscriptFileException problem)
        {
            return new Parsed(null, problem);
        }
    }

    private readonly record struct Parsed(SessionTranscript? Session, TranscriptFileException? Problem);

    /// <summary>Decides, session by session in order, what the caller gets to see.</summary>
    private sealed class Admission(TranscriptReadOptions options, TranscriptReadTally tally)
    {
        private readonly HashSet<UInt128> _seen = [];

        public SessionTranscript? Admit(Parsed parsed)
        {
            if (parsed.Problem is { } problem)
            {
                if (!options.SkipBad) throw problem;
                tally.CountSkip(problem);
                return null;
            }
            var session = parsed.Session!;
            if (_seen.Add(Fingerprint(session)))
            {
                tally.CountSession();
                return session;
            }
            tally.CountDuplicate();
            session.Dispose();
            return null;
        }

        // Half a SHA-256 instead of the two strings: a million sessions then cost megabytes, not hundreds of them.
        private static UInt128 Fingerprint(SessionTranscript session)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes($"{session.Source}\0{session.ExternalId}"), hash);
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
        }
    }
}
