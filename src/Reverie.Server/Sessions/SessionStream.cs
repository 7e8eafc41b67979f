using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>
/// A session's events as server-sent events: what is appended from now on, in the order of the log, and previews for those
/// who ask. Ends when the session is archived or deleted, or the server stops. Events are read from the log as fast as the
/// reader takes them, once for all who follow; nothing waits in memory for a slow one, and previews are cut short before they would.
/// </summary>
internal sealed class SessionStream(Database database, SessionRepository sessions, SessionLog log, SessionFeeds feeds, SessionPreviews previews, IHostApplicationLifetime lifetime, IdGenerator ids, TimeProvider clock)
{
    /// <summary>How often a stream says that it is alive.</summary>
    public static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>A reader that takes nothing for so long is cut off.</summary>
    public static readonly TimeSpan StalledAfter = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that are put together before they are sent (64 KiB).</summary>
    private const int UnsentBytesMax = 64 * 1024;

    private const int PreviewsMax = 1024;
    private const int DeltaValuesMax = 100;
    private const string Ping = """{"type":"ping"}""";

    /// <summary>Asks for previews.</summary>
    public static Parameter Deltas { get; } = Parameter.Many("event_deltas", "Show the words of these events while they come in.", EventTypes.AgentMessage, EventTypes.AgentThinking);

