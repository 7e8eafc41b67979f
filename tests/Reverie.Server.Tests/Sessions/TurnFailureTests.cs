using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Models that fail, refuse, or are given more than they take.</summary>
public abstract class TurnFailureTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : TurnFailureTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : TurnFailureTests(server), IClassFixture<PostgresServer>;

    private static readonly string[] Opening = ["session.status_running", "session.thread_status_running"];
    private static readonly string[] Closing = ["session.thread_status_idle", "session.usage", "session.status_idle"];

    private readonly TestServer _server = server.OrSkip();

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
}
