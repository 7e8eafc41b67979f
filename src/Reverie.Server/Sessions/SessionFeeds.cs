using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>The feeds of all sessions that somebody follows.</summary>
internal sealed class SessionFeeds(Database database, SessionRepository sessions, SessionLog log, TimeProvider clock)
{
    private readonly SharedReads _reads = new(database, log);
    private readonly Lock _lock = new();
    private readonly Dictionary<Id<Session>, SessionFeed> _feeds = [];

    /// <param name="seen">The number of the last event that is not wanted.</param>
    public SessionFeed Join(string workspaceId, Id<Session> id, long seen)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue(id, out var feed)) _feeds[id] = feed = new SessionFeed(database, sessions, _reads, clock, workspaceId, id, seen);
            feed.Followers++;
            return feed;
        }
    }

    public void Leave(SessionFeed feed)
    {
        lock (_lock)
        {
            if (--feed.Followers > 0) return;
            _feeds.Remove(feed.Id);
        }
        feed.Dispose();
    }
}
