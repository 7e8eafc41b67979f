using System.Collections.Concurrent;

namespace Reverie.Server.Tests.Hosting;

/// <summary>
/// Time that stands still until it is advanced. Its timestamps tick at an odd rate, so that confusing them with ticks shows.
/// Its timers go off by real time, or as soon as time was advanced far enough.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<Timer, bool> _timers = new();
    private long _elapsedTicks;

    public override long TimestampFrequency => 3_333_333;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Interlocked.Read(ref _elapsedTicks));

    public override long GetTimestamp() => (long)((Int128)Interlocked.Read(ref _elapsedTicks) * TimestampFrequency / TimeSpan.TicksPerSecond);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, callback, state, dueTime, period);

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _elapsedTicks, by.Ticks);
        foreach (var timer in _timers.Keys) timer.Advance(by);
    }

    private sealed class Timer : ITimer
    {
        private readonly TestClock _clock;
        private readonly ITimer _real;
        private readonly Lock _lock = new();
        private TimeSpan _due;
        private TimeSpan _period;

        public Timer(TestClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_clock, _due, _period) = (clock, dueTime, period);
            _real = System.CreateTimer(callback, state, dueTime, period);
            _clock._timers[this] = true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock) (_due, _period) = (dueTime, period);
            return _real.Change(dueTime, period);
        }

        public void Advance(TimeSpan by)
        {
            lock (_lock)
            {
                if (_due < TimeSpan.Zero) return;
                _due -= by;
                if (_due > TimeSpan.Zero) return;
                _due = _period;
                _real.Change(TimeSpan.Zero, _period);
            }
        }

        public void Dispose()
        {
            _clock._timers.TryRemove(this, out _);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _clock._timers.TryRemove(this, out _);
            return _real.DisposeAsync();
        }
    }
}
