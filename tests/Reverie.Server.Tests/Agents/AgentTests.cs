using System.Net;
using System.Text.Json;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Beta.Agents;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Agents;

/// <summary>Agents and their versions, as they go over the wire and through the official client.</summary>
public abstract class AgentTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : AgentTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : AgentTests(server), IClassFixture<PostgresServer>;

    private const string Unknown = "agent_011CZkZAtmR3yMPDzynEDxu7";

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_agent_shows_every_key_with_its_default()
    {
        var agent = (await CreateAsync("""{"name":"a","model":"reverie/local"}""")).Json;

        Assert.Equal(
            ["archived_at", "created_at", "description", "execution_identity", "id", "mcp_servers", "metadata", "model", "multiagent", "name", "skills", "system", "tools", "type", "updated_at", "version"],
            agent.EnumerateObject().Select(static p => p.Name).Order(StringComparer.Ordinal));
        Assert.StartsWith("agent_", agent.GetProperty("id").GetString(), StringComparison.Ordinal);
        Same("""{"id":"reverie/local","speed":"standard"}""", agent.GetProperty("model"));
        Same("""{"type":"service_account"}""", agent.GetProperty("execution_identity"));
        Assert.Equal(1, agent.GetProperty("version").GetInt32());
        Assert.All(new[] { "description", "system", "multiagent", "archived_at" }, key => Assert.Equal(JsonValueKind.Null, agent.GetProperty(key).ValueKind));
        Assert.All(new[] { "tools", "mcp_servers", "skills" }, key => Assert.Equal(0, agent.GetProperty(key).GetArrayLength()));
    }

    [Fact]
    public async Task Defaults_of_tools_are_resolved()
    {
        var agent = await CreateAsync("""
            {"name":"a","model":"m","mcp_servers":[{"type":"url","name":"docs","url":"https://mcp.example.com/mcp"}],
             "tools":[{"type":"agent_toolset_20260401","default_config":{"enabled":false},"configs":[{"name":"bash","permission_policy":{"type":"always_ask"}},{"name":"web_fetch","enabled":true,"allowed_domains":["Example.com/"],"url_sources":{"user_input":"none"}}]},
                      {"type":"mcp_toolset","mcp_server_name":"docs","configs":[{"name":"find","enabled":false}]},
                      {"type":"custom","name":"ask","description":"d","input_schema":{"type":"object","properties":{"q":{"type":"string","x-note":1}},"required":["q"]}}]}
            """);

        Same("""
            [{"type":"agent_toolset_20260401","default_config":{"enabled":false,"permission_policy":{"type":"always_allow"}},"configs":[
                {"type":"bash","name":"bash","enabled":false,"permission_policy":{"type":"always_ask"}},
                {"type":"web_fetch","name":"web_fetch","enabled":true,"permission_policy":{"type":"always_allow"},"allowed_domains":["Example.com/"],"max_content_tokens":null,
                 "url_sources":{"client_tool_results":null,"server_tool_results":null,"user_input":{"type":"none"}}}]},
             {"type":"mcp_toolset","mcp_server_name":"docs","default_config":{"enabled":true,"permission_policy":{"type":"always_ask"}},"configs":[{"name":"find","enabled":false,"permission_policy":{"type":"always_ask"}}]},
             {"type":"custom","name":"ask","description":"d","input_schema":{"type":"object","properties":{"q":{"type":"string","x-note":1}},"required":["q"]}}]
            """, agent.Json.GetProperty("tools"));
        Same(agent.Json.GetRawText(), (await _server.GetAsync($"/v1/agents/{agent.Id}")).Json);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { """ "name":"" """, "name must have 1 to 256" },
        { """ "name":7 """, "name must be a string" },
        { """ "model":null """, "model is required" },
        { """ "model":{"effort":"low"} """, "model.id is required" },
        { """ "model":{"id":"m","effort":"huge"} """, "model.effort must be low or medium or high or xhigh or max" },
        { """ "model":{"id":"m","effort":{"type":7}} """, "model.effort.type must be a string" },
        { """ "model":{"id":"m","speed":"slow"} """, "model.speed must be standard or fast" },
        { """ "model":{"id":"m","inference_geo":"eu"} """, "model.inference_geo must be us or global" },
        { """ "nmae":"a" """, "\"nmae\" is not a field" },
        { """ "skills":[{"type":"anthropic","skill_id":"pdf"}] """, "skills[0].type must be custom: skills of type anthropic" },
        { """ "skills":[{"type":"custom","skill_id":"pdf"}] """, "skills[0].skill_id must be an id that begins with skill_" },
        { """ "skills":[{"type":"custom","skill_id":"skill_1","version":"3"}] """, "skills[0].version must be latest or an id that begins with skver_" },
        { """ "skills":[{"type":"custom","skill_id":"skill_1"},{"type":"custom","skill_id":"skill_1","version":"skver_1"}] """, "skills[1].skill_id names skill_1, which the agent has already" },
        { """ "skills":[{"type":"custom","skill_id":"skill_1"}] """, "skills[0] names the skill skill_1, which is not in this workspace" },
        { """ "skills":[{"type":"custom","skill_id":"skill_1","version":"skver_1"}] """, "skills[0] names version skver_1 of the skill skill_1, which is not in this workspace" },
        { """ "execution_identity":{"type":"aws_role","role_arn":"arn:aws:iam::1:role/r"} """, "execution_identity.type must be service_account" },
        { """ "tools":[{"type":"agent_toolset_20270101"}] """, "tools[0].type must be" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"rm"}]}] """, "tools[0].configs[0].name must be bash" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"bash","type":"edit"}]}] """, "tools[0].configs[0].type must be bash" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"bash"},{"name":"bash"}]}] """, "names bash more than once" },
        { """ "tools":[{"type":"agent_toolset_20260401"},{"type":"agent_toolset_20260401"}] """, "more than one agent_toolset" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"bash","permission_policy":{"type":"never"}}]}] """, "permission_policy.type must be always_allow or always_ask or auto" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch","allowed_domains":["a.com"],"blocked_domains":["b.com"]}]}] """, "Only one of allowed_domains or blocked_domains may be set." },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch","allowed_domains":[]}]}] """, "allowed_domains: Empty list of domains is ambiguous. Provide at least one domain or null." },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch","allowed_domains":["a.com","b.com/x"]}]}] """, "allowed_domains.1: must be a host name without a path" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch","max_content_tokens":0}]}] """, "max_content_tokens must be a whole number from 1" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch","url_sources":{"client_tool_results":"none","server_tool_results":"none","user_input":"none"}}]}] """, "all none" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch","url_sources":{"client_tool_results":{"type":"only","tools":[{"type":"tool_reference","name":"x"}]}}}]}] """, "\"x\", which is no custom tool" },
        { """ "tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_search","user_location":{"type":"approximate","timezone":"Mars/Base"}}]}] """, "timezone must be an IANA" },
        { """ "tools":[{"type":"mcp_toolset","mcp_server_name":"x"}] """, "\"x\", which is not in mcp_servers" },
        { """ "mcp_servers":[{"type":"url","name":"x","url":"https://a.example/mcp"}] """, "\"x\", which no mcp_toolset names" },
        { """ "mcp_servers":[{"type":"url","name":"x","url":"ftp://a.example"}] """, "mcp_servers[0].url must be an http" },
        { """ "tools":[{"type":"custom","name":"bash","description":"d","input_schema":{"type":"object"}}] """, "built-in tool's name" },
        { """ "tools":[{"type":"custom","name":"ant__x","description":"d","input_schema":{"type":"object"}}] """, "reserved" },
        { """ "tools":[{"type":"custom","name":"a b","description":"d","input_schema":{"type":"object"}}] """, "tools[0].name must be made of letters" },
        { """ "tools":[{"type":"custom","name":"a","description":"","input_schema":{"type":"object"}}] """, "tools[0].description" },
        { """ "tools":[{"type":"custom","name":"a","description":"d","input_schema":{"type":"string"}}] """, "input_schema must have \"type\": \"object\"" },
        { """ "tools":[{"type":"custom","name":"a","description":"d","input_schema":{"type":"object","properties":{"b":{"$ref":"#/x"}}}}] """, "must not have $ref" },
        { """ "tools":[{"type":"custom","name":"a","description":"d","input_schema":{"type":"object","anyOf":[]}}] """, "must not have anyOf at its top level" },
        { """ "tools":[{"type":"custom","name":"a","description":"d","input_schema":{"type":"object","properties":{"a b":{}}}}] """, "property names" },
        { """ "multiagent":{"agents":[]} """, "multiagent.type is required" },
        { """ "multiagent":{"type":"coordinator","agents":[]} """, "at least one agent" },
        { """ "multiagent":{"type":"coordinator","agents":["agent_011CZkZAtmR3yMPDzynEDxu7"]} """, "which is not in this workspace" },
        { """ "multiagent":{"type":"coordinator","agents":[{"type":"self"},{"type":"self"}]} """, "more than once" },
        { """ "multiagent":{"type":"multiagent_20261001","advisor":{"type":"enabled"}} """, "multiagent.advisor.model is required" },
        { """ "multiagent":{"type":"multiagent_20261001","workflows":{"type":"enabled","inline_agents":{"type":"disabled"}}} """, "multiagent.workflows has inline_agents disabled" },
        { """ "metadata":{"k":7} """, "metadata" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_breaks_a_rule_is_refused_by_name_when_made_and_when_changed(string field, string words)
    {
        var name = field.Trim().Split('"')[1];
        var others = string.Concat(new[] { ("name", "\"n\""), ("model", "\"m\"") }.Where(o => o.Item1 != name).Select(static o => $"\"{o.Item1}\":{o.Item2},"));
        var agent = await CreateAsync("""{"name":"a","model":"m"}""");

        var made = (await _server.PostAsync("/v1/agents", $"{{{others}{field}}}")).ExpectError(400, "invalid_request_error");
        var changed = (await _server.PostAsync($"/v1/agents/{agent.Id}", $"{{{field}}}")).ExpectError(400, "invalid_request_error");

        Assert.Contains(words, made.Message, StringComparison.Ordinal);
        if (words != "model is required") Assert.Contains(words, changed.Message, StringComparison.Ordinal);
        Same(agent.Json.GetRawText(), (await _server.GetAsync($"/v1/agents/{agent.Id}")).Json);
    }

    [Fact]
    public async Task An_unsupported_country_ends_the_message()
    {
        var refused = (await _server.PostAsync("/v1/agents", """{"name":"a","model":"m","tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_search","user_location":{"type":"approximate","country":"XX"}}]}]}""")).ExpectError(400, "invalid_request_error");

        Assert.EndsWith("user_location.country: not a country the search provider supports", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_makes_a_version_and_nothing_else_does()
    {
        var first = await CreateAsync("""{"name":"a","model":{"id":"m","effort":"high","inference_geo":"us"},"system":"s","metadata":{"k":"v","drop":"x"}}""");
        _server.Clock.Advance(TimeSpan.FromMinutes(1));

        var same = await UpdateAsync(first.Id, """{"name":"a","model":{"id":"m","inference_geo":"us"},"metadata":{"k":"v"},"version":1}""");
        var second = await UpdateAsync(first.Id, """{"system":"","model":"m","metadata":{"drop":null}}""");
        var other = await UpdateAsync(first.Id, """{"model":"n"}""");

        Same(first.Json.GetRawText(), same.Json);
        Assert.Equal(2, second.Json.GetProperty("version").GetInt32());
        Same("""{"id":"m","effort":{"type":"high"},"speed":"standard"}""", second.Json.GetProperty("model"));
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("system").ValueKind);
        Same("""{"k":"v"}""", second.Json.GetProperty("metadata"));
        Assert.Equal(first.Json.GetProperty("created_at").GetString(), second.Json.GetProperty("created_at").GetString());
        Assert.NotEqual(first.Json.GetProperty("updated_at").GetString(), second.Json.GetProperty("updated_at").GetString());
        Same("""{"id":"n","speed":"standard"}""", other.Json.GetProperty("model"));
        Same(first.Json.GetRawText(), (await _server.GetAsync($"/v1/agents/{first.Id}?version=1")).Json);
    }

    [Fact]
    public async Task A_stale_version_is_a_conflict_that_is_not_tried_again()
    {
        var agent = await CreateAsync("""{"name":"a","model":"m"}""");
        await UpdateAsync(agent.Id, """{"name":"b"}""");

        var refused = (await _server.PostAsync($"/v1/agents/{agent.Id}", """{"name":"b","version":1}""")).ExpectError(409, "conflict_error");

        Assert.Equal("false", refused.Header("x-should-retry"));
        Assert.Contains("version 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roster_is_pinned_when_it_is_saved_and_lists_the_agent_itself_anew()
    {
        var helper = (await CreateAsync("""{"name":"helper","model":"m"}""")).Id;
        var agent = await CreateAsync($$$$"""{"name":"a","model":"m","multiagent":{"type":"coordinator","agents":[{"type":"advisor","model":"big"},"{{{{helper}}}}",{"type":"self"}]}}""");
        await UpdateAsync(helper, """{"name":"helper 2"}""");

        var renamed = await UpdateAsync(agent.Id, """{"name":"b"}""");
        var pinned = await UpdateAsync(agent.Id, $$$$"""{"multiagent":{"type":"coordinator","agents":["{{{{helper}}}}"]}}""");
        var again = await UpdateAsync(agent.Id, $$$$"""{"multiagent":{"type":"coordinator","agents":["{{{{helper}}}}"]}}""");

        Same($$"""[{"type":"agent","id":"{{helper}}","version":1},{"type":"agent","id":"{{agent.Id}}","version":1},{"type":"advisor","model":"big"}]""", agent.Json.GetProperty("multiagent").GetProperty("agents"));
        Same($$"""[{"type":"agent","id":"{{helper}}","version":1},{"type":"agent","id":"{{agent.Id}}","version":2},{"type":"advisor","model":"big"}]""", renamed.Json.GetProperty("multiagent").GetProperty("agents"));
        Same($$"""[{"type":"agent","id":"{{helper}}","version":2}]""", pinned.Json.GetProperty("multiagent").GetProperty("agents"));
        Assert.Equal(3, again.Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_newer_block_merges_level_by_level()
    {
        var helper = (await CreateAsync("""{"name":"helper","model":"m"}""")).Id;
        var agent = await CreateAsync($$$$"""{"name":"a","model":"m","multiagent":{"type":"multiagent_20261001","subagents":{"type":"enabled","inline_agents":{"type":"disabled"},"predefined_agents":["{{{{helper}}}}"]},"workflows":{"type":"disabled"},"advisor":{"type":"enabled","model":"big"}}}""");

        var after = await UpdateAsync(agent.Id, """{"multiagent":{"type":"multiagent_20261001","subagents":{"type":"enabled","inline_agents":null},"workflows":null}}""");
        var cleared = await UpdateAsync(agent.Id, """{"multiagent":null}""");
        var refused = (await _server.PostAsync($"/v1/agents/{agent.Id}", """{"multiagent":{"type":"multiagent_20261001","subagents":{"inline_agents":null}}}""")).ExpectError(400, "invalid_request_error");

        Same($$$$"""
            {"type":"multiagent_20261001","subagents":{"type":"enabled","inline_agents":{"type":"enabled"},"predefined_agents":[{"type":"agent","id":"{{{{helper}}}}","version":1}]},
             "workflows":{"type":"enabled","inline_agents":{"type":"enabled"},"predefined_agents":[]},"advisor":{"type":"enabled","model":"big"}}
            """, after.Json.GetProperty("multiagent"));
        Assert.Equal(JsonValueKind.Null, cleared.Json.GetProperty("multiagent").ValueKind);
        Assert.Contains("multiagent.subagents.type is required", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_that_are_archived_or_delegate_themselves_or_are_served_elsewhere_are_not_listed()
    {
        var archived = (await CreateAsync("""{"name":"x","model":"m"}""")).Id;
        await _server.PostAsync($"/v1/agents/{archived}/archive");
        var deep = (await CreateAsync("""{"name":"x","model":"m","multiagent":{"type":"multiagent_20261001"}}""")).Id;
        var elsewhere = (await CreateAsync("""{"name":"x","model":{"id":"m","inference_geo":"us"}}""")).Id;
        var advisor = (await CreateAsync("""{"name":"anthropic.advisor","model":"m"}""")).Id;

        foreach (var (entry, words) in new[] { ($"\"{archived}\"", "is archived"), ($"\"{deep}\"", "one level deep"), ($"\"{elsewhere}\"", "all must be equal"), ($"{{\"type\":\"agent\",\"id\":\"{deep}\",\"version\":9}}", "version 9"), ($"\"{advisor}\",{{\"type\":\"advisor\",\"model\":\"m\"}}", "rename the agent") })
        {
            var refused = (await _server.PostAsync("/v1/agents", $$$$"""{"name":"a","model":"m","multiagent":{"type":"coordinator","agents":[{{{{entry}}}}]}}""")).ExpectError(400, "invalid_request_error");
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Agents_and_versions_are_listed_newest_first_page_by_page()
    {
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        var since = Uri.EscapeDataString(_server.Clock.GetUtcNow().ToString("O"));
        var made = new List<string>();
        for (var i = 0; i < 5; i++) made.Add((await CreateAsync($$"""{"name":"{{i}}","model":"m"}""")).Id);
        for (var i = 0; i < 4; i++) await UpdateAsync(made[0], $$"""{"name":"n{{i}}"}""");
        await _server.PostAsync($"/v1/agents/{made[1]}/archive");

        var listed = await PagesAsync($"/v1/agents?limit=2&created_at[gte]={since}", static a => a.GetProperty("id").GetString()!);
        var versions = await PagesAsync($"/v1/agents/{made[0]}/versions?limit=2", static a => a.GetProperty("version").GetInt32());

        Assert.Equal(made.Except([made[1]]).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(5, (await PagesAsync($"/v1/agents?include_archived=true&created_at[gte]={since}", static a => a.GetProperty("id").GetString()!)).Count);
        Assert.Equal([5, 4, 3, 2, 1], versions);
    }

    [Fact]
    public async Task The_official_client_reads_archives_and_misses()
    {
        var agents = _server.Client.Beta.Agents;
        var made = await CreateAsync("""{"name":"a","model":"claude-opus-5","description":"d","tools":[{"type":"agent_toolset_20260401","configs":[{"name":"bash"}]}]}""");

        var read = await agents.Retrieve(made.Id, cancellationToken: Cancelled);
        var archived = await agents.Archive(made.Id, cancellationToken: Cancelled);
        var twice = await agents.Archive(made.Id, cancellationToken: Cancelled);

        Assert.Equal(("a", "d", 1), (read.Name, read.Description, (int)read.Version));
        Assert.Single(read.Tools);
        Assert.Equal(_server.Clock.GetUtcNow(), archived.ArchivedAt);
        Assert.Equal(archived, twice);
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => agents.Update(made.Id, new() { Name = "b" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => agents.Retrieve(Unknown, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => agents.Retrieve(made.Id, new() { Version = 7 }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => agents.Update(Unknown, new() { Name = "b" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => agents.Archive(Unknown, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => agents.Versions.List(Unknown, cancellationToken: Cancelled));
        var listed = new List<string>();
        await foreach (var agent in ((IPage<BetaManagedAgentsAgent>)await agents.List(new() { IncludeArchived = true, Limit = 100 }, Cancelled)).Paginate(Cancelled)) listed.Add(agent.ID);
        Assert.Contains(made.Id, listed);
    }

    [Fact]
    public async Task Another_workspace_sees_no_agent_and_cannot_list_it()
    {
        var agent = (await CreateAsync("""{"name":"a","model":"m"}""")).Id;
        var key = await _server.CreateKeyAsync("wrkspc_agents");
        using var read = TestServer.Request(HttpMethod.Get, $"/v1/agents/{agent}", key, TestServer.AgentsBeta);
        using var list = TestServer.Request(HttpMethod.Post, "/v1/agents", key, TestServer.AgentsBeta);
        list.Content = new StringContent($$$$"""{"name":"a","model":"m","multiagent":{"type":"coordinator","agents":["{{{{agent}}}}"]}}""", System.Text.Encoding.UTF8, "application/json");

        (await _server.SendAsync(read)).ExpectError(404, "not_found_error");
        (await _server.SendAsync(list)).ExpectError(400, "invalid_request_error");
    }

    [Fact]
    public async Task Updates_at_the_same_time_make_one_version_each()
    {
        var agent = await CreateAsync("""{"name":"a","model":"m"}""");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => UpdateAsync(agent.Id, $$$$"""{"metadata":{"k{{{{i}}}}":"v"}}""")));

        var last = (await _server.GetAsync($"/v1/agents/{agent.Id}")).Json;
        Assert.Equal(9, last.GetProperty("version").GetInt32());
        Assert.Equal(8, last.GetProperty("metadata").EnumerateObject().Count());
    }

    private async Task<Reply> CreateAsync(string body) => (await _server.PostAsync("/v1/agents", body)).Expect(HttpStatusCode.OK);

    private async Task<Reply> UpdateAsync(string id, string body) => (await _server.PostAsync($"/v1/agents/{id}", body)).Expect(HttpStatusCode.OK);

    private async Task<List<T>> PagesAsync<T>(string path, Func<JsonElement, T> read)
    {
        var items = new List<T>();
        for (var page = (await _server.GetAsync(path)).Expect(HttpStatusCode.OK); ; page = (await _server.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page={page.NextPage}")).Expect(HttpStatusCode.OK))
        {
            items.AddRange(page.Json.GetProperty("data").EnumerateArray().Select(read));
            if (page.NextPage is null) return items;
        }
    }

    private static void Same(string expected, JsonElement actual) => Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), actual.GetRawText());
}
