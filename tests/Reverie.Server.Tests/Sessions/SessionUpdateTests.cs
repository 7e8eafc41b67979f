using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Changing a session, also while it is at work.</summary>
public abstract class SessionUpdateTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : SessionUpdateTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : SessionUpdateTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

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
    public async Task An_export_says_what_the_session_is_called_and_labelled_now()
    {
        await using var session = await StartAsync(_server, "answers: [{say: done}]", tools: "[]");
        (await session.UpdateAsync(""" "title":"new","metadata":{"pilot":"Ada"} """)).Expect(System.Net.HttpStatusCode.OK);

        var exported = (await _server.GetAsync($"/v1/reverie/sessions/export?source=reverie&external_id={session.Id}")).Expect(System.Net.HttpStatusCode.OK).Json;

        Assert.Equal(("new", "Ada"), (exported.GetProperty("title").GetString(), exported.GetProperty("metadata").GetProperty("pilot").GetString()));
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
}
