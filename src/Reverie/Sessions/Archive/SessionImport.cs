using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Archive;

/// <summary>
/// Keeps the sessions of a stream in the interchange format, plain or gzip. Several are written at a time, because they
/// share commits; never is the whole of it in memory.
/// </summary>
public sealed class SessionImport(Database database, SessionRepository sessions)
{
    /// <summary>Bytes of text in one import, decompressed (4 GiB): a small body can unpack to a thousand times its size.</summary>
    public const long TextBytesMax = 4L << 30;

    /// <summary>Sessions on their way into the database.</summary>
    private const int SessionsAheadMax = 32;

    /// <summary>Text of the sessions on their way into the database, in bytes (32 MiB); one session may be longer. Parsed, it takes several times as much.</summary>
    internal const int BytesAheadMax = 32 * 1024 * 1024;

    /// <summary>
    /// Each session is kept whole or not at all. Unless bad lines are skipped, the first line that is no session ends the
    /// import; what came before stays, and importing the same again goes on from there.
    /// </summary>
    public async Task<SessionImportOutcome> RunAsync(string workspaceId, Stream stream, bool skipsBad, CancellationToken cancellationToken)
    {
        var done = new ImportSummary(0, 0, 0, 0);
        var writing = new WorkAhead<(bool IsNew, int Events)>(SessionsAheadMax, BytesAheadMax);
        try
        {
            var problem = await ReadAsync();
            while (writing.TryTake(out var last)) Count(await last);
            return new SessionImportOutcome(done, problem);
        }
        finally
        {
            // Where one write failed, the others are seen to their end.
            while (writing.TryTake(out var rest)) await ((Task)rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<Exception?> ReadAsync()
        {
            try
            {
                await foreach (var raw in TranscriptFiles.ReadStreamAsync("body", stream, TextBytesMax, cancellationToken))
                {
                    SessionTranscript session;
                    try
                    {
                        session = raw.Parse();
                    }
                    catch (TranscriptFileException) when (skipsBad)
                    {
                        done = done with { Skipped = done.Skipped + 1 };
                        continue;
                    }
                    writing.Add(KeepAsync(session), raw.Utf8.Length);
                    while (writing.IsFull && writing.TryTake(out var next)) Count(await next);
                }
                return null;
            }
            catch (Exception error) when (error is TranscriptFileException or TranscriptLengthException)
            {
                return error;
            }
        }

        async Task<(bool, int)> KeepAsync(SessionTranscript session)
        {
            using (session) return ((await database.WriteAsync(db => sessions.ImportAsync(db, workspaceId, session), cancellationToken)).IsNew, session.Events.Count);
        }

        void Count((bool IsNew, int Events) one) =>
            done = one.IsNew ? done with { Imported = done.Imported + 1, Events = done.Events + one.Events } : done with { AlreadyThere = done.AlreadyThere + 1 };
    }
}

/// <summary>How an import of sessions ended.</summary>
/// <param name="Done">What was done.</param>
/// <param name="Problem">
/// What ended it early: a <see cref="TranscriptFileException"/> for a line that is no session or a damaged stream, a
/// <see cref="TranscriptLengthException"/> for more than <see cref="SessionImport.TextBytesMax"/>; null when it reached the end.
/// </param>
public sealed record SessionImportOutcome(ImportSummary Done, Exception? Problem);
