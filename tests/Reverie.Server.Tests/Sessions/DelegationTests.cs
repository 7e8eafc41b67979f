using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>An agent that sets others to work (public contract, "Delegation").</summary>
public abstract class DelegationTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : DelegationTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : DelegationTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task A_lead_sends_work_and_gets_the_report()
    {
        await using var session = await StartAsync("answers: [{call: {tool: send_to_agent, input: {agent: worker, message: count}}, usage: {output_tokens: 5}}, {say: sent, usage: {output_tokens: 2}}, {say: 'It said: {{user}}'}]",
            "answers: [{say: 'counted {{user}}', usage: {output_tokens: 30}}]");

        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        Assert.Equal(
        [
            "session.status_running", "session.thread_status_running", "user.message", "span.model_request_start", "span.model_request_end", "session.thread_created",
            "agent.thread_message_sent",
        ], list.Take(7).Select(TypeOf));
        Assert.Single(list, static e => TypeOf(e) == "session.status_running");
        Assert.Single(list, static e => TypeOf(e) == "session.status_idle");
        Assert.DoesNotContain(list, static e => TypeOf(e).StartsWith("reverie.", StringComparison.Ordinal) || TypeOf(e).StartsWith("agent.tool", StringComparison.Ordinal));
        var child = list[5].GetProperty("session_thread_id").GetString()!;
        Assert.Equal(("worker", JsonValueKind.Null), (list[5].GetProperty("agent_name").GetString(), list[5].GetProperty("workflow_run_id").ValueKind));
        Assert.Equal((child, "worker", "count"), (list[6].GetProperty("to_session_thread_id").GetString(), list[6].GetProperty("to_agent_name").GetString(), TextOf(list[6])));
        var report = list.Single(static e => TypeOf(e) == "agent.thread_message_received");
        Assert.Equal((child, "worker", "counted count"), (report.GetProperty("from_session_thread_id").GetString(), report.GetProperty("from_agent_name").GetString(), TextOf(report)));
        Assert.Equal(["sent", "counted count"], list.Where(static e => TypeOf(e) == "agent.message").Select(static e => TextOf(e).Split('\n')[^1]));
        Assert.Equal(["session.thread_status_running", "session.thread_status_idle"], list.Where(e => TypeOf(e).StartsWith("session.thread_status", StringComparison.Ordinal) && e.GetProperty("session_thread_id").GetString() == child).Select(TypeOf));

        var own = await ThreadAsync(session, child);
        Assert.Equal(
        [
            "session.thread_status_running", "agent.thread_message_received", "span.model_request_start", "agent.message", "span.model_request_end", "agent.thread_message_sent",
            "session.thread_status_idle",
        ], own.Select(TypeOf));
        Assert.False(own[1].TryGetProperty("from_agent_name", out _));
        Assert.False(own[5].TryGetProperty("to_agent_name", out _));

        var threads = (await _server.GetAsync($"/v1/sessions/{session.Id}/threads")).Json.GetProperty("data");
        Assert.Equal(2, threads.GetArrayLength());
        Assert.Equal((child, threads[0].GetProperty("id").GetString(), "idle"), (IdOf(threads[1]), threads[1].GetProperty("parent_thread_id").GetString(), threads[1].GetProperty("status").GetString()));
        Assert.Equal("worker", threads[1].GetProperty("agent").GetProperty("name").GetString());
        Assert.NotEqual(JsonValueKind.Null, threads[1].GetProperty("usage").ValueKind);
        Assert.Equal([0, 0], threads.EnumerateArray().Select(static t => t.GetProperty("stats").GetProperty("startup_seconds").GetInt32()));
        Assert.Equal((37, 7, 30), (OutputTokens(await session.GetAsync()), OutputTokens(threads[0]), OutputTokens(threads[1])));
        Assert.Single((await _server.GetAsync($"/v1/sessions/{session.Id}/threads?statuses[]=idle&limit=1")).Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_call_of_a_specialist_is_answered_through_the_session()
    {
        await using var session = await StartAsync("answers: [{call: {tool: send_to_agent, input: {agent: worker, message: ask}}}, {say: sent}, {say: '{{user}}'}]",
            "answers: [{call: [{tool: ask, input: {q: 1}}, {tool: bash, input: {command: echo hi}}]}, {say: 'told {{result}}'}]",
            """[{"type":"agent_toolset_20260401","default_config":{"permission_policy":{"type":"always_ask"}}},{"type":"custom","name":"ask","description":"d","input_schema":{"type":"object"}}]""");

        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();
        var child = list.Single(static e => TypeOf(e) == "session.thread_created").GetProperty("session_thread_id").GetString()!;
        var (custom, bash) = (list.Single(static e => TypeOf(e) == "agent.custom_tool_use"), list.Single(static e => TypeOf(e) == "agent.tool_use"));
        Assert.Equal((child, child), (custom.GetProperty("session_thread_id").GetString(), bash.GetProperty("session_thread_id").GetString()));
        Assert.Equal([IdOf(custom), IdOf(bash)], list[^1].GetProperty("stop_reason").GetProperty("event_ids").EnumerateArray().Select(static i => i.GetString()));
        (await session.TryAsync(Message("more"))).ExpectError(400, "invalid_request_error");

        await session.SendAsync(Answer(IdOf(custom), "yes"), Deny(IdOf(bash), "not now"));
        list = await session.RestAsync();

        Assert.Equal("end_turn", ReasonOf(list[^1]));
        var told = list.Single(static e => TypeOf(e) == "user.custom_tool_result");
        Assert.Equal(child, told.GetProperty("session_thread_id").GetString());
        Assert.Equal(child, list.Single(static e => TypeOf(e) == "user.tool_confirmation").GetProperty("session_thread_id").GetString());
        var own = await ThreadAsync(session, child);
        var routed = own.Single(static e => TypeOf(e) == "user.custom_tool_result");
        Assert.NotEqual(IdOf(told), IdOf(routed));
        Assert.False(routed.TryGetProperty("session_thread_id", out _));
        Assert.False(own.Single(static e => TypeOf(e) == "agent.custom_tool_use").TryGetProperty("session_thread_id", out _));
        Assert.Contains("not now", own.Single(static e => TypeOf(e) == "agent.tool_result").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_thread_is_interrupted_and_the_others_go_on()
    {
        await using var session = await StartAsync("answers: [{call: [{tool: send_to_agent, input: {agent: worker, message: slow}}, {tool: send_to_agent, input: {agent: worker, message: ask}}]}, {say: sent}, {say: never}]",
            "answers: [{choose: [{if_user_says: slow, wait_ms: 600000, say: late}, {call: {tool: ask, input: {}}}]}]");
        await session.SendAsync(Message("go"));
        // The lead, and who asks.
        await session.UntilAsync("session.thread_status_idle");
        await session.UntilAsync("session.thread_status_idle");
        var children = (await session.ListAsync()).Where(static e => TypeOf(e) == "session.thread_created").Select(static e => e.GetProperty("session_thread_id").GetString()!).ToList();
        Assert.Equal("running", (await session.GetAsync()).GetProperty("status").GetString());
        Assert.Equal(["idle", "running", "idle"], (await _server.GetAsync($"/v1/sessions/{session.Id}/threads")).Json.GetProperty("data").EnumerateArray().Select(static t => t.GetProperty("status").GetString()));
        (await _server.PostAsync($"/v1/sessions/{session.Id}/threads/{children[0]}/archive")).ExpectError(400, "invalid_request_error");

        await session.SendAsync($$"""{"type":"user.interrupt","session_thread_id":"{{children[0]}}"}""");
        var list = await session.RestAsync();

        Assert.Equal("requires_action", ReasonOf(list[^1]));
        Assert.Equal(["user.interrupt", "span.model_request_end", "session.thread_status_idle"], (await ThreadAsync(session, children[0])).TakeLast(3).Select(TypeOf));
        Assert.DoesNotContain(list, static e => TypeOf(e) == "agent.thread_message_received");

        var archived = (await _server.PostAsync($"/v1/sessions/{session.Id}/threads/{children[1]}/archive")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("terminated", archived.GetProperty("status").GetString());
        Assert.Equal("session.thread_status_terminated", TypeOf((await ThreadAsync(session, children[1]))[^1]));
        (await session.TryAsync($$"""{"type":"user.interrupt","session_thread_id":"{{children[1]}}"}""")).ExpectError(400, "invalid_request_error");
        await session.SendAsync(Message("more"));
        Assert.Equal("never", TextOf((await session.RestAsync()).Last(static e => TypeOf(e) == "agent.message")));
    }

    [Fact]
    public async Task A_specialist_that_cannot_go_on_is_over_and_its_lead_is_told()
    {
        await using var session = await StartAsync("answers: [{call: {tool: send_to_agent, input: {agent: worker, message: fail}}}, {say: sent}, {say: '{{user}}'}]", "answers: [{fail: {with: request_failed}}]");

        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        Assert.Equal("end_turn", ReasonOf(list[^1]));
        Assert.Contains("could not go on", TextOf(list.Single(static e => TypeOf(e) == "agent.thread_message_received")), StringComparison.Ordinal);
        var child = list.Single(static e => TypeOf(e) == "session.thread_status_terminated").GetProperty("session_thread_id").GetString()!;
        Assert.Equal("terminated", (await _server.GetAsync($"/v1/sessions/{session.Id}/threads/{child}")).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Threads_beyond_the_limit_are_refused_in_words_the_lead_reads()
    {
        var sends = string.Join(", ", Enumerable.Repeat("{tool: send_to_agent, input: {agent: worker, message: x}}", 26));
        await using var session = await StartAsync($"answers: [{{call: [{sends}]}}, {{say: '{{{{result}}}}'}}, {{say: ok}}]", "answers: [{say: done}]");

        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        Assert.Equal(25, list.Count(static e => TypeOf(e) == "session.thread_created"));
        Assert.Equal(25, list.Count(static e => TypeOf(e) == "agent.thread_message_received"));
        Assert.Contains(list, static e => TypeOf(e) == "agent.message" && TextOf(e).Contains("25 threads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thread_is_sent_more_and_remembers_and_an_archived_session_ends_it()
    {
        await using var session = await StartAsync("answers: [{call: {tool: send_to_agent, input: {agent: worker, message: one}}}, {say: sent}, {call: {tool: list_agents, input: {}}}, {say: '{{result}}'}]", "answers: [{say: first}, {say: second}]");
        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();
        var child = list.Single(static e => TypeOf(e) == "session.thread_created").GetProperty("session_thread_id").GetString()!;

        Assert.Contains($"{child}: worker, idle", TextOf(list.Last(static e => TypeOf(e) == "agent.message")), StringComparison.Ordinal);
        (await _server.PostAsync($"/v1/sessions/{session.Id}/archive")).Expect(HttpStatusCode.OK);
        Assert.Equal("session.thread_status_terminated", TypeOf((await ThreadAsync(session, child))[^1]));
        Assert.Equal("session.status_terminated", TypeOf((await session.ListAsync())[^1]));
    }

    [Fact]
    public async Task Who_would_write_over_the_work_of_another_thread_is_told()
    {
        await using var session = await StartAsync("answers: [{call: {tool: send_to_agent, input: {agent: worker, message: write}}}, {say: one}, {call: {tool: send_to_agent, input: {agent: worker, message: write}}}, {say: two}, {say: end}]",
            "answers: [{call: {tool: write, input: {file_path: a.txt, content: mine}}}, {choose: [{if_result_says: another agent, call: {tool: read, input: {file_path: a.txt}}}, {say: done}]}, {call: {tool: write, input: {file_path: /workspace/a.txt, content: ours}}}, {say: '{{result}}'}]");

        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        var children = list.Where(static e => TypeOf(e) == "session.thread_created").Select(static e => e.GetProperty("session_thread_id").GetString()!).ToList();
        var results = (await ThreadAsync(session, children[1])).Where(static e => TypeOf(e) == "agent.tool_result").ToList();
        Assert.Equal([true, false, false], results.Select(static r => r.GetProperty("is_error").GetBoolean()));
        Assert.Contains("Nothing was written", TextOf(results[0]), StringComparison.Ordinal);
        Assert.Contains("mine", TextOf(results[1]), StringComparison.Ordinal);
        Assert.Contains("wrote 4 bytes", TextOf(results[2]), StringComparison.Ordinal);
    }

    private static int OutputTokens(JsonElement used) => used.GetProperty("usage").GetProperty("output_tokens").GetInt32();

    private async Task<List<JsonElement>> ThreadAsync(LiveSession session, string thread) =>
        [.. (await _server.GetAsync($"/v1/sessions/{session.Id}/threads/{thread}/events")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];

    /// <summary>A session whose lead may set one other agent to work, called worker.</summary>
    private async Task<LiveSession> StartAsync(string lead, string worker, string workerTools = AllTools)
    {
        var specialist = (await _server.PostAsync("/v1/agents", $$"""{"name":"worker","model":"reverie/scripted","system":{{JsonSerializer.Serialize(worker)}},"tools":{{workerTools}}}""")).Expect(HttpStatusCode.OK).Id;
        return await LiveSession.StartAsync(_server, lead, AllTools, agentMore: $$""","multiagent":{"type":"coordinator","agents":["{{specialist}}"]}""");
    }
}
