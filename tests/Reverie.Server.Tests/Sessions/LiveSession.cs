using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Sessions;

/// <summary>A session of a scripted agent, with everything its stream has told since it began.</summary>
internal sealed class LiveSession : IAsyncDisposable
{
    public const string AllTools = """[{"type":"agent_toolset_20260401"},{"type":"custom","name":"ask","description":"d","input_schema":{"type":"object"}}]""";

    private readonly TestServer _server;
    private readonly EventReader _reader;
    private readonly List<JsonElement> _told = [];

    private LiveSession(TestServer server, string id, EventReader reader) => (_server, Id, _reader) = (server, id, reader);

    public string Id { get; }

    /// <summary>Frames of the stream that are no pings, in order, previews among them.</summary>
    public IReadOnlyList<JsonElement> Told => _told;

    /// <param name="more">Further fields of the request that creates the session, each with a comma before it.</param>
    /// <param name="agentMore">The same for the request that creates its agent.</param>
    public static async Task<LiveSession> StartAsync(TestServer server, string script, string tools = AllTools, string more = "", string agentMore = "")
    {
        return await OfAsync(server, await AgentAsync(server, script, tools, agentMore), more);
    }

    /// <summary>A session of an agent that is there, in an environment that is there or in one of its own.</summary>
    public static async Task<LiveSession> OfAsync(TestServer server, string agent, string more = "", string? environment = null)
    {
        var session = (await server.PostAsync("/v1/sessions", $$"""{"agent":"{{agent}}","environment_id":"{{environment ?? await EnvironmentAsync(server)}}"{{more}}}""")).Expect(HttpStatusCode.OK);
        var reader = await EventReader.OpenAsync(server.Http, session.Id, "events/stream?event_deltas[]=agent.message&event_deltas[]=agent.thinking");
        return new LiveSession(server, session.Id, reader);
    }

    public static async Task<string> AgentAsync(TestServer server, string script, string tools = AllTools, string more = "") =>
        (await server.PostAsync("/v1/agents", $$"""{"name":"tester","model":"reverie/scripted","system":{{JsonSerializer.Serialize(script)}},"tools":{{tools}}{{more}}}""")).Expect(HttpStatusCode.OK).Id;

    public static async Task<string> EnvironmentAsync(TestServer server) => (await server.PostAsync("/v1/environments", """{"name":"e","config":{"type":"cloud"}}""")).Expect(HttpStatusCode.OK).Id;

    public static string Message(string text) => $$"""{"type":"user.message","content":[{"type":"text","text":{{JsonSerializer.Serialize(text)}}}]}""";

    public static string Answer(string call, string text = "answer") => $$"""{"type":"user.custom_tool_result","custom_tool_use_id":"{{call}}","content":[{"type":"text","text":"{{text}}"}]}""";

    public static string Allow(string call) => $$"""{"type":"user.tool_confirmation","tool_use_id":"{{call}}","result":"allow"}""";

    public static string Deny(string call, string? why = null) => $$"""{"type":"user.tool_confirmation","tool_use_id":"{{call}}","result":"deny"{{(why is null ? "" : $",\"deny_message\":\"{why}\"")}}}""";

    public const string Interrupt = """{"type":"user.interrupt"}""";

    /// <summary>Sends events, which must be taken.</summary>
    public async Task SendAsync(params string[] events) => (await TryAsync(events)).Expect(HttpStatusCode.OK);

    public Task<Reply> TryAsync(params string[] events) => _server.PostAsync($"/v1/sessions/{Id}/events", $$"""{"events":[{{string.Join(',', events)}}]}""");

    public Task<Reply> UpdateAsync(string fields) => _server.PostAsync($"/v1/sessions/{Id}", $$"""{{{fields}}}""");

    public async Task<JsonElement> GetAsync() => (await _server.GetAsync($"/v1/sessions/{Id}")).Expect(HttpStatusCode.OK).Json;

    public async Task<List<JsonElement>> ListAsync(string query = "limit=1000") =>
        [.. (await _server.GetAsync($"/v1/sessions/{Id}/events?{query}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];

    /// <summary>Reads on until an event of this type comes.</summary>
    public async Task<JsonElement> UntilAsync(string type)
    {
        while (await _reader.NextAsync() is { } frame)
        {
            if (frame.EventType == "ping") continue;
            _told.Add(JsonElement.Parse(frame.Data));
            if (frame.EventType == type) return _told[^1];
        }
        throw new InvalidOperationException($"the stream ended before {type} came");
    }

    /// <summary>
    /// Reads on until the session idles and its list ends where the stream does; then the list, which must be the last copies
    /// of what the stream told.
    /// </summary>
    public async Task<List<JsonElement>> RestAsync()
    {
        while (true)
        {
            await UntilAsync("session.status_idle");
            var list = await ListAsync();
            if (IdOf(list[^1]) != IdOf(_told[^1])) continue;
            var last = _told.Where(static e => !e.GetProperty("type").GetString()!.StartsWith("event_", StringComparison.Ordinal)).GroupBy(IdOf).ToDictionary(static g => g.Key, static g => g.Last().GetRawText(), StringComparer.Ordinal);
            Assert.Equal(last.Values.Order(StringComparer.Ordinal), list.Select(static e => e.GetRawText()).Order(StringComparer.Ordinal));
            CheckPreviews();
            return list;
        }
    }

    /// <summary>Like <see cref="RestAsync"/>, while the time that failed requests wait passes at once.</summary>
    public async Task<List<JsonElement>> RestWithoutWaitingAsync()
    {
        var rest = RestAsync();
        while (!rest.IsCompleted)
        {
            _server.Clock.Advance(TimeSpan.FromMinutes(2));
            await Task.WhenAny(rest, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
        }
        return await rest;
    }

    public static string TypeOf(JsonElement entry) => entry.GetProperty("type").GetString()!;

    public static string IdOf(JsonElement entry) => entry.GetProperty("id").GetString()!;

    public static string TextOf(JsonElement entry) => string.Concat(entry.GetProperty("content").EnumerateArray().Select(static b => b.GetProperty("text").GetString()));

    public static string ReasonOf(JsonElement entry) => entry.GetProperty("stop_reason").GetProperty("type").GetString()!;

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    /// <summary>The pieces told of an event are how it begins, and none comes behind it.</summary>
    private void CheckPreviews()
    {
        var begun = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in _told)
        {
            switch (TypeOf(entry))
            {
                case "event_start":
                    Assert.True(begun.TryAdd(IdOf(entry.GetProperty("event")), ""), "an event began twice");
                    break;
                case "event_delta":
                    var id = entry.GetProperty("event_id").GetString()!;
                    Assert.True(begun.ContainsKey(id), "a piece of an event that has not begun or is over");
                    begun[id] += entry.GetProperty("delta").GetProperty("content").GetProperty("text").GetString();
                    break;
                case "agent.message":
                    if (begun.Remove(IdOf(entry), out var pieces)) Assert.StartsWith(pieces, TextOf(entry), StringComparison.Ordinal);
                    break;
                case "agent.thinking":
                    begun.Remove(IdOf(entry));
                    break;
            }
        }
    }
}
