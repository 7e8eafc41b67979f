namespace Reverie.Sessions.Hands;

/// <summary>
/// Things that stay open while they are used and for a while after. The first use opens one, uses at the same time share it,
/// and it is closed when it was idle for long or when another needs its place. A failed opening leaves nothing behind.
/// </summary>
/// <param name="openMax">How many are open at once; with so many in use a further one waits until one is idle.</param>
/// <param name="idleFor">After how long without use <see cref="CloseIdleAsync"/> closes one.</param>
/// <param name="clock">Tells how long.</param>
/// <param name="closingFailed">Told of what goes wrong in closing; the place is free all the same.</param>
internal sealed class IdlePool<TKey, T>(int openMax, TimeSpan idleFor, TimeProvider clock, Action<Exception> closingFailed) : IAsyncDisposable
    where TKey : notnull
    where T : class, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly SemaphoreSlim _places = new(openMax);
    private int _waiting;

    /// <summary>Runs <paramref name="work"/> with what is open for the key, opened if need be. It is not closed meanwhile.</summary>
    /// <exception cref="Exception">What <paramref name="open"/> or <paramref name="work"/> throws; the next use opens anew.</exception>
    public async Task<TResult> UseAsync<TResult>(TKey key, Func<T> open, Func<T, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var entry = Take(key);
        try
        {
            return await work(await OpenAsync(entry, open, cancellationToken));
        }
        finally
        {
            await GiveBackAsync(entry);
        }
    }

    /// <summary>Closes what has been idle for long.</summary>
    public async Task CloseIdleAsync()
    {
        foreach (var entry in TakeIdle(clock.GetTimestamp()))
        {
            await CloseAsync(entry, isForced: false);
            await GiveBackAsync(entry);
        }
    }

    /// <summary>Closes what is open for the key, whoever uses it.</summary>
    public async Task CloseAsync(TKey key)
    {
        var entry = Take(key);
        await CloseAsync(entry, isForced: true);
        await GiveBackAsync(entry);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        List<TKey> keys;
        lock (_lock) keys = [.. _entries.Keys];
        await Task.WhenAll(keys.Select(CloseAsync));
    }

    private Entry Take(TKey key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry)) _entries[key] = entry = new Entry(key);
            entry.Uses++;
            return entry;
        }
    }

    private List<Entry> TakeIdle(long now)
    {
        lock (_lock)
        {
            var idle = _entries.Values.Where(e => e is { Uses: 0, Value: not null } && clock.GetElapsedTime(e.UsedAt, now) >= idleFor).ToList();
            foreach (var entry in idle) entry.Uses++;
            return idle;
        }
    }

    private async Task<T> OpenAsync(Entry entry, Func<T> open, CancellationToken cancellationToken)
    {
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            if (entry.Value is { } value) return value;
            await TakePlaceAsync(cancellationToken);
            try
            {
                var opened = open();
                lock (_lock) entry.Value = opened;
                return opened;
            }
            catch
            {
                _places.Release();
                throw;
            }
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task TakePlaceAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(0, CancellationToken.None)) return;
        Entry? oldest;
        lock (_lock)
        {
            // Whoever ends a use from now on sees that a place is wanted.
            _waiting++;
            oldest = _entries.Values.Where(static e => e is { Uses: 0, Value: not null }).MinBy(static e => e.UsedAt);
            if (oldest is not null) oldest.Uses++;
        }
        try
        {
            if (oldest is not null)
            {
                await CloseAsync(oldest, isForced: false);
                await GiveBackAsync(oldest);
            }
            await _places.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock) _waiting--;
        }
    }

    /// <param name="isForced">Closes it even where others use it.</param>
    private async Task CloseAsync(Entry entry, bool isForced)
    {
        await entry.Gate.WaitAsync();
        try
        {
            T value;
            lock (_lock)
            {
                if (entry.Value is not { } open || (entry.Uses > 1 && !isForced)) return;
                (value, entry.Value) = (open, null);
            }
            await value.DisposeAsync();
            _places.Release();
        }
#pragma warning disable CA1031 // Whoever waits for the place must not suffer from what held it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _places.Release();
            closingFailed(error);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task GiveBackAsync(Entry entry)
    {
        while (true)
        {
            lock (_lock)
            {
                entry.Uses--;
                entry.UsedAt = clock.GetTimestamp();
                if (entry.Uses > 0) return;
                if (entry.Value is null) _entries.Remove(entry.Key);
                if (entry.Value is null || _waiting == 0) return;
                entry.Uses++;
            }
            await CloseAsync(entry, isForced: false);
        }
    }

    private sealed class Entry(TKey key)
    {
        public TKey Key { get; } = key;

        /// <summary>Held while it is opened or closed.</summary>
        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>Null while closed.</summary>
        public T? Value { get; set; }

        /// <summary>Calls that use it, wait for it, or are about to close it.</summary>
        public int Uses { get; set; }

        /// <summary>A timestamp of the clock.</summary>
        public long UsedAt { get; set; }
    }
}
