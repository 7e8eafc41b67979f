using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>What an agent's settings for <c>web_fetch</c> let it read, from the session to the page.</summary>
public sealed class WebFetchTests(WebFetchTests.FetchingServer server) : IClassFixture<WebFetchTests.FetchingServer>
{
    /// <summary>A page every test server has.</summary>
    private string Page => $"{server.Url}/healthz";

    [Theory]
    [InlineData("", true)]
    [InlineData(""","allowed_domains":["example.com"]""", false)]
    [InlineData(""","blocked_domains":["example.com"]""", true)]
    public async Task The_agents_domains_are_kept_to(string settings, bool isFetched)
    {
        var result = await FetchAsync(settings, Page, "go");

        Assert.Equal(isFetched ? $"{Page}\n\nok" : "web_fetch: url_not_allowed: 127.0.0.1 is not permitted by this agent's domains", TextOf(result));
        Assert.Equal(!isFetched, result.GetProperty("is_error").GetBoolean());
    }

    [Fact]
    public async Task A_page_is_cut_at_the_agents_tokens()
    {
        var result = await FetchAsync(""","max_content_tokens":1""", $"{server.Url}/openapi.json", "go");

        Assert.EndsWith("[content truncated at 1 tokens]", TextOf(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user_input":"all"}""", "nothing here", true)]
    [InlineData("""{"user_input":"all","client_tool_results":"none"}""", "nothing here", false)]
    [InlineData("""{"client_tool_results":"none"}""", "read PAGE.", true)]
    [InlineData("""{"client_tool_results":"none"}""", "read (PAGE#part), please", true)]
    [InlineData("""{"client_tool_results":"none"}""", "read PAGE/more", false)]
    [InlineData("""{"client_tool_results":"none"}""", "read PAGE?q=1", false)]
    [InlineData("""{"user_input":"none"}""", "read PAGE", false)]
    public async Task An_address_must_stand_where_the_agent_may_take_one_from(string sources, string message, bool isFetched)
    {
        var result = await FetchAsync($$""","url_sources":{{sources}}""", Page, message.Replace("PAGE", Page, StringComparison.Ordinal));

        if (isFetched) Assert.Equal($"{Page}\n\nok", TextOf(result));
        else Assert.StartsWith($"web_fetch: url_not_allowed: {Page} was not shown", TextOf(result), StringComparison.Ordinal);
        Assert.Equal(!isFetched, result.GetProperty("is_error").GetBoolean());
    }

    [Theory]
    [InlineData("""{"type":"only","tools":[{"type":"tool_reference","name":"ask"}]}""", true)]
    [InlineData("""{"type":"except","tools":[{"type":"tool_reference","name":"ask"}]}""", false)]
    [InlineData("\"none\"", false)]
    public async Task An_address_of_a_custom_tools_result_counts_where_the_tool_does(string filter, bool isFetched)
    {
        await using var session = await StartAsync(server, $"answers: [{{call: {{tool: ask, input: {{}}}}}}, {Call(Page)}, {{say: done}}]",
            Tools($$$""","url_sources":{"user_input":"none","client_tool_results":{{{filter}}}}"""));
        await session.SendAsync(Message("go"));
        var call = IdOf(await session.UntilAsync("agent.custom_tool_use"));
        await session.UntilAsync("session.status_idle");
        await session.SendAsync(Answer(call, $"see {Page}"));

        Assert.Equal(!isFetched, (await session.RestAsync()).Single(static e => TypeOf(e) == "agent.tool_result").GetProperty("is_error").GetBoolean());
    }

    [Fact]
    public async Task A_refusal_does_not_show_the_address_it_names()
    {
        await using var session = await StartAsync(server, $"answers: [{Call(Page)}, {Call(Page)}, {{say: done}}]",
            Tools(""","url_sources":{"user_input":"none"}"""));
        await session.SendAsync(Message("go"));

        Assert.All((await session.RestAsync()).Where(static e => TypeOf(e) == "agent.tool_result"), static e => Assert.True(e.GetProperty("is_error").GetBoolean()));
    }

    [Theory]
    [InlineData("see PAGE", true)]
    [InlineData("go", false)]
    public async Task A_specialist_takes_addresses_from_people_and_not_from_its_lead(string message, bool isFetched)
    {
        var tools = Tools(""","url_sources":{"client_tool_results":"none","server_tool_results":"none"}""");
        var worker = (await server.PostAsync("/v1/agents", $$"""{"name":"worker","model":"reverie/scripted","system":{{JsonSerializer.Serialize($"answers: [{Call(Page)}, {{say: done}}]")}},"tools":{{tools}}}""")).Expect(System.Net.HttpStatusCode.OK).Id;
        await using var session = await StartAsync(server, $"answers: [{{call: {{tool: send_to_agent, input: {{agent: worker, message: 'fetch {Page}'}}}}}}, {{say: sent}}, {{say: end}}]", tools,
            agentMore: $$""","multiagent":{"type":"coordinator","agents":["{{worker}}"]}""");
        await session.SendAsync(Message(message.Replace("PAGE", Page, StringComparison.Ordinal)));
        var thread = (await session.RestAsync()).Single(static e => TypeOf(e) == "session.thread_created").GetProperty("session_thread_id").GetString();

        var events = (await server.GetAsync($"/v1/sessions/{session.Id}/threads/{thread}/events")).Expect(System.Net.HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray();
        Assert.Equal(!isFetched, events.Single(static e => TypeOf(e) == "agent.tool_result").GetProperty("is_error").GetBoolean());
    }

    private async Task<JsonElement> FetchAsync(string settings, string url, string message)
    {
        await using var session = await StartAsync(server, $"answers: [{Call(url)}, {{say: done}}]", Tools(settings));
        await session.SendAsync(Message(message));
        return (await session.RestAsync()).Single(static e => TypeOf(e) == "agent.tool_result");
    }

    private static string Call(string url) => $"{{call: {{tool: web_fetch, input: {{url: '{url}'}}}}}}";

    private static string Tools(string settings) =>
        $$$"""[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch"{{{settings}}}}]},{"type":"custom","name":"ask","description":"d","input_schema":{"type":"object"}}]""";

    /// <summary>Pages on its own loopback may be fetched.</summary>
    public sealed class FetchingServer : SqliteServer
    {
        public override ServerOptions Options() => base.Options() with { FetchesFrom = static _ => true };
    }
}
