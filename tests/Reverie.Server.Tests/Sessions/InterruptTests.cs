using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Stopping what is under way.</summary>
public abstract class InterruptTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : InterruptTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : InterruptTests(server), IClassFixture<PostgresServer>;

    private static readonly string[] Opening = ["session.status_running", "session.thread_status_running"];
    private static readonly string[] Closing = ["session.thread_status_idle", "session.usage", "session.status_idle"];

    private readonly TestServer _server = server.OrSkip();

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
}
