using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Models.Beta.Sessions.Events;
using Reverie.Server.Sessions;
using Reverie.Server.Tests.Hosting;
using Reverie.Sessions.Archive;

namespace Reverie.Server.Tests.Sessions;

/// <summary>The stream of a session: each event once, in order, for as long as the session lives and the reader reads.</summary>
public abstract class SessionStreamTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : SessionStreamTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : SessionStreamTests(server), IClassFixture<PostgresServer>;

    private const string Beta = "managed-agents-2026-04-01";

    /// <summary>How often the clock is advanced before a reader must have been cut off.</summary>
    private const int LooksMax = 600;

    private readonly TestServer _server = server.OrSkip();
    private string _store = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = (await _server.NewStoreAsync()).Split('/')[^1];

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whatever_many_append_arrives_once_and_in_the_order_of_the_log()
    {
        const int writers = 4, writes = 40;
        await using var dream = await RunningAsync();
        await using var one = await OpenAsync(dream);
        await using var other = await OpenAsync(dream);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; i < writes; i++) await dream.AppendAsync(Said($"{writer} {i} a"), Said($"{writer} {i} b"));
        }));

        var logged = await LogAsync(dream.SessionId!);
        Assert.Equal(2 * writers * writes, logged.Count);
        Assert.Equal(logged, await one.TakeAsync(logged.Count));
        Assert.Equal(logged, await other.TakeAsync(logged.Count));
    }

    [Fact]
    public async Task An_event_is_the_same_in_the_stream_and_in_the_list()
    {
        await using var dream = await RunningAsync();
        await using var reader = await OpenAsync(dream);

        await dream.AppendAsync(Said("Grüße \u2028 \u2029 \u0085 \f \r\n \\ \" 😀 event: x\n\ndata: y"));

        Assert.Equal(await LogAsync(dream.SessionId!), await reader.TakeAsync(1));
    }

    [Fact]
    public async Task Who_opens_a_stream_anew_finds_what_was_missed_in_the_list()
    {
        await using var dream = await RunningAsync();
        var seen = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await using var reader = await OpenAsync(dream);
            seen.AddRange((await LogAsync(dream.SessionId!)).Except(seen, StringComparer.Ordinal));
            await dream.AppendAsync(Said($"{round} seen"));
            seen.AddRange((await reader.TakeAsync(1)).Except(seen, StringComparer.Ordinal));
            await dream.AppendAsync(Said($"{round} missed"));
        }

        var all = await LogAsync(dream.SessionId!);

        Assert.Equal(6, all.Count);
        Assert.Equal(all[..^1], seen);
    }

    [Fact]
    public async Task A_stream_shows_nothing_of_what_was_before()
    {
        await using var dream = await RunningAsync();
        await dream.AppendAsync(Said("before"));
        await using var reader = await OpenAsync(dream);

        await dream.AppendAsync(Said("after"));

        Assert.Equal([(await LogAsync(dream.SessionId!))[1]], await reader.TakeAsync(1));
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_is_alive()
    {
        await using var reader = await EventReader.OpenAsync(_server.Http, await ImportedAsync());

        for (var i = 0; i < 3; i++)
        {
            var next = reader.NextAsync();
            _server.Clock.Advance(SessionStream.PingEvery);
            Assert.Equal("ping", (await next)?.EventType);
        }
    }

    [Fact]
    public async Task A_stream_ends_when_its_session_is_deleted()
    {
        var id = await ImportedAsync();
        await using var reader = await EventReader.OpenAsync(_server.Http, id);

        await _server.Client.Beta.Sessions.Delete(id, cancellationToken: Cancelled);

        Assert.Equal(["session.deleted"], (await reader.RestAsync()).Select(static e => Text(e, "type")));
    }

    [Fact]
    public async Task A_stream_ends_when_its_session_is_archived_and_a_later_one_at_once()
    {
        var id = await ImportedAsync();
        await using var reader = await EventReader.OpenAsync(_server.Http, id);

        await _server.Client.Beta.Sessions.Archive(id, cancellationToken: Cancelled);

        Assert.Equal([(await LogAsync(id))[^1]], await reader.RestAsync());
        await using var late = await EventReader.OpenAsync(_server.Http, id);
        Assert.Empty(await late.RestAsync());
    }

    [Fact]
    public async Task A_stream_ends_in_order_when_the_server_stops()
    {
        var data = Directory.CreateTempSubdirectory("reverie-stream-test-");
        var stopping = await ReverieServer.StartAsync(_server.Options() with { DataDirectory = data.FullName }, TimeProvider.System, Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(stopping.Urls.Single()) };
        using var content = new StringContent(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), "hello"));
        using var import = TestServer.Request(HttpMethod.Post, "/v1/reverie/sessions/import");
        import.Content = content;
        (await http.SendAsync(import, Cancelled)).EnsureSuccessStatusCode();
        using var list = TestServer.Request(HttpMethod.Get, "/v1/sessions?limit=1", beta: Beta);
        var id = JsonElement.Parse(await (await http.SendAsync(list, Cancelled)).Content.ReadAsStringAsync(Cancelled)).GetProperty("data")[0].GetProperty("id").GetString()!;
        await using var reader = await EventReader.OpenAsync(http, id);

        await stopping.DisposeAsync();

        Assert.Empty(await reader.RestAsync());
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_cut_off_and_others_are_not()
    {
        const int events = 64;
        await using var dream = await RunningAsync();
        await using var diligent = await OpenAsync(dream);
        using var stalled = await StallAsync(dream.SessionId!);

        // More than both ends of a connection keep for a reader.
        for (var i = 0; i < events; i++) await dream.AppendAsync(Said(new string('x', 512 * 1024)));

        Assert.Equal(events, (await diligent.TakeAsync(events)).Count);
        var looks = 0;
        while (!stalled.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectError))
        {
            _server.Clock.Advance(SessionStream.StalledAfter);
            Assert.True(looks++ < LooksMax, "the reader is still connected");
        }
        await dream.AppendAsync(Said("still there"));
        Assert.Single(await diligent.TakeAsync(1));
    }

    [Fact]
    public async Task The_official_client_follows_a_dream_to_its_end()
    {
        var sessions = await _server.ImportAsync(SampleSessions.WithLessons());
        await using var dream = await HeldDream.RunningAsync(_server, _store, sessions);
        using var answered = new Answered();
        var client = new AnthropicClient { BaseUrl = _server.Url, ApiKey = TestServer.Key, HttpClient = _server.NewHttp(answered) };
        var reading = Task.Run(async () =>
        {
            var events = new List<BetaManagedAgentsStreamSessionEvents>();
            await foreach (var entry in client.Beta.Sessions.Events.StreamStreaming(dream.SessionId!, cancellationToken: Cancelled)) events.Add(entry);
            return events;
        }, Cancelled);
        await answered.Once;

        await dream.LetGoAsync();

        var events = await reading.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Cancelled);
        Assert.All(events, static e => e.Validate());
        Assert.Equal(await LogAsync(dream.SessionId!), events.Select(static e => e.Json.GetRawText()));
        Assert.Contains(events, static e => e.Name == "memory_write");
        Assert.Equal("session.status_terminated", events[^1].Type.Raw());
    }

    private Task<HeldDream> RunningAsync() => HeldDream.RunningAsync(_server, _store, ["sesn_none"]);

    private Task<EventReader> OpenAsync(HeldDream dream) => EventReader.OpenAsync(_server.Http, dream.SessionId!);

    private async Task<string> ImportedAsync() => (await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), "hello")))[0];

    private async Task<List<string>> LogAsync(string session)
    {
        using var request = TestServer.Request(HttpMethod.Get, $"/v1/sessions/{session}/events?limit=1000", beta: Beta);
        var page = (await _server.SendAsync(request)).Expect(System.Net.HttpStatusCode.OK).Json;
        Assert.Null(page.GetProperty("next_page").GetString());
        return [.. page.GetProperty("data").EnumerateArray().Select(static e => e.GetRawText())];
    }

    /// <summary>A connection whose stream has begun, and that reads no further.</summary>
    private async Task<Socket> StallAsync(string session)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        var url = new Uri(_server.Url);
        await socket.ConnectAsync(url.Host, url.Port, Cancelled);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/sessions/{session}/events/stream HTTP/1.1\r\nhost: {url.Authority}\r\nx-api-key: {TestServer.Key}\r\nanthropic-beta: {Beta}\r\n\r\n"), Cancelled);
        var head = "";
        var buffer = new byte[1024];
        while (!head.Contains("event: ping", StringComparison.Ordinal)) head += Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Cancelled));
        return socket;
    }

    private static NewEvent Said(string text) => new("agent.message", JsonSerializer.Serialize(new { content = new[] { new { type = "text", text } } }, Plain));

    private static string? Text(string json, string field) => JsonElement.Parse(json).GetProperty(field).GetString();

    /// <summary>Leaves as much as it can unescaped.</summary>
    private static JsonSerializerOptions Plain { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Tells when the first answer has begun.</summary>
    private sealed class Answered : DelegatingHandler
    {
        private readonly TaskCompletionSource _once = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Once => _once.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            _once.TrySetResult();
            return response;
        }
    }
}
