using System.Text.Json;
using Reverie.Mcp;
using Reverie.Server.Tests.Hosting;
using Reverie.Server.Tests.Sessions;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Mcp;

/// <summary>Agents with tools of MCP servers (public contract, "MCP tools").</summary>
public abstract class McpTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteMcpServer server) : McpTests(server), IClassFixture<SqliteMcpServer>;

    public sealed class OnPostgres(PostgresMcpServer server) : McpTests(server), IClassFixture<PostgresMcpServer>;

    public sealed class SqliteMcpServer : SqliteServer
    {
        public override ServerOptions Options() => base.Options() with { Mcp = new McpOptions { Hosts = ["127.0.0.1"] } };
    }

    public sealed class PostgresMcpServer(PostgresCluster cluster) : PostgresServer(cluster)
    {
        public override ServerOptions Options() => base.Options() with { Mcp = new McpOptions { Hosts = ["127.0.0.1"] } };
    }

    private readonly TestServer _server = server.OrSkip();
    private McpSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await McpSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_tool_is_called_by_the_server_and_the_model_gets_its_result()
    {
        await using var session = await StartAsync("answers: [{call: {tool: mcp__site__add, input: {a: 2, b: 3}}}, {say: 'It is {{result}}'}]");
        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        var use = list.Single(static e => TypeOf(e) == "agent.mcp_tool_use");
        Assert.Equal(["id", "type", "processed_at", "mcp_server_name", "name", "input", "evaluated_permission", "evaluation"], use.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(("site", "add", "allow"), (use.GetProperty("mcp_server_name").GetString(), use.GetProperty("name").GetString(), use.GetProperty("evaluated_permission").GetString()));
        var result = list.Single(static e => TypeOf(e) == "agent.mcp_tool_result");
        Assert.Equal((IdOf(use), "5", false), (result.GetProperty("mcp_tool_use_id").GetString(), TextOf(result), result.GetProperty("is_error").GetBoolean()));
        Assert.Equal("It is 5", TextOf(list.Single(static e => TypeOf(e) == "agent.message")));
        Assert.Equal("end_turn", ReasonOf(list[^1]));
    }

    [Fact]
    public async Task A_call_waits_for_a_person_unless_the_agent_says_otherwise()
    {
        await using var session = await StartAsync("answers: [{call: [{tool: mcp__site__add, input: {a: 1, b: 1}}, {tool: mcp__site__big, input: {}}]}, {say: done}]", """{"type":"mcp_toolset","mcp_server_name":"site","configs":[{"name":"big","enabled":false}]}""");
        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        var asked = list.Single(static e => TypeOf(e) == "agent.mcp_tool_use");
        Assert.Equal([IdOf(asked)], list[^1].GetProperty("stop_reason").GetProperty("event_ids").EnumerateArray().Select(static e => e.GetString()));
        // A tool that is not enabled is not offered: a call of it is refused as one that does not exist.
        Assert.Equal("deny", list.Single(static e => TypeOf(e) == "agent.tool_use").GetProperty("evaluated_permission").GetString());
        Assert.DoesNotContain("tools/call", _site.Methods);

        await session.SendAsync(Allow(IdOf(asked)));
        list = await session.RestAsync();
        Assert.Equal("2", TextOf(list.Single(static e => TypeOf(e) == "agent.mcp_tool_result")));
        await session.SendAsync(Allow(IdOf(asked)));
        Assert.Single(_site.Methods, static m => m == "tools/call");
    }

    [Fact]
    public async Task Errors_long_texts_and_images_come_back_as_a_model_can_read_them()
    {
        await using var session = await StartAsync("answers: [{call: [{tool: mcp__site__order-find-NNN, input: {}}, {tool: mcp__site__big, input: {}}, {tool: mcp__site__pixel, input: {}}]}, {say: done}]".Replace("mcp__site__order-find-NNN", McpToolName.Of("site", "order.find"), StringComparison.Ordinal));
        await session.SendAsync(Message("go"));
        var results = (await session.RestAsync()).Where(static e => TypeOf(e) == "agent.mcp_tool_result").ToList();

        Assert.Equal([true, false, false], results.Select(static r => r.GetProperty("is_error").GetBoolean()));
        Assert.Contains("no such order", TextOf(results[0]), StringComparison.Ordinal);
        Assert.Contains("has 150000 characters", TextOf(results[1]), StringComparison.Ordinal);
        Assert.Equal("iVBORw0KGgo=", results[2].GetProperty("content")[0].GetProperty("source").GetProperty("data").GetString());
    }

    [Theory]
    [InlineData(401, "mcp_authentication_failed_error")]
    [InlineData(500, "mcp_connection_failed_error")]
    public async Task A_server_that_cannot_be_asked_is_told_of_and_tried_again_with_the_next_turn(int status, string type)
    {
        _site.RefuseWith(status);
        await using var session = await StartAsync("answers: [{say: without}, {call: {tool: mcp__site__add, input: {a: 4, b: 4}}}, {say: '{{result}}'}]");
        await session.SendAsync(Message("go"));
        var list = await session.RestAsync();

        var error = list.Single(static e => TypeOf(e) == "session.error").GetProperty("error");
        Assert.Equal((type, "site", "retrying"), (error.GetProperty("type").GetString(), error.GetProperty("mcp_server_name").GetString(), error.GetProperty("retry_status").GetProperty("type").GetString()));
        Assert.Equal("without", TextOf(list.Single(static e => TypeOf(e) == "agent.message")));

        _site.RefuseWith(0);
        await session.SendAsync(Message("again"));
        list = await session.RestAsync();
        Assert.Equal("8", TextOf(list.Last(static e => TypeOf(e) == "agent.message")));
        Assert.Single(list, static e => TypeOf(e) == "session.error");
    }

    [Fact]
    public async Task A_host_that_nobody_named_is_only_reached_at_a_public_address()
    {
        await using var session = await StartAsync("answers: [{say: without}]", address: _site.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await session.SendAsync(Message("go"));

        Assert.Contains("REVERIE_MCP_HOSTS", (await session.RestAsync()).Single(static e => TypeOf(e) == "session.error").GetRawText(), StringComparison.Ordinal);
        Assert.Empty(_site.Methods);
    }

    private Task<LiveSession> StartAsync(string script, string toolset = """{"type":"mcp_toolset","mcp_server_name":"site","default_config":{"permission_policy":{"type":"always_allow"}}}""", string? address = null) =>
        LiveSession.StartAsync(_server, script, $"[{toolset},{{\"type\":\"agent_toolset_20260401\"}}]", agentMore: $$""","mcp_servers":[{"type":"url","name":"site","url":{{JsonSerializer.Serialize(address ?? _site.Url)}}}]""");
}
