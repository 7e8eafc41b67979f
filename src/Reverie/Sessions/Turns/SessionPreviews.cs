using System.Collections.Concurrent;
using System.Collections.Immutable;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>
/// Words of a model while they come in, for those who watch at that moment. Nothing is kept: the event that follows has
/// the whole text. Safe for several threads.
/// </summary>
public sealed class SessionPreviews
{
    private readonly ConcurrentDictionary<Id<Session>, ImmutableArray<Action<Preview>>> _watchers = [];

    /// <summary>Calls <paramref name="watcher"/> with each preview of the session, on the thread that made it: it must be quick and not throw.</summary>
    public void Watch(Id<Session> session, Action<Preview> watcher) => _watchers.AddOrUpdate(session, static (_, w) => [w], static (_, all, w) => all.Add(w), watcher);

    public void Unwatch(Id<Session> session, Action<Preview> watcher)
    {
        while (_watchers.TryGetValue(session, out var all))
        {
            var left = all.Remove(watcher);
            if (left.IsEmpty ? _watchers.TryRemove(new(session, all)) : _watchers.TryUpdate(session, left, all)) return;
        }
    }

    internal void Tell(Id<Session> session, Preview preview)
    {
        if (!_watchers.TryGetValue(session, out var all)) return;
        foreach (var watcher in all) watcher(preview);
    }
}

/// <summary>A piece of an event that is not in the log yet.</summary>
/// <param name="ThreadId">Whose event it is; null for the primary thread.</param>
/// <param name="EventId">The event it will be.</param>
/// <param name="EventType">Its wire type.</param>
/// <param name="Index">The content block the text belongs to.</param>
/// <param name="Text">What comes next; null when the event begins.</param>
public sealed record Preview(string? ThreadId, string EventId, string EventType, int Index, string? Text);
