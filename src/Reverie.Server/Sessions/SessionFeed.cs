using System.Text;
using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>
/// The newest events of one session, for all who follow it: each is read from the log and put into its frame once, however
/// many follow. Only the newest are kept; who falls behind reads the log. Safe for several threads.
/// </summary>
internal sealed class SessionFeed(Database database, SessionRepository sessions, SharedReads reads, TimeProvider clock, string workspaceId, Id<Session> id, long seen) : IDisposable
{
    /// <summary>Events that are kept, beside those of the last read, for who is a little behind.</summary>
    private const int KeptMax = 8;

    /// <summary>Bytes of their frames (64 KiB).</summary>
    private const int KeptBytesMax = 64 * 1024;

    private const int PageMax = 1000;

    /// <summary>How often the log is looked at for events that another process wrote.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _deserted = new();
    private volatile Recent _recent = new(seen, [], IsGone: false);
    private Task _woken = Task.CompletedTask;
    private Task? _growing;

    public Id<Session> Id => id;

    /// <summary>How many follow; kept by <see cref="SessionFeeds"/>.</summary>
    public int Followers { get; set; }

    /// <summary>What is there after an event, in the order of the log, perhaps not all of it; and whether the session was deleted.</summary>
    /// <param name="isFresh">All that was committed before the call is wanted, for who has heard of something that follows it.</param>
    public async ValueTask<(IReadOnlyList<FollowedEvent> Events, bool IsGone)> AfterAsync(long after, bool isFresh, CancellationToken cancellationToken)
    {
        var recent = _recent;
        if (!isFresh && after >= recent.After) return (recent.Since(after), recent.IsGone);
        var events = await ReadAsync(after, cancellationToken);
        return (events, events.Count == 0 && recent.IsGone);
    }

    /// <summary>Completes when there may be more after an event. The same for all who wait; one of them reads for all.</summary>
    public Task MoreAsync(long after)
    {
        lock (_lock)
        {
            if (_recent.IsGone || after < _recent.Last) return Task.CompletedTask;
            return _growing ??= GrowAsync();
        }
    }

    /// <summary>Nobody follows any more.</summary>
    public void Dispose()
    {
        _deserted.Cancel();
        _deserted.Dispose();
    }

    private async Task GrowAsync()
    {
        var deserted = _deserted.Token;
        // Whoever asked holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (true)
            {
                await WakeUps.WaitAsync(_woken, LookEvery, clock, deserted);
                // Asked first, looked second: nothing that is written meanwhile is missed.
                _woken = database.WakeUps.Next(id);
                var read = await ReadAsync(_recent.Last, deserted);
                var isGone = read.Count == 0 && await database.ReadAsync(async db => await sessions.FindAsync(db, workspaceId, id) is null, deserted);
                if (read.Count == 0 && !isGone) continue;
                _recent = _recent.With(read, isGone);
                return;
            }
        }
        catch
        {
            // What could not be read now is read by the next who asks.
            _woken = Task.CompletedTask;
            throw;
        }
        finally
        {
            lock (_lock) _growing = null;
        }
    }

    private async ValueTask<List<FollowedEvent>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (await reads.ReadAsync(workspaceId, id, after, PageMax)).ConvertAll(static e => new FollowedEvent(e));
    }

    /// <param name="After">The number of the event before the first of <paramref name="Events"/>.</param>
    /// <param name="Events">None is missing between them.</param>
    /// <param name="IsGone">The session was deleted.</param>
    private sealed record Recent(long After, FollowedEvent[] Events, bool IsGone)
    {
        public long Last => Events.Length == 0 ? After : Events[^1].Entry.Seq;

        public ArraySegment<FollowedEvent> Since(long after)
        {
            var first = Events.Length;
            while (first > 0 && Events[first - 1].Entry.Seq > after) first--;
            return new ArraySegment<FollowedEvent>(Events, first, Events.Length - first);
        }

        public Recent With(List<FollowedEvent> more, bool isGone)
        {
            var (first, bytes) = (Events.Length, 0);
            while (first > 0 && Events.Length - first < KeptMax && (bytes += Events[first - 1].Frame.Length) <= KeptBytesMax) first--;
            return new Recent(first == 0 ? After : Events[first - 1].Entry.Seq, [.. Events.AsSpan(first), .. more], isGone);
        }
    }
}

/// <summary>An event of the log and what a stream sends of it.</summary>
internal sealed class FollowedEvent(LoggedEvent entry)
{
    public LoggedEvent Entry => entry;

    public byte[] Frame { get; } = FrameOf(entry.Type, entry.Json);

    /// <summary>Of an event on the session's list that waits when it comes in: its id, and whether it waits still. Null for others.</summary>
    public (string Id, bool IsWaiting)? Input { get; } = entry.ThreadId is null && TurnEvents.Waits(entry.Type) ? InputOf(entry.Json) : null;

    /// <summary>One frame of a stream. Between the tokens of JSON a line may end, in a frame it must not.</summary>
    public static byte[] FrameOf(string name, string json) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {json.Replace('\n', ' ').Replace('\r', ' ')}\n\n");

    private static (string Id, bool IsWaiting) InputOf(string json)
    {
        using var whole = JsonDocument.Parse(json);
        return (whole.RootElement.GetProperty("id").GetString()!, whole.RootElement.GetProperty("processed_at").ValueKind == JsonValueKind.Null);
    }
}
