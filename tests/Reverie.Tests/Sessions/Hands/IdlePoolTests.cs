using Reverie.Sessions.Hands;

namespace Reverie.Tests.Sessions.Hands;

public sealed class IdlePoolTests
{
    private static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(10);

    private readonly HandClock _clock = new();
    private readonly List<Exception> _failures = [];
    private readonly List<Place> _opened = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Uses_of_one_key_share_what_is_open()
    {
        await using var pool = Pool(1);
        var first = await BeginAsync(pool, "a");

        Assert.Same(first.Place, await pool.UseAsync("a", Open, Task.FromResult, Cancelled));
        await first.EndAsync();
        Assert.Same(first.Place, await pool.UseAsync("a", Open, Task.FromResult, Cancelled));

        Assert.Single(_opened);
    }

    [Fact]
    public async Task What_was_idle_for_long_is_closed_and_opened_by_the_next_use()
    {
        await using var pool = Pool(2);
        await pool.UseAsync("a", Open, Task.FromResult, Cancelled);
        var used = await BeginAsync(pool, "b");
        _clock.Advance(IdleFor - TimeSpan.FromSeconds(1));
        await pool.CloseIdleAsync();
        Assert.False(_opened[0].IsClosed);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await pool.CloseIdleAsync();

        Assert.True(_opened[0].IsClosed);
        Assert.False(used.Place.IsClosed);
        await used.EndAsync();
        await pool.CloseIdleAsync();
        Assert.False(used.Place.IsClosed);
        Assert.NotSame(_opened[0], await pool.UseAsync("a", Open, Task.FromResult, Cancelled));
    }

    [Fact]
    public async Task The_one_idle_for_longest_makes_room()
    {
        await using var pool = Pool(2);
        await pool.UseAsync("a", Open, Task.FromResult, Cancelled);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await pool.UseAsync("b", Open, Task.FromResult, Cancelled);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await pool.UseAsync("a", Open, Task.FromResult, Cancelled);

        await pool.UseAsync("c", Open, Task.FromResult, Cancelled);

        Assert.Equal([false, true, false], _opened.Select(static p => p.IsClosed));
    }

    [Fact]
    public async Task With_all_in_use_a_further_one_waits_for_the_first_to_end()
    {
        await using var pool = Pool(1);
        var first = await BeginAsync(pool, "a");
        var second = pool.UseAsync("b", Open, Task.FromResult, Cancelled);
        using var impatient = new CancellationTokenSource();
        var third = pool.UseAsync("c", Open, Task.FromResult, impatient.Token);
        Assert.False(second.IsCompleted);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        await first.EndAsync();

        Assert.False((await second).IsClosed);
        Assert.True(first.Place.IsClosed);
        Assert.Equal(2, _opened.Count);
    }

    [Fact]
    public async Task A_failed_opening_is_tried_again_and_takes_no_place()
    {
        await using var pool = Pool(1);

        await Assert.ThrowsAsync<IOException>(() => pool.UseAsync("a", static () => throw new IOException("full"), Task.FromResult, Cancelled));

        Assert.False((await pool.UseAsync("a", Open, Task.FromResult, Cancelled)).IsClosed);
    }

    [Fact]
    public async Task A_failed_closing_is_told_and_gives_its_place_back()
    {
        await using var pool = Pool(1);
        await pool.UseAsync("a", () => new Place { FailsToClose = true }, Task.FromResult, Cancelled);

        await pool.UseAsync("b", Open, Task.FromResult, Cancelled);

        Assert.IsType<InvalidOperationException>(Assert.Single(_failures));
    }

    [Fact]
    public async Task Closing_a_key_does_not_wait_for_its_uses()
    {
        await using var pool = Pool(1);
        var use = await BeginAsync(pool, "a");

        await pool.CloseAsync("a");

        Assert.True(use.Place.IsClosed);
        await use.EndAsync();
    }

    [Fact]
    public async Task Never_are_more_open_than_may_be_and_none_in_use_is_closed()
    {
        await using var pool = Pool(3);
        var open = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await pool.UseAsync($"{((worker * 7) + i) % 5}", () =>
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref open));
                    return new Place { Closing = () => Interlocked.Decrement(ref open) };
                }, static async place =>
                {
                    await Task.Yield();
                    Assert.False(place.IsClosed);
                    return 0;
                }, Cancelled);
                if (i % 20 == worker) await pool.CloseIdleAsync();
            }
        }, Cancelled)));

        Assert.InRange(most, 1, 3);
        await pool.DisposeAsync();
        Assert.Equal(0, open);
        Assert.Empty(_failures);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most) Interlocked.CompareExchange(ref most, value, seen);
    }

    private IdlePool<string, Place> Pool(int openMax) => new(openMax, IdleFor, _clock, _failures.Add);

    private Place Open()
    {
        _opened.Add(new Place());
        return _opened[^1];
    }

    private async Task<Use> BeginAsync(IdlePool<string, Place> pool, string key)
    {
        var begun = new TaskCompletionSource<Place>(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = pool.UseAsync(key, Open, async place =>
        {
            begun.SetResult(place);
            await end.Task;
            return 0;
        }, Cancelled);
        return new Use(await begun.Task, end, ended);
    }

    private sealed record Use(Place Place, TaskCompletionSource End, Task Ended)
    {
        public Task EndAsync()
        {
            End.SetResult();
            return Ended;
        }
    }

    private sealed class Place : IAsyncDisposable
    {
        public bool FailsToClose { get; init; }

        public Action Closing { get; init; } = static () => { };

        public bool IsClosed { get; private set; }

        public ValueTask DisposeAsync()
        {
            if (FailsToClose) throw new InvalidOperationException("it stays");
            IsClosed = true;
            Closing();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
