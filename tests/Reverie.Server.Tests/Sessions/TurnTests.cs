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

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

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
    public async Task An_interrupt_stops_the_model()
    {
        await using var session = await StartAsync(_server, "answers: [{say: one}, {wait_ms: 600000, say: late}]");
        await session.SendAsync(Message("a"));
        await session.RestAsync();
        await session.SendAsync(Message("b"));
        await session.UntilAsync("span.model_request_start");

        await session.SendAsync(Interrupt);
        var list = await session.RestAsync();

        Assert.Equal(["user.interrupt", "span.model_request_end", .. Closing], list.TakeLast(5).Select(TypeOf));
        Assert.True(list[^4].GetProperty("is_error").GetBoolean());
        Assert.Equal("end_turn", ReasonOf(list[^1]));
    }

    [Fact]
    public async Task An_interrupt_with_a_message_behind_it_begins_the_next_turn_with_it()
    {
        await using var session = await StartAsync(_server, "answers: [{choose: [{if_user_says: hurry, say: quick}, {wait_ms: 600000, say: late}]}]");
        await session.SendAsync(Message("slow"));
        await session.UntilAsync("span.model_request_start");

        await session.SendAsync(Interrupt, Message("hurry"));
        var list = await session.RestAsync();

        Assert.Equal(["quick"], list.Where(static e => TypeOf(e) == "agent.message").Select(TextOf));
        Assert.Equal(2, list.Count(static e => TypeOf(e) == "session.status_running"));
    }

    [Fact]
    public async Task An_interrupt_stops_a_tool()
    {
        await using var session = await StartAsync(_server, "answers: [{call: {tool: bash, input: {command: 'touch begun; sleep 600'}}}, {say: done}]");
        await session.SendAsync(Message("go"));
        await session.UntilAsync("agent.tool_use");

        await session.SendAsync(Interrupt);
        var list = await session.RestAsync();

        var result = list.Single(static e => TypeOf(e) == "agent.tool_result");
        Assert.True(result.GetProperty("is_error").GetBoolean());
        Assert.Contains("interrupted before completion", TextOf(result), StringComparison.Ordinal);
        Assert.DoesNotContain(list, static e => TypeOf(e) == "agent.message");
        await session.SendAsync(Message("on"));
        Assert.Equal("done", TextOf((await session.RestAsync()).Last(static e => TypeOf(e) == "agent.message")));
    }

    [Fact]
    public async Task An_interrupt_closes_calls_that_wait_without_asking_the_model()
    {
        await using var session = await StartAsync(_server, "answers: [{call: [{tool: ask}, {tool: ask}]}, {say: done}]");
        await session.SendAsync(Message("go"));
        await session.RestAsync();

        await session.SendAsync(Interrupt);
        // Not before it is applied: at once.
        await session.SendAsync(Message("on"));
        var list = await session.RestAsync();

        Assert.Equal(2, list.Count(static e => TypeOf(e) == "user.custom_tool_result" && e.GetProperty("is_error").GetBoolean()));
        Assert.Equal(["requires_action", "end_turn", "end_turn"], list.Where(static e => TypeOf(e) == "session.status_idle").Select(ReasonOf));
        Assert.Equal(2, list.Count(static e => TypeOf(e) == "span.model_request_start"));
    }

    [Fact]
    public async Task An_interrupt_of_nothing_changes_nothing()
    {
        await using var session = await StartAsync(_server, "answers: [{say: one}]");
        await session.SendAsync(Message("a"));
        var before = await session.RestAsync();

        await session.SendAsync(Interrupt, Interrupt, Message("b"));
        var list = await session.RestAsync();

        Assert.Equal(["user.interrupt", "user.interrupt", .. Opening, "user.message"], list.Skip(before.Count).Take(5).Select(TypeOf));
        Assert.All(list, static e => Assert.Equal(JsonValueKind.String, e.GetProperty("processed_at").ValueKind));
    }

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

    [Fact]
    public async Task A_request_that_fails_is_tried_again()
    {
        await using var session = await StartAsync(_server, "answers: [{say: fine, fail: {with: overloaded, times: 2}}]");
        await session.SendAsync(Message("go"));

        var list = await session.RestWithoutWaitingAsync();

        string[] failed = ["span.model_request_start", "span.model_request_end", "session.error", "session.thread_status_rescheduled", "session.status_rescheduled", .. Opening];
        Assert.Equal([.. Opening, "user.message", .. failed, .. failed, "span.model_request_start", "agent.message", "span.model_request_end", .. Closing], list.Select(TypeOf));
        Assert.All(list.Where(static e => TypeOf(e) == "session.error"), static e =>
        {
            Assert.Equal("model_overloaded_error", e.GetProperty("error").GetProperty("type").GetString());
            Assert.Equal("retrying", e.GetProperty("error").GetProperty("retry_status").GetProperty("type").GetString());
        });
    }

    [Theory]
    [InlineData("rate_limited", "model_rate_limited_error", 6)]
    [InlineData("billing", "billing_error", 1)]
    [InlineData("request_failed", "model_request_failed_error", 1)]
    public async Task A_turn_whose_requests_all_fail_is_given_up_and_a_message_tries_again(string failure, string error, int requests)
    {
        await using var session = await StartAsync(_server, $"answers: [{{choose: [{{if_user_says: again, say: fine}}, {{fail: {{with: {failure}, times: 100}}}}]}}]");
        await session.SendAsync(Message("go"));

        var list = await session.RestWithoutWaitingAsync();

        Assert.Equal(requests, list.Count(static e => TypeOf(e) == "span.model_request_start"));
        Assert.Equal("retries_exhausted", ReasonOf(list[^1]));
        Assert.Equal(["session.error", .. Closing], list.TakeLast(4).Select(TypeOf));
        Assert.Equal((error, "exhausted"), (list[^4].GetProperty("error").GetProperty("type").GetString(), list[^4].GetProperty("error").GetProperty("retry_status").GetProperty("type").GetString()));
        await session.SendAsync(Message("again"));
        Assert.Equal("fine", TextOf((await session.RestAsync()).Single(static e => TypeOf(e) == "agent.message")));
    }

    [Fact]
    public async Task A_refusal_says_what_was_refused_and_the_next_turn_does_not()
    {
        await using var session = await StartAsync(_server, "answers: [{refuse: {category: cyber, explanation: no}}, {say: fine}]");
        await session.SendAsync(Message("go"));

        var refused = (await session.RestAsync())[^1];

        Assert.Equal("refusal", ReasonOf(refused));
        Assert.Equal("""{"type":"refusal","category":"cyber","explanation":"no"}""", refused.GetProperty("stop_details").GetRawText());
        await session.SendAsync(Message("on"));
        var list = await session.RestAsync();
        Assert.Equal(("end_turn", JsonValueKind.Null), (ReasonOf(list[^1]), list[^1].GetProperty("stop_details").ValueKind));
    }

    [Fact]
    public async Task A_full_window_is_summed_up_and_the_turn_goes_on()
    {
        await using var session = await StartAsync(_server, """
            answers:
              - choose:
                  - {if_user_says: in your own summary, say: "going on with {{user}}"}
                  - {call: {tool: ask}, usage: {input_tokens: 1000000000}}
              - say: THE SUMMARY
            """);
        await session.SendAsync(Message("go"));
        var asked = await session.RestAsync();

        await session.SendAsync(Answer(IdOf(asked.Single(static e => TypeOf(e) == "agent.custom_tool_use"))));
        var list = await session.RestAsync();

        Assert.Equal(["user.custom_tool_result", .. Opening, "span.model_request_start", "span.model_request_end", "agent.thread_context_compacted", "span.model_request_start", "agent.message", "span.model_request_end", .. Closing],
            list.Skip(asked.Count).Select(TypeOf));
        Assert.Contains("THE SUMMARY", TextOf(list.Single(static e => TypeOf(e) == "agent.message")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_never_fits_is_given_up()
    {
        await using var session = await StartAsync(_server, "answers: [{fail: {with: context_window_exceeded, times: 100}}]");
        await session.SendAsync(Message("go"));

        var list = await session.RestWithoutWaitingAsync();

        Assert.Equal("compaction_limit_reached_error", list.Single(static e => TypeOf(e) == "session.error").GetProperty("error").GetProperty("type").GetString());
        Assert.Equal("retries_exhausted", ReasonOf(list[^1]));
    }

    private const string Budget = ""","budget":{"type":"limit","max_list_cost":{"amount":"2","currency":"USD"}}""";
    private const string Costly = "answers: [{call: {tool: ask}, usage: {input_tokens: 30000}}, {say: two}, {say: three}]";

    [Fact]
    public async Task A_session_at_its_cap_pauses_and_goes_on_when_it_is_raised()
    {
        await using var session = await StartAsync(_server, Costly, more: Budget);
        await session.SendAsync(Message("go"));
        var call = IdOf((await session.RestAsync()).Single(static e => TypeOf(e) == "agent.custom_tool_use"));
        await session.SendAsync(Answer(call));
        var paused = await session.RestAsync();

        Assert.Equal("budget_reached", ReasonOf(paused[^1]));
        Assert.Equal("3", paused[^2].GetProperty("usage").GetProperty("list_cost").GetProperty("amount").GetString());
        Assert.Equal("2", paused[^2].GetProperty("budget").GetProperty("max_list_cost").GetProperty("amount").GetString());
        Assert.Contains("user.tool_confirmation, user.tool_result, user.custom_tool_result and user.interrupt", (await session.TryAsync(Message("on"))).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        var low = (await session.UpdateAsync(""" "budget":{"type":"limit","max_list_cost":{"amount":"3","currency":"USD"}} """)).ExpectError(400, "invalid_request_error");
        Assert.Contains("budget.max_list_cost must be greater than the session's consumed list cost", low.Message, StringComparison.Ordinal);

        (await session.UpdateAsync(""" "budget":{"type":"limit","max_list_cost":{"amount":"500","currency":"USD"}} """)).Expect(System.Net.HttpStatusCode.OK);
        var list = await session.RestAsync();

        Assert.Equal(["session.updated", .. Opening, "span.model_request_start", "agent.message", "span.model_request_end", .. Closing], list.Skip(paused.Count).Select(TypeOf));
        Assert.Equal("500", list[paused.Count].GetProperty("budget").GetProperty("max_list_cost").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task A_cap_that_is_removed_is_removed_for_good()
    {
        await using var session = await StartAsync(_server, Costly, more: Budget);
        await session.SendAsync(Message("go"));
        var call = IdOf((await session.RestAsync()).Single(static e => TypeOf(e) == "agent.custom_tool_use"));
        await session.SendAsync(Answer(call));
        await session.RestAsync();

        (await session.UpdateAsync(""" "budget":null """)).Expect(System.Net.HttpStatusCode.OK);
        var list = await session.RestAsync();

        Assert.Equal("end_turn", ReasonOf(list[^1]));
        Assert.Equal(JsonValueKind.Null, list[^2].GetProperty("budget").ValueKind);
        (await session.UpdateAsync(""" "budget":{"type":"limit","max_list_cost":{"amount":"900","currency":"USD"}} """)).ExpectError(400, "invalid_request_error");
        Assert.Equal(JsonValueKind.Null, (await session.GetAsync()).GetProperty("budget").ValueKind);
    }

    [Fact]
    public async Task A_cap_raised_while_the_model_is_at_work_holds_when_the_turn_is_over()
    {
        await using var session = await StartAsync(_server, "answers: [{call: {tool: bash, input: {command: 'until [ -e go ]; do sleep 0.05; done'}}, usage: {input_tokens: 30000}}, {say: two}]", more: Budget);
        await session.SendAsync(Message("go"));
        await session.UntilAsync("agent.tool_use");

        (await session.UpdateAsync(""" "budget":{"type":"limit","max_list_cost":{"amount":"900","currency":"USD"}} """)).Expect(System.Net.HttpStatusCode.OK);
        var place = Directory.CreateDirectory(Path.Combine(_server.DataDirectory, "sessions", session.Id, "workspace")).FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "go"), "", Cancelled);
        while (ReasonOf(await session.UntilAsync("session.status_idle")) != "end_turn")
        {
            // It may pause at the old cap first.
        }

        Assert.Single(await session.ListAsync("types[]=agent.message"));
    }

    [Fact]
    public async Task An_update_tells_what_changed_and_the_next_turn_has_it()
    {
        await using var session = await StartAsync(_server, "answers: [{call: {tool: ask}}, {say: done}]", tools: "[]");
        var updated = (await session.UpdateAsync($$""" "title":"new","metadata":{"a":"b"},"agent":{"tools":{{AllTools}}} """)).Expect(System.Net.HttpStatusCode.OK).Json;
        Assert.Equal(2, updated.GetProperty("agent").GetProperty("tools").GetArrayLength());
        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        Assert.Equal(["id", "type", "processed_at", "title", "metadata", "agent"], list[0].EnumerateObject().Select(static p => p.Name));
        Assert.Equal("requires_action", ReasonOf(list[^1]));
        (await session.UpdateAsync(""" "title":"new","metadata":{"a":"b"} """)).Expect(System.Net.HttpStatusCode.OK);
        Assert.Equal(list.Count, (await session.ListAsync()).Count);
    }

    [Fact]
    public async Task A_session_at_work_is_neither_archived_nor_deleted_nor_given_another_agent()
    {
        await using var session = await StartAsync(_server, "answers: [{wait_ms: 600000, say: late}]");
        await session.SendAsync(Message("go"));
        await session.UntilAsync("span.model_request_start");

        (await _server.PostAsync($"/v1/sessions/{session.Id}/archive")).ExpectError(400, "invalid_request_error");
        (await _server.DeleteAsync($"/v1/sessions/{session.Id}")).ExpectError(400, "invalid_request_error");
        (await session.UpdateAsync(""" "agent":{"tools":[]} """)).ExpectError(400, "invalid_request_error");
        await session.SendAsync(Interrupt);
        await session.RestAsync();
        Assert.Equal("terminated", (await _server.PostAsync($"/v1/sessions/{session.Id}/archive")).Expect(System.Net.HttpStatusCode.OK).Json.GetProperty("status").GetString());
        await session.UntilAsync("session.status_terminated");
        (await session.TryAsync(Message("on"))).ExpectError(409, "conflict_error");
        Assert.Equal("session.status_terminated", TypeOf((await session.ListAsync())[^1]));
        (await _server.DeleteAsync($"/v1/sessions/{session.Id}")).Expect(System.Net.HttpStatusCode.OK);
        (await _server.GetAsync($"/v1/sessions/{session.Id}")).ExpectError(404, "not_found_error");
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
