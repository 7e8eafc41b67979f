using System.Buffers.Text;
using System.Text;

namespace Reverie.Bench.Turns;

/// <summary>One session of a server and who follows it: it is sent a message, and is awaited until it idles.</summary>
internal sealed class SessionClient : IDisposable
{
    private const string Headers = $"Host: localhost\r\nAuthorization: Bearer {ServerProcess.Secret}\r\nanthropic-beta: managed-agents-2026-04-01\r\n";

    private readonly Connection _requests = new(), _stream = new();
    private readonly byte[] _message;

    private SessionClient(string id)
    {
        Id = id;
        _message = Post($"/v1/sessions/{id}/events", """{"events":[{"type":"user.message","content":[{"type":"text","text":"Do what has to be done, in three rounds."}]}]}""");
    }

    public string Id { get; }

    /// <summary>Timestamps of the last turn: when the message was sent, when the model was first asked.</summary>
    public (long Sent, long Asked) Last { get; private set; }

    /// <summary>An agent and a place for its sessions.</summary>
    public static async Task<string> NewAgentAsync(ServerProcess server)
    {
        using var connection = new Connection();
        await connection.ConnectAsync(server.Address);
        var agent = await NewAsync(connection, "/v1/agents", $$"""{"name":"bench","model":"{{SteppingModel.Id}}","system":"Work.","tools":[{"type":"agent_toolset_20260401"}]}""");
        var environment = await NewAsync(connection, "/v1/environments", """{"name":"bench","config":{"type":"cloud"}}""");
        return $$"""{"agent":"{{agent}}","environment_id":"{{environment}}"}""";
    }

    /// <summary>A new session, followed.</summary>
    /// <param name="agent">What <see cref="NewAgentAsync"/> gave.</param>
    public static async Task<SessionClient> StartAsync(ServerProcess server, string agent)
    {
        using var connection = new Connection();
        await connection.ConnectAsync(server.Address);
        var client = new SessionClient(await NewAsync(connection, "/v1/sessions", agent));
        await client._requests.ConnectAsync(server.Address);
        await FollowAsync(client._stream, server, client.Id);
        return client;
    }

    public static async Task<IReadOnlyList<SessionClient>> StartAsync(ServerProcess server, int count)
    {
        var agent = await NewAgentAsync(server);
        var clients = new List<SessionClient>(count);
        for (var i = 0; i < count; i++) clients.Add(await StartAsync(server, agent));
        return clients;
    }

    /// <summary>Follows a session on a new connection; returns when the stream has begun.</summary>
    public static async Task<Connection> FollowAsync(ServerProcess server, string session)
    {
        var stream = new Connection();
        await FollowAsync(stream, server, session);
        return stream;
    }

    /// <summary>Sends a message and awaits the end of its turn.</summary>
    public async Task TurnAsync()
    {
        var sent = TimeProvider.System.GetTimestamp();
        await _requests.AskAsync(_message);
        long? asked = null;
        while (true)
        {
            var entry = await _stream.NextEventAsync();
            if (entry.Span.StartsWith("event: session.status_idle\n"u8)) break;
            if (asked is null && entry.Span.StartsWith("event: agent.tool_use\n"u8)) asked = NumberAfter(entry.Span, "\"asked\":"u8);
        }
        Last = (sent, asked!.Value);
    }

    /// <summary>Adds an event that starts nothing and carries the time at which it was sent.</summary>
    public ValueTask AppendAsync() => _requests.AskAsync(Post($"/v1/sessions/{Id}", $$"""{"title":"at={{TimeProvider.System.GetTimestamp()}}"}"""));

    /// <summary>When the event was sent; null when it is none of <see cref="AppendAsync"/>'s.</summary>
    public static long? SentAt(ReadOnlySpan<byte> entry) => entry.StartsWith("event: session.updated\n"u8) ? NumberAfter(entry, "\"at="u8) : null;

    public void Dispose()
    {
        _requests.Dispose();
        _stream.Dispose();
    }

    private static async Task FollowAsync(Connection stream, ServerProcess server, string session)
    {
        await stream.ConnectAsync(server.Address);
        await stream.OpenAsync(Encoding.ASCII.GetBytes($"GET /v1/sessions/{session}/events/stream HTTP/1.1\r\n{Headers}\r\n"));
        await stream.NextEventAsync();
    }

    private static async Task<string> NewAsync(Connection connection, string path, string body)
    {
        await connection.AskAsync(Post(path, body));
        using var made = System.Text.Json.JsonDocument.Parse(connection.Body);
        return made.RootElement.GetProperty("id").GetString()!;
    }

    private static byte[] Post(string path, string body) => Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\n{Headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static long NumberAfter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark) =>
        Utf8Parser.TryParse(text[(text.IndexOf(mark) + mark.Length)..], out long number, out _) ? number : throw new InvalidOperationException("The event carries no time.");
}