    /// <param name="http">The request; its answer is the stream.</param>
    /// <param name="id">The session.</param>
    /// <param name="thread">The thread whose own stream it is; null for the session's.</param>
    public async Task FollowAsync(HttpContext http, Id<Session> id, SessionThread? thread)
    {
        var previewed = PreviewedTypes(http);
        var workspace = Caller.Of(http).WorkspaceId;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var (session, seen) = await database.ReadAsync(async db =>
            (await sessions.FindAsync(db, workspace, id) ?? throw SessionEndpoints.NotFound(id), await log.LastAsync(db, workspace, id)), ending.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        var incoming = previewed.Count == 0 ? null : new PreviewQueue(PreviewsMax, previewed, ListOf(thread));
        if (incoming is not null) previews.Watch(id, incoming.Take);
        var feed = feeds.Join(workspace, id, seen);
        try
        {
            Write(http, "ping", Ping);
            await FlushAsync(http, ending.Token);
            if (session.ArchivedAt is null) await FollowAsync(http, feed, seen, thread, incoming, ending.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The server stops: the stream ends in order, and the client finds the rest in the list.
        }
        catch (TimeoutException)
        {
            http.Abort();
        }
        finally
        {
            feeds.Leave(feed);
            if (incoming is not null) previews.Unwatch(id, incoming.Take);
        }
    }

    private async Task FollowAsync(HttpContext http, SessionFeed feed, long seen, SessionThread? thread, PreviewQueue? incoming, CancellationToken ended)
    {
        var pinged = clock.GetTimestamp();
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            // Taken before the log is read: what a preview belongs to has begun there, and has perhaps ended.
            var early = incoming?.Drain() ?? [];
            var (events, isGone) = await feed.AfterAsync(seen, isFresh: early.Count > 0, ended);
            // A turn may have taken an event up before this reader came to it: it is shown waiting first all the same.
            foreach (var followed in ListOf(thread) is null ? events : [])
            {
                if (followed.Input is not { } input) continue;
                if (input.IsWaiting) waiting.Add(input.Id);
                else if (!waiting.Remove(input.Id)) Write(http, followed.Entry.Type, SessionLog.AsItWaited(followed.Entry));
            }
            var isOver = false;
            foreach (var followed in events)
            {
                var entry = followed.Entry;
                seen = entry.Seq;
                isOver = entry.Type == SessionLog.Terminated.Type;
                if (isOver && thread is not null) break;
                if (entry.ThreadId != ListOf(thread) || (thread is not null && ThreadView.SessionOnly.Contains(entry.Type))) continue;
                foreach (var preview in incoming?.End(entry, early) ?? []) Write(http, preview);
                http.Response.BodyWriter.Write(followed.Frame);
                if (http.Response.BodyWriter.UnflushedBytes >= UnsentBytesMax) await FlushAsync(http, ended);
                isOver |= entry.Type == EventTypes.ThreadTerminated && ListOf(thread) is not null;
                if (isOver) break;
            }
            if (isOver)
            {
                await FlushAsync(http, ended);
                return;
            }
            foreach (var preview in early) Write(http, preview);
            if (isGone)
            {
                Write(http, EventTypes.SessionDeleted, $$"""{"id":"{{ids.New("sevt")}}","type":"session.deleted","processed_at":"{{Rfc3339.Write(clock.GetUtcNow())}}"}""");
                await FlushAsync(http, ended);
                return;
            }
            if (clock.GetElapsedTime(pinged) >= PingEvery)
            {
                pinged = clock.GetTimestamp();
                Write(http, "ping", Ping);
            }
            await FlushAsync(http, ended);
            var quiet = PingEvery - clock.GetElapsedTime(pinged);
            if (quiet <= TimeSpan.Zero) continue;
            var more = feed.MoreAsync(seen);
            await WakeUps.WaitAsync(incoming is null ? more : Task.WhenAny(more, incoming.MoreAsync(ended)), quiet, clock, ended);
            if (more.IsFaulted) await more;
        }
    }

    /// <summary>The thread whose list a stream follows; null for the session's list, which is the primary thread's too.</summary>
    private static string? ListOf(SessionThread? thread) => thread?.ParentThreadId is null ? null : thread.Id.Value;

    private static void Write(HttpContext http, Preview preview)
    {
        if (preview.Text is null) Write(http, "event_start", $$$"""{"type":"event_start","event":{"type":"{{{preview.EventType}}}","id":"{{{preview.EventId}}}"}}""");
        else Write(http, "event_delta", $$$$"""{"type":"event_delta","event_id":"{{{{preview.EventId}}}}","delta":{"type":"content_delta","index":{{{{preview.Index}}}},"content":{"type":"text","text":"{{{{JsonEncodedText.Encode(preview.Text)}}}}"}}}""");
    }

    private static void Write(HttpContext http, string name, string json) => http.Response.BodyWriter.Write(FollowedEvent.FrameOf(name, json));

    /// <summary>Sends what was written, and waits until the reader can take more.</summary>
    /// <exception cref="TimeoutException">The reader takes nothing.</exception>
    private async ValueTask FlushAsync(HttpContext http, CancellationToken cancellationToken) =>
        await http.Response.BodyWriter.FlushAsync(cancellationToken).AsTask().WaitAsync(StalledAfter, clock, cancellationToken);

    private static IReadOnlyList<string> PreviewedTypes(HttpContext http)
    {
        var types = http.Many("event_deltas");
        if (types.Count > DeltaValuesMax) throw ApiException.Invalid($"event_deltas[] may be given {DeltaValuesMax} times, not {types.Count}.");
        foreach (var type in types)
        {
            if (type is not (EventTypes.AgentMessage or EventTypes.AgentThinking)) throw ApiException.Invalid($"event_deltas[] must be agent.message or agent.thinking, not {ApiException.Quoted(type)}.");
        }
        return types;
    }

    /// <summary>Previews on their way to one reader. When they pile up, those of the event under way end early.</summary>
    private sealed class PreviewQueue(int max, IReadOnlyList<string> types, string? threadId)
    {
        private readonly Channel<Preview> _queue = Channel.CreateBounded<Preview>(new BoundedChannelOptions(max) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);

        /// <summary>Called by the one who runs the model: one preview after the other.</summary>
        public void Take(Preview preview)
        {
            if (preview.ThreadId != threadId || !types.Contains(preview.EventType)) return;
            // Who came in the middle, or lost a piece, gets nothing more of that event.
            if (preview.Text is null ? !_open.TryAdd(preview.EventId, true) : !_open.ContainsKey(preview.EventId)) return;
            if (!_queue.Writer.TryWrite(preview)) _open.TryRemove(preview.EventId, out _);
        }

        public List<Preview> Drain()
        {
            var previews = new List<Preview>();
            while (_queue.Reader.TryRead(out var preview)) previews.Add(preview);
            return previews;
        }

        /// <summary>The previews of an event that is about to be written whole: it is the last that is heard of it.</summary>
        public List<Preview> End(LoggedEvent entry, List<Preview> early)
        {
            if (!types.Contains(entry.Type)) return [];
            using var whole = JsonDocument.Parse(entry.Json);
            var id = whole.RootElement.GetProperty("id").GetString()!;
            // Pieces of it may have come in since the others were taken.
            early.AddRange(Drain());
            var own = early.Where(p => p.EventId == id).ToList();
            early.RemoveAll(p => p.EventId == id);
            _open.TryRemove(id, out _);
            return own;
        }

        public async Task MoreAsync(CancellationToken cancellationToken) => await _queue.Reader.WaitToReadAsync(cancellationToken);
    }
}
