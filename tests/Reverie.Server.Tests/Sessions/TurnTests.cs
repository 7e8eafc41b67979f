using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>What happens between a message and the moment the session idles, as clients see it.</summary>
public abstract class TurnTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : TurnTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : TurnTests(server), IClassFixture<PostgresServer>;

    private static readonly string[] Opening = ["session.status_running", "session.thread_status_running"];
    private static readonly string[] Closing = ["session.thread_status_idle", "session.usage", "session.status_idle"];

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task A_turn_is_told_in_the_order_of_the_contract()
    {
        await using var session = await StartAsync(_server, "answers: [{think: hm, say: 'Hello, {{user}}', usage: {input_tokens: 7, output_tokens: 5}}]");

        await session.SendAsync(Message("you"));
        var list = await session.RestAsync();

        Assert.Equal([.. Opening, "user.message", "span.model_request_start", "agent.thinking", "agent.message", "span.model_request_end", .. Closing], list.Select(TypeOf));
        Assert.Equal("Hello, you", TextOf(list[5]));
        Assert.Equal("end_turn", ReasonOf(list[^1]));
        Assert.Equal(JsonValueKind.Null, session.Told[0].GetProperty("processed_at").ValueKind);
        Assert.Equal((IdOf(list[2]), "user.message"), (IdOf(session.Told[0]), TypeOf(session.Told[0])));
        Assert.Equal(IdOf(list[3]), list[6].GetProperty("model_request_start_id").GetString());
        Assert.Equal((7, 5), (list[^2].GetProperty("usage").GetProperty("input_tokens").GetInt32(), list[^2].GetProperty("usage").GetProperty("output_tokens").GetInt32()));
        Assert.Contains(session.Told, static e => TypeOf(e) == "event_delta");
        Assert.Equal("idle", (await session.GetAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Initial_events_begin_a_turn()
    {
        var agent = await AgentAsync(_server, "answers: [{wait_ms: 600000, say: late}]");
        var created = (await _server.PostAsync("/v1/sessions", $$"""{"agent":"{{agent}}","environment_id":"{{await EnvironmentAsync(_server)}}","initial_events":[{{Message("one")}},{{Message("two")}}]}""")).Expect(System.Net.HttpStatusCode.OK);

        Assert.Equal("running", created.Json.GetProperty("status").GetString());
        var list = (await _server.GetAsync($"/v1/sessions/{created.Id}/events?types[]=user.message")).Json.GetProperty("data");
        Assert.Equal(["one", "two"], list.EnumerateArray().Select(TextOf));
    }

    [Fact]
    public async Task What_is_sent_while_the_model_is_at_work_is_taken_up_in_its_order()
    {
        await using var session = await StartAsync(_server, "answers: [{say: first, call: {tool: ask}}, {say: 'then {{user}}'}]");
        await session.SendAsync(Message("one"), Message("two"));
        var call = await session.UntilAsync("agent.custom_tool_use");
        await session.UntilAsync("session.status_idle");

        await session.SendAsync(Answer(IdOf(call)), Message("three"));
        var list = await session.RestAsync();

        Assert.Equal(["one", "two", "three"], list.Where(static e => TypeOf(e) == "user.message").Select(TextOf));
        Assert.Equal("then three", TextOf(list.Last(static e => TypeOf(e) == "agent.message")));
    }

    [Fact]
    public async Task The_thread_of_a_session_has_its_own_list_and_stream()
    {
        await using var session = await StartAsync(_server, "answers: [{say: hello}]");
        var threads = (await _server.GetAsync($"/v1/sessions/{session.Id}/threads")).Expect(System.Net.HttpStatusCode.OK).Json.GetProperty("data");
        var thread = IdOf(threads[0]);
        await using var reader = await EventReader.OpenAsync(_server.Http, session.Id, $"threads/{thread}/stream");

        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        var own = list.Where(static e => TypeOf(e) is var t && (!t.StartsWith("session.", StringComparison.Ordinal) || t.StartsWith("session.thread", StringComparison.Ordinal))).Select(static e => e.GetRawText()).ToList();
        var threadList = (await _server.GetAsync($"/v1/sessions/{session.Id}/threads/{thread}/events")).Expect(System.Net.HttpStatusCode.OK).Json.GetProperty("data");
        Assert.Equal(own, threadList.EnumerateArray().Select(static e => e.GetRawText()));
        Assert.Equal(own, (await reader.TakeAsync(own.Count + 1)).Skip(1));
        Assert.Equal(thread, list.Single(static e => TypeOf(e) == "session.thread_status_idle").GetProperty("session_thread_id").GetString());
        Assert.Equal("idle", (await _server.GetAsync($"/v1/sessions/{session.Id}/threads/{thread}")).Json.GetProperty("status").GetString());
        (await _server.PostAsync($"/v1/sessions/{session.Id}/threads/{thread}/archive")).ExpectError(400, "invalid_request_error");
        (await _server.GetAsync($"/v1/sessions/{session.Id}/threads/sthr_011CZkZAtmR3yMPDzynEDxu7")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task The_list_is_paged_filtered_and_turned_round()
    {
        await using var session = await StartAsync(_server, "answers: [{say: one}, {say: two}]");
        await session.SendAsync(Message("a"));
        await session.RestAsync();
        await session.SendAsync(Message("b"));
        var all = (await session.RestAsync()).ConvertAll(IdOf);

        foreach (var order in new[] { "asc", "desc" })
        {
            var paged = new List<string>();
            var next = "";
            do
            {
                var page = (await _server.GetAsync($"/v1/sessions/{session.Id}/events?limit=4&order={order}{next}")).Expect(System.Net.HttpStatusCode.OK);
                paged.AddRange(page.Json.GetProperty("data").EnumerateArray().Select(IdOf));
                next = page.NextPage is { } cursor ? $"&page={cursor}" : "";
            }
            while (next.Length > 0);
            Assert.Equal(order == "asc" ? all : Enumerable.Reverse(all), paged);
        }
        Assert.Equal(["user.message", "agent.message", "user.message", "agent.message"], (await session.ListAsync("types[]=user.message&types[]=agent.message")).Select(TypeOf));
    }
}
