using Reverie.Dreaming.Review;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Selection;

/// <summary>
/// Applies a filter to the sessions of a workspace. Where it asks for what only a reading shows, sessions that were not
/// read since they last changed are read first, one at a time, and what they show is kept.
/// </summary>
public sealed class SessionSelector(Database database, SessionCandidateRepository candidates, SessionRepository sessions, TimeProvider clock)
{
    /// <summary>Sessions whose signs are kept in one transaction.</summary>
    private const int BatchMax = 200;

    /// <param name="workspaceId">Where.</param>
    /// <param name="filter">The conditions.</param>
    /// <param name="storeId">Whose dreams make a session known; null for those of the store the filter names, or nobody's.</param>
    /// <param name="changed">Only sessions written to last then; null for any.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The choice, and whether only the newest sessions were looked at because there are too many.</returns>
    public async Task<(SessionSelection Selection, bool IsCut)> SelectAsync(string workspaceId, DreamSessionFilter filter, string? storeId, ChangedBetween? changed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await FindAsync();
        if (SessionSelection.NeedsSigns(filter) && found.Where(c => c.Signs is null && SessionSelection.MeetsUnread(filter, c, now)).ToList() is { Count: > 0 } unread)
        {
            await ReadAsync(workspaceId, unread, cancellationToken);
            found = await FindAsync();
        }
        return (SessionSelection.Of(filter, found.Take(SessionCandidateRepository.CandidatesMax), now), found.Count > SessionCandidateRepository.CandidatesMax);

        async ValueTask<List<SessionCandidate>> FindAsync() => await database.ReadAsync(db => candidates.FindAsync(db, workspaceId, filter, storeId, changed, now), cancellationToken);
    }

    private async Task ReadAsync(string workspaceId, List<SessionCandidate> unread, CancellationToken cancellationToken)
    {
        var inspector = new SessionInspector();
        foreach (var batch in unread.Chunk(BatchMax))
        {
            var read = new List<(SessionCandidate Session, SessionSigns Signs)>();
            foreach (var session in batch)
            {
                var line = await database.ReadAsync(db => sessions.ExportAsync(db, workspaceId, Id<Session>.Parse(session.Id)), cancellationToken);
                if (line is not null && TryInspect(inspector, line) is { } signs) read.Add((session, signs));
            }
            await database.WriteAsync(async db =>
            {
                foreach (var (session, signs) in read) await candidates.KeepSignsAsync(db, workspaceId, session, signs);
                return true;
            }, cancellationToken);
        }
    }

    /// <summary>Null for a log that cannot be read: what it shows stays unknown, so a filter that asks for it leaves the session out.</summary>
    private static SessionSigns? TryInspect(SessionInspector inspector, byte[] line)
    {
        try
        {
            using var transcript = SessionTranscript.Parse(line);
            return inspector.Read(transcript);
        }
        catch (TranscriptFormatException)
        {
            return null;
        }
    }
}
