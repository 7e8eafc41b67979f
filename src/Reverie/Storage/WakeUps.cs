using System.Collections.Concurrent;

namespace Reverie.Storage;

/// <summary>
/// Tells those who wait that something was committed in this process. What another process writes is not told, so
/// whoever waits also looks again now and then: a wake-up saves time and never decides correctness.
/// </summary>
public sealed class WakeUps
{
    /// <summary>Topics share slots, so that topics nobody ever wakes take no memory; to be woken for another topic costs a look.</summary>
    private const int Slots = 16_384;

    /// <summary>Null where nobody waits.</summary>
    private readonly TaskCompletionSource?[] _waiting = new TaskCompletionSource?[Slots];
    private readonly ConcurrentDictionary<Action<object>, bool> _followers = [];

    /// <summary>Calls <paramref name="follower"/> with each topic after the commit, on the thread that committed: it must be quick and not throw.</summary>
    public void Follow(Action<object> follower) => _followers.TryAdd(follower, true);

    public void Unfollow(Action<object> follower) => _followers.TryRemove(follower, out _);

    /// <summary>Completes when <paramref name="topic"/> is next woken, or now and then before. Ask first, look second, then wait: nothing is missed.</summary>
    public Task Next(object topic)
    {
        ref var slot = ref Slot(topic);
        if (Volatile.Read(ref slot) is { } waiting) return waiting.Task;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref slot, first, null) ?? first).Task;
    }

    /// <summary>Waits for what <see cref="Next"/> gave, or until it is time to look again because another process may have written.</summary>
    /// <exception cref="OperationCanceledException">Told to stop.</exception>
    public static async Task WaitAsync(Task next, TimeSpan lookEvery, TimeProvider clock, CancellationToken cancellationToken)
    {
        await next.WaitAsync(lookEvery, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    internal void Wake(IReadOnlyCollection<object> topics)
    {
        foreach (var topic in topics)
        {
            foreach (var follower in _followers.Keys) follower(topic);
            Interlocked.Exchange(ref Slot(topic), null)?.SetResult();
        }
    }

    private ref TaskCompletionSource? Slot(object topic) => ref _waiting[(uint)topic.GetHashCode() % Slots];
}
