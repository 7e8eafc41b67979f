using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Calls that wait for a client: for permission, or for a result.</summary>
public abstract class WaitingCallTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : WaitingCallTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : WaitingCallTests(server), IClassFixture<PostgresServer>;

    private static readonly string[] Opening = ["session.status_running", "session.thread_status_running"];
    private static readonly string[] Closing = ["session.thread_status_idle", "session.usage", "session.status_idle"];

    private readonly TestServer _server = server.OrSkip();

    private const string Asking = """[{"type":"agent_toolset_20260401","default_config":{"permission_policy":{"type":"always_ask"}}}]""";

    [Fact]
    public async Task A_call_that_asks_runs_when_a_person_allows_it()
    {
        await using var session = await StartAsync(_server, "answers: [{call: {tool: bash, input: {command: echo hi}}}, {say: 'it said {{result}}'}]", Asking);
        await session.SendAsync(Message("go"));
        var asked = await session.RestAsync();
        var call = asked.Single(static e => TypeOf(e) == "agent.tool_use");
        Assert.Equal("ask", call.GetProperty("evaluated_permission").GetString());
        Assert.Equal([IdOf(call)], asked[^1].GetProperty("stop_reason").GetProperty("event_ids").EnumerateArray().Select(static e => e.GetString()));

        await session.SendAsync(Allow(IdOf(call)));
        var list = await session.RestAsync();

        Assert.Equal(["user.tool_confirmation", .. Opening, "agent.tool_result", "span.model_request_start", "agent.message", "span.model_request_end", .. Closing], list.Skip(asked.Count).Select(TypeOf));
        Assert.Equal("it said hi", TextOf(list.Last(static e => TypeOf(e) == "agent.message")));
        await session.SendAsync(Deny(IdOf(call)));
        Assert.Single(await session.ListAsync("types[]=agent.tool_result"));
    }

    [Fact]
    public async Task A_call_that_a_person_denies_does_not_run_and_the_agent_is_told_why()
    {
        await using var session = await StartAsync(_server, "answers: [{call: [{tool: bash, input: {command: touch one}}, {tool: bash, input: {command: touch two}}]}, {say: '{{result}}'}]", Asking);
        await session.SendAsync(Message("go"));
        var calls = (await session.RestAsync()).Where(static e => TypeOf(e) == "agent.tool_use").Select(IdOf).ToList();

        await session.SendAsync(Deny(calls[0], "not today"));
        var between = await session.RestAsync();
        Assert.Equal([calls[1]], between[^1].GetProperty("stop_reason").GetProperty("event_ids").EnumerateArray().Select(static e => e.GetString()));
        await session.SendAsync(Deny(calls[1]));
        var list = await session.RestAsync();

        var results = list.Where(static e => TypeOf(e) == "agent.tool_result").ToList();
        Assert.All(results, static r => Assert.True(r.GetProperty("is_error").GetBoolean()));
        Assert.Equal(["The call of bash was rejected: not today", "The call of bash was rejected by the user."], results.Select(TextOf));
    }

    [Fact]
    public async Task Answers_that_do_not_fit_are_refused()
    {
        await using var session = await StartAsync(_server, "answers: [{call: [{tool: rm}, {tool: ask}]}, {say: done}]");
        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();
        var (denied, custom) = (list.Single(static e => TypeOf(e) == "agent.tool_use"), list.Single(static e => TypeOf(e) == "agent.custom_tool_use"));
        Assert.Equal("deny", denied.GetProperty("evaluated_permission").GetString());
        Assert.False(denied.TryGetProperty("evaluation", out _));

        Expect("did not ask for a confirmation", await session.TryAsync(Allow(IdOf(denied))));
        Expect("names no agent.tool_use", await session.TryAsync(Allow(IdOf(custom))));
        Expect("names no agent.custom_tool_use", await session.TryAsync(Answer(IdOf(denied))));
        Expect("events[1]: custom_tool_use_id", await session.TryAsync(Answer(IdOf(custom)), Answer("sevt_none")));
        Expect("waits for answers to " + IdOf(custom), await session.TryAsync(Message("on")));
        Expect("may only follow a tool result", await session.TryAsync("""{"type":"system.message","content":[{"type":"text","text":"x"}]}"""));
        Expect("self_hosted", await session.TryAsync($$"""{"type":"user.tool_result","tool_use_id":"{{IdOf(custom)}}"}"""));
        Expect("session_thread_id names no thread", await session.TryAsync("""{"type":"user.interrupt","session_thread_id":"sthr_none"}"""));
        Expect("as its last event", await session.TryAsync("""{"type":"system.message","content":[{"type":"text","text":"x"}]}""", Answer(IdOf(custom))));
        Expect("deny_message goes with", await session.TryAsync($$"""{"type":"user.tool_confirmation","tool_use_id":"x","result":"allow","deny_message":"no"}"""));
        Assert.Equal(list.Count, (await session.ListAsync()).Count);

        static void Expect(string words, Reply reply) => Assert.Contains(words, reply.ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parallel_custom_calls_may_be_answered_one_by_one()
    {
        await using var session = await StartAsync(_server, "answers: [{call: [{tool: ask}, {tool: ask}, {tool: ask}]}, {say: '{{result}}'}]");
        await session.SendAsync(Message("go"));
        var calls = (await session.RestAsync()).Where(static e => TypeOf(e) == "agent.custom_tool_use").Select(IdOf).ToList();

        await session.SendAsync(Answer(calls[1], "two"));
        var rest = await session.RestAsync();
        Assert.Equal([calls[0], calls[2]], rest[^1].GetProperty("stop_reason").GetProperty("event_ids").EnumerateArray().Select(static e => e.GetString()));
        await session.SendAsync(Answer(calls[1], "again"), Answer(calls[2], "three"), Answer(calls[0], "one"));
        var list = await session.RestAsync();

        Assert.Equal(["two\nthree\none"], list.Where(static e => TypeOf(e) == "agent.message").Select(TextOf));
        Assert.Equal(2, list.Count(static e => TypeOf(e) == "span.model_request_start"));
    }
}
