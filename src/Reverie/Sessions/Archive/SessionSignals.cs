using System.Collections.Concurrent;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Archive;

/// <summary>Tells those who follow a session that its log has grown. Carries no data: a lost signal costs time, not events.</summary>
public sealed class SessionSignals
{
    private readonly ConcurrentDictionary<Id<Session>, TaskCompletionSource> _waiting = new();

    /// <summary>Completes at the next growth of the log in this process. Ask before looking, so that none is missed.</summary>
    public Task Next(Id<Session> id) => _waiting.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The log has grown, and the growth can be read.</summary>
    public void Pulse(Id<Session> id)
    {
        if (_waiting.TryRemove(id, out var waiting)) waiting.TrySetResult();
    }
}
