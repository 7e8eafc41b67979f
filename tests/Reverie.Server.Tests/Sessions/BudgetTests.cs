using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>What happens at a cap on cost.</summary>
public abstract class BudgetTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : BudgetTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : BudgetTests(server), IClassFixture<PostgresServer>;

    private static readonly string[] Opening = ["session.status_running", "session.thread_status_running"];
    private static readonly string[] Closing = ["session.thread_status_idle", "session.usage", "session.status_idle"];

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

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
}
