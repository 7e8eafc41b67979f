using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Creating and updating sessions: every form of the agent, and every refusal with the field it names.</summary>
public abstract class SessionStartTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : SessionStartTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : SessionStartTests(server), IClassFixture<PostgresServer>;

    private const string Script = "answers: [{say: one}]";
    private const string NoAgent = "agent_011CZkZAtmR3yMPDzynEDxu7";

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task A_session_takes_the_newest_version_of_its_agent_or_the_one_it_names()
    {
        var agent = await LiveSession.AgentAsync(_server, Script);
        (await _server.PostAsync($"/v1/agents/{agent}", """{"version":1,"name":"renamed"}""")).Expect(HttpStatusCode.OK);

        foreach (var (form, version, name) in new[] { ($"\"{agent}\"", 2, "renamed"), ($$"""{"type":"agent","id":"{{agent}}"}""", 2, "renamed"), ($$"""{"type":"agent","id":"{{agent}}","version":1}""", 1, "tester") })
        {
            var session = (await CreateAsync($"\"agent\":{form}")).Expect(HttpStatusCode.OK).Json;
            Assert.Equal((agent, version, name), (session.GetProperty("agent").GetProperty("id").GetString(), session.GetProperty("agent").GetProperty("version").GetInt32(), session.GetProperty("agent").GetProperty("name").GetString()));
            Assert.Equal(("idle", 0, JsonValueKind.Null), (session.GetProperty("status").GetString(), session.GetProperty("resources").GetArrayLength(), session.GetProperty("budget").ValueKind));
        }
    }

    [Fact]
    public async Task Overrides_hold_for_the_session_alone()
    {
        var agent = await LiveSession.AgentAsync(_server, Script);

        var session = (await CreateAsync($$""" "agent":{"type":"agent_with_overrides","id":"{{agent}}","system":"answers: [{say: two}]","tools":[],"model":"reverie/scripted"},"title":"t","metadata":{"a":"b"} """)).Expect(HttpStatusCode.OK).Json;

        var copy = session.GetProperty("agent");
        Assert.Equal(("answers: [{say: two}]", 0, 1), (copy.GetProperty("system").GetString(), copy.GetProperty("tools").GetArrayLength(), copy.GetProperty("version").GetInt32()));
        Assert.Equal(("t", "b"), (session.GetProperty("title").GetString(), session.GetProperty("metadata").GetProperty("a").GetString()));
        var saved = (await _server.GetAsync($"/v1/agents/{agent}")).Json;
        Assert.Equal((Script, 2), (saved.GetProperty("system").GetString(), saved.GetProperty("tools").GetArrayLength()));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { """ "title":"t" """, "agent is required" },
        { """ "agent":7 """, "agent must be" },
        { """ "agent":"x" """, "agent must be an id that begins with agent_" },
        { """ "agent":{"type":"agents","id":"AGENT"} """, "agent.type must be agent or agent_with_overrides" },
        { """ "agent":{"type":"agent","id":"AGENT","version":0} """, "agent.version must be" },
        { """ "agent":{"type":"agent","id":"AGENT","system":"x"} """, "agent" },
        { """ "agent":{"type":"agent_with_overrides","id":"AGENT","model":null} """, "agent_model_required" },
        { """ "agent":{"type":"agent_with_overrides","id":"AGENT","system":"no script"} """, "system must hold a script" },
        { """ "agent":{"type":"agent_with_overrides","id":"AGENT","tools":[{"type":"custom"}]} """, "agent.tools[0].name is required" },
        { """ "agent":{"type":"agent_with_overrides","id":"AGENT","skills":[{"type":"anthropic","skill_id":"pdf"}]} """, "agent.skills[0].type must be custom" },
        { """ "agent":"AGENT","environment_id":"env" """, "environment_id must be an id that begins with env_" },
        { """ "agent":"AGENT","environment_id":null """, "environment_id is required" },
        { """ "agent":"AGENT","titel":"t" """, "\"titel\" is not a field" },
        { """ "agent":"AGENT","title":7 """, "title must be a string" },
        { """ "agent":"AGENT","metadata":{"a":7} """, "metadata" },
        { """ "agent":"AGENT","vault_ids":["vlt_1"] """, "vault_ids must be empty" },
        { """ "agent":"AGENT","budget":{} """, "budget.type is required" },
        { """ "agent":"AGENT","budget":{"type":"limit"} """, "budget.max_list_cost is required" },
        { """ "agent":"AGENT","budget":{"type":"limit","max_list_cost":{"amount":"0","currency":"USD"}} """, "budget.max_list_cost.amount must be whole cents above 0" },
        { """ "agent":"AGENT","budget":{"type":"limit","max_list_cost":{"amount":"1.5","currency":"USD"}} """, "budget.max_list_cost.amount must be whole cents" },
        { """ "agent":"AGENT","budget":{"type":"limit","max_list_cost":{"amount":"-1","currency":"USD"}} """, "budget.max_list_cost.amount must be whole cents" },
        { """ "agent":"AGENT","budget":{"type":"limit","max_list_cost":{"amount":"012","currency":"USD"}} """, "budget.max_list_cost.amount must be whole cents" },
        { """ "agent":"AGENT","budget":{"type":"limit","max_list_cost":{"amount":"1234567890123","currency":"USD"}} """, "budget.max_list_cost.amount must be whole cents" },
        { """ "agent":"AGENT","budget":{"type":"limit","max_list_cost":{"amount":5,"currency":"USD"}} """, "budget.max_list_cost.amount must be a string" },
        { """ "agent":"AGENT","budget":{"type":"limit","max_list_cost":{"amount":"5","currency":"EUR"}} """, "budget.max_list_cost.currency must be USD" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.interrupt"}] """, "initial_events may hold user.message and user.define_outcome events only" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.define_outcome"}] """, "initial_events[0].rubric is required" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message"}] """, "initial_events[0].content is required" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message","content":[]}] """, "initial_events[0].content must hold at least one block" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message","content":[{"type":"redacted"}]}] """, "initial_events[0].content[0].type must be text or image or document" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message","content":[{"type":"text","text":""}]}] """, "initial_events[0].content[0].text must have" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message","content":[{"type":"image"}]}] """, "initial_events[0].content[0].source is required" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message","content":[{"type":"image","source":{"type":"base64","media_type":"image/bmp","data":"AA=="}}]}] """, "source.media_type must be image/png" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"?"}}]}] """, "source.data must be base64" },
        { """ "agent":"AGENT","initial_events":[{"type":"user.message","content":[{"type":"document","source":{"type":"url","url":"ftp://a/b"}}]}] """, "source.url must be an http or https address" },
        { """ "agent":"AGENT","resources":[{"type":"disk"}] """, "resources[0].type must be file or github_repository or memory_store" },
        { """ "agent":"AGENT","resources":[{"type":"file"}] """, "resources[0].file_id is required" },
        { """ "agent":"AGENT","resources":[{"type":"file","file_id":"file_none"}] """, "resources[0].file_id names no file of this workspace" },
        { """ "agent":"AGENT","resources":[{"type":"memory_store","memory_store_id":"x"}] """, "resources[0].memory_store_id is not the id of a memory store" },
        { """ "agent":"AGENT","resources":[{"type":"memory_store","memory_store_id":"memstore_011CZkZAtmR3yMPDzynEDxu7"}] """, "resources[0].memory_store_id names no memory store" },
        { """ "agent":"AGENT","resources":[{"type":"memory_store","memory_store_id":"STORE","access":"all"}] """, "resources[0].access must be read_write or read_only" },
        { """ "agent":"AGENT","resources":[{"type":"memory_store","memory_store_id":"STORE"},{"type":"memory_store","memory_store_id":"STORE"}] """, "resources[1].memory_store_id names STORE a second time" },
        { """ "agent":"AGENT","resources":[{"type":"memory_store","memory_store_id":"STORE","mount_path":"/x"}] """, "mount_path" },
        { """ "agent":"AGENT","resources":[{"type":"github_repository","url":"https://github.com/a/b.git"}] """, "resources[0].url must be https://github.com/<owner>/<repo>" },
        { """ "agent":"AGENT","resources":[{"type":"github_repository","url":"https://github.com/a/b","mount_path":"/workspace/../etc"}] """, "resources[0].mount_path must be a path below /workspace" },
        { """ "agent":"AGENT","resources":[{"type":"github_repository","url":"https://github.com/a/b","checkout":{"type":"commit","sha":"abc"}}] """, "resources[0].checkout.sha must have" },
        { """ "agent":"AGENT","resources":[{"type":"github_repository","url":"https://github.com/a/b","checkout":{"type":"branch","name":"-x"}}] """, "resources[0].checkout.name is not a branch name" },
        { """ "agent":"AGENT","resources":[{"type":"github_repository","url":"https://github.com/a/b"},{"type":"github_repository","url":"https://github.com/c/b"}] """, "resources[1].mount_path /workspace/b lies in the way" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_by_name_and_nothing_is_made(string fields, string words)
    {
        var agent = await LiveSession.AgentAsync(_server, Script);
        var store = (await _server.NewStoreAsync()).Split('/')[^1];

        var refused = (await CreateAsync(fields.Replace("AGENT", agent, StringComparison.Ordinal).Replace("STORE", store, StringComparison.Ordinal))).ExpectError(400, "invalid_request_error");

        Assert.Contains(words.Replace("STORE", store, StringComparison.Ordinal), refused.Message, StringComparison.Ordinal);
        Assert.Empty((await _server.GetAsync($"/v1/sessions?agent_id={agent}")).Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        (await CreateAsync($"\"agent\":\"{NoAgent}\"")).ExpectError(404, "not_found_error");
        (await CreateAsync($$""" "agent":{"type":"agent","id":"{{await LiveSession.AgentAsync(_server, Script)}}","version":7} """)).ExpectError(404, "not_found_error");
        (await CreateAsync($$""" "agent":"{{await LiveSession.AgentAsync(_server, Script)}}","environment_id":"env_011CZkZAtmR3yMPDzynEDxu7" """)).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task What_is_archived_begins_no_session()
    {
        var (agent, environment) = (await LiveSession.AgentAsync(_server, Script), await LiveSession.EnvironmentAsync(_server));
        (await _server.PostAsync($"/v1/environments/{environment}/archive")).Expect(HttpStatusCode.OK);
        Assert.Contains("environment_id", (await CreateAsync($$""" "agent":"{{agent}}","environment_id":"{{environment}}" """)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        (await _server.PostAsync($"/v1/agents/{agent}/archive")).Expect(HttpStatusCode.OK);
        Assert.Contains("agent", (await CreateAsync($$""" "agent":{"type":"agent","id":"{{agent}}","version":1} """)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_needs_a_model_with_a_price()
    {
        var agent = (await _server.PostAsync("/v1/agents", """{"name":"a","model":"m"}""")).Expect(HttpStatusCode.OK).Id;

        var refused = (await CreateAsync($$$""" "agent":"{{{agent}}}","budget":{"type":"limit","max_list_cost":{"amount":"5","currency":"USD"}} """)).ExpectError(400, "invalid_request_error");

        Assert.Contains("budget needs a list price", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> WrongUpdates => new()
    {
        { """ "vault_ids":[] """, "vault_ids" },
        { """ "agent":{"system":"x"} """, "system" },
        { """ "agent":{"tools":[{"type":"custom"}]} """, "agent.tools[0].name is required" },
        { """ "agent":{"mcp_servers":[{"type":"url","name":"a","url":"https://a.example"}]} """, "agent.mcp_servers" },
        { """ "budget":{"type":"limit","max_list_cost":{"amount":"5","currency":"USD"}} """, "budget can only be set when a session is created" },
        { """ "budget":{"type":"limit","max_list_cost":{"amount":"05","currency":"USD"}} """, "budget.max_list_cost.amount" },
        { """ "title":7 """, "title must be a string" },
        { """ "metadata":{"":"x"} """, "metadata" },
        { """ "status":"idle" """, "\"status\" is not a field" },
    };

    [Theory, MemberData(nameof(WrongUpdates))]
    public async Task An_update_that_is_wrong_is_refused_by_name(string fields, string words)
    {
        var session = (await CreateAsync($"\"agent\":\"{await LiveSession.AgentAsync(_server, Script)}\"")).Expect(HttpStatusCode.OK);

        Assert.Contains(words, (await _server.PostAsync($"/v1/sessions/{session.Id}", $$"""{ {{fields}} }""")).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);

        Assert.Equal(session.Json.GetRawText(), (await _server.GetAsync($"/v1/sessions/{session.Id}")).Json.GetRawText());
    }

    private async Task<Reply> CreateAsync(string fields)
    {
        var environment = fields.Contains("environment_id", StringComparison.Ordinal) ? "" : $",\"environment_id\":\"{await LiveSession.EnvironmentAsync(_server)}\"";
        return await _server.PostAsync("/v1/sessions", $$"""{ {{fields}}{{environment}} }""");
    }
}
