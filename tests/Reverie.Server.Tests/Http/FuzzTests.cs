using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Reverie.Server.Tests.Hosting;
using Reverie.Server.Tests.Skills;

namespace Reverie.Server.Tests.Http;

/// <summary>
/// Hostile requests to every route: none may be answered with a server fault, and every refusal is an error as the contract
/// has it. REVERIE_FUZZ_INPUTS sets how many, REVERIE_SEED which.
/// </summary>
public abstract class FuzzTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : FuzzTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : FuzzTests(server), IClassFixture<PostgresServer>;

    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("REVERIE_FUZZ_INPUTS"), CultureInfo.InvariantCulture, out var inputs) ? inputs : 2_000;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_makes_the_server_fail()
    {
        var routes = _server.Server.Routes.SelectMany(static r => (r.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (Method: m, Pattern: r.RoutePattern.RawText!))).ToList();
        var (answers, faults) = (new SortedDictionary<int, int>(), new List<string>());
        var ids = await SomeIdsAsync();
        for (var input = 0; input < Inputs; input++)
        {
            // Each input has a seed of its own, so that one can be tried alone.
            var hostile = new HostileRequests(new Random(unchecked((int)Law.Seed * 31 + input)), ids);
            var (method, pattern) = routes[input % routes.Count];
            using var request = hostile.Next(method, pattern, new Uri(_server.Url));
            var target = $"input {input}: {request.Method} {request.RequestUri!.OriginalString}";
            var reply = await _server.SendAsync(request);
            answers[(int)reply.Status] = answers.GetValueOrDefault((int)reply.Status) + 1;
            if (Fault(reply, request.Method) is { } fault) faults.Add($"{target}: {fault}");
            if (input % 50 == 49) ids = await SomeIdsAsync();
        }

        Report($"{Inputs} inputs from seed {Law.Seed} to {routes.Count} routes; answers: {string.Join(", ", answers.Select(static a => $"{a.Value} × {a.Key}"))}");
        Assert.Empty(faults);
        // Were nearly all refused at the door, nothing behind it would have been tried.
        Assert.True(answers.GetValueOrDefault(200) > Inputs / 20, $"only {answers.GetValueOrDefault(200)} of {Inputs} got through");
        (await _server.GetAsync("/v1/memory_stores")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_bytes_make_the_server_fail()
    {
        const int count = 200;
        var answers = new SortedDictionary<int, int>();
        for (var input = 0; input < count; input++)
        {
            var status = await SendBytesAsync(new HostileRequests(new Random(unchecked((int)Law.Seed * 37 + input)), new Dictionary<string, string>(StringComparer.Ordinal)).Bytes());
            answers[status] = answers.GetValueOrDefault(status) + 1;
            Assert.False(status >= 500, $"input {input} of seed {Law.Seed} was answered with {status}");
        }

        Report($"{count} raw inputs from seed {Law.Seed}; answers: {string.Join(", ", answers.Select(static a => $"{a.Value} × {a.Key}"))}");
        Assert.True(answers.GetValueOrDefault(200) > 0);
        (await _server.GetAsync("/v1/memory_stores")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_in_a_query_makes_the_server_fail()
    {
        string[] values = ["%00", "a%00b", "%ff", "%ed%a0%80", "%27%22%5C%3B--", "%25_*", "9999999999999999999999", "page_bWVtb3J5X3ZlcnNpb25zCgA", "page_bWVtb3JpZXMKAA", "page_bWVtb3J5X3N0b3JlcwoxCgA"];
        var ids = await SomeIdsAsync();
        foreach (var route in _server.Server.Routes.Where(static r => r.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false))
        {
            var path = ids.Aggregate(route.RoutePattern.RawText!, static (path, id) => path.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
            foreach (var (name, value) in HostileRequests.Names.SelectMany(name => values.Select(value => (name, value))))
            {
                using var request = TestServer.Request(HttpMethod.Get, path, beta: TestServer.BetaFor(path));
                request.RequestUri = new Uri($"{_server.Url}{path}?{Uri.EscapeDataString(name)}={value}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
                Assert.Null(Fault(await _server.SendAsync(request), request.Method) is { } fault ? $"{request.RequestUri.OriginalString}: {fault}" : null);
            }
        }
    }

    public static TheoryData<string, string, string> Fields => new()
    {
        { "", "name", "string" },
        { "", "description", "string" },
        { "", "metadata", "object" },
        { "/{store}", "name", "string" },
        { "/{store}", "description", "string" },
        { "/{store}", "metadata", "object" },
        { "/{store}/memories", "path", "string" },
        { "/{store}/memories", "content", "string" },
        { "/{store}/memories/{memory}", "path", "string" },
        { "/{store}/memories/{memory}", "content", "string" },
        { "/{store}/memories/{memory}", "precondition", "object" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_of_the_wrong_kind_is_named(string path, string field, string kind)
    {
        var store = await _server.NewStoreAsync();
        var memory = (await _server.PostAsync($"{store}/memories", new { path = "/a", content = "1" })).Id;
        var target = "/v1/memory_stores" + path.Replace("{store}", store.Split('/')[^1], StringComparison.Ordinal).Replace("{memory}", memory, StringComparison.Ordinal);
        foreach (var (value, valueKind) in new[] { ("7", "number"), ("-1e400", "number"), ("true", "boolean"), ("[]", "array"), ("[\"a\"]", "array"), ("{}", "object"), ("{\"a\":1}", "object"), ("\"text\"", "string"), ("\"\\ud800\"", "string"), ("\"a\\u0000b\"", "string") })
        {
            if (valueKind == kind && !value.Contains("\\u", StringComparison.Ordinal) && field is not "precondition" && value != "{\"a\":1}") continue;
            var others = new Dictionary<string, string> { ["name"] = "\"n\"", ["path"] = "\"/b\"", ["content"] = "\"c\"" };
            var needed = path switch { "" => new[] { "name" }, "/{store}/memories" => ["path", "content"], _ => [] };
            var body = "{" + string.Join(",", needed.Where(n => n != field).Select(n => $"\"{n}\":{others[n]}").Append($"\"{field}\":{value}")) + "}";

            var reply = (await _server.PostAsync(target, body)).ExpectError(400, "invalid_request_error");

            Assert.True(reply.Message.StartsWith(field, StringComparison.Ordinal), $"{body} → {reply.Message}");
        }
    }

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    private static string? Fault(Reply reply, HttpMethod method)
    {
        if ((int)reply.Status >= 500) return $"{(int)reply.Status} {reply.Text}";
        // What the web server itself cannot read, it refuses without a word.
        if ((int)reply.Status < 400 || method == HttpMethod.Head || (reply.Text.Length == 0 && reply.RequestId.Length == 0)) return null;
        try
        {
            var error = reply.Error;
            if (error.GetProperty("message").GetString() is not { Length: > 0 }) return "no message";
            return reply.Json.GetProperty("request_id").GetString() == reply.RequestId ? null : "another request_id";
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"not an error of the contract: {reply.Text}";
        }
    }

    /// <summary>The status of the answer; 0 when the connection was closed without one.</summary>
    private async Task<int> SendBytesAsync(byte[] bytes)
    {
        var url = new Uri(_server.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Cancelled);
        await using var stream = client.GetStream();
        try
        {
            // The end of lines it may still wait for, and as many bytes of a body as its two digits can promise.
            await stream.WriteAsync((byte[])[.. bytes, .. Enumerable.Repeat("\r\n"u8.ToArray(), 50).SelectMany(static b => b)], Cancelled);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadLineAsync(Cancelled) is ['H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', .. var rest] ? int.Parse(rest.AsSpan(0, 3), CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public static TheoryData<string, string, string> SessionFields => new()
    {
        { "", "{}", "agent" },
        { "", """{"agent":7,"environment_id":"{environment}"}""", "agent" },
        { "", """{"agent":"a\u0000b","environment_id":"{environment}"}""", "agent" },
        { "", """{"agent":{"type":"agent","id":"{agent}","version":"1"},"environment_id":"{environment}"}""", "agent.version" },
        { "", """{"agent":{"type":"agent_with_overrides","id":"{agent}","system":7},"environment_id":"{environment}"}""", "agent.system" },
        { "", """{"agent":{"type":"agent_with_overrides","id":"{agent}","tools":{}},"environment_id":"{environment}"}""", "agent.tools" },
        { "", """{"agent":"{agent}","environment_id":[]}""", "environment_id" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","title":[]}""", "title" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","metadata":[]}""", "metadata" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","vault_ids":"v"}""", "vault_ids" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","resources":{}}""", "resources" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","resources":[7]}""", "resources[0]" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","resources":[{"type":"file","file_id":7}]}""", "resources[0].file_id" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","resources":[{"type":"memory_store","memory_store_id":"{store}","access":"all"}]}""", "resources[0].access" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","initial_events":[[]]}""", "initial_events[0]" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","initial_events":[{"type":"user.message","content":"hi"}]}""", "initial_events[0].content" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","budget":5}""", "budget" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","budget":{"type":"limit"}}""", "budget.max_list_cost" },
        { "", """{"agent":"{agent}","environment_id":"{environment}","budget":{"type":"limit","max_list_cost":{"amount":5,"currency":"USD"}}}""", "budget.max_list_cost.amount" },
        { "/{session}", """{"title":7}""", "title" },
        { "/{session}", """{"metadata":{"a":[]}}""", "metadata[\"a\"]" },
        { "/{session}", """{"agent":"{agent}"}""", "agent" },
        { "/{session}", """{"agent":{"tools":[{"type":"agent_toolset_20260401"},{"type":"agent_toolset_20260401"}]}}""", "agent.tools" },
        { "/{session}", """{"vault_ids":[]}""", "vault_ids" },
        { "/{session}/events", """{}""", "events" },
        { "/{session}/events", """{"events":{}}""", "events" },
        { "/{session}/events", """{"events":[{"type":"user.message","content":[{"type":"text","text":"\ud800"}]}]}""", "events[0].content[0].text" },
        { "/{session}/events", """{"events":[{"type":"user.custom_tool_result","custom_tool_use_id":"sevt_1","content":[{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"x","more":"\\ud800"}],"citations":{"enabled":true}}]}]}""", "events[0].content[0].content[0].\"more\"" },
        { "/{session}/events", """{"events":[{"type":"user.message","content":[{"type":"image","source":"x"}]}]}""", "events[0].content[0].source" },
        { "/{session}/events", """{"events":[{"type":"user.interrupt","session_thread_id":7}]}""", "events[0].session_thread_id" },
        { "/{session}/events", """{"events":[{"type":"user.custom_tool_result","custom_tool_use_id":"sevt_1","is_error":"no"}]}""", "events[0].is_error" },
        { "/{session}/resources", """{"type":"file"}""", "file_id" },
        { "/{session}/resources", """{"type":"file","file_id":"{file}","mount_path":"/a/../b"}""", "mount_path" },
        { "/{session}/resources/{resource}", """{"authorization_token":7}""", "authorization_token" },
    };

    [Theory]
    [InlineData("/v1/agents", """{"name":"a","model":"reverie/local","tools":[{"type":"custom","name":"t","description":"d","input_schema":{"type":"\ud800"}}]}""", "tools[0].input_schema")]
    [InlineData("/v1/reverie/dreams", """{"inputs":[],"model":{"id":"reverie/local","speed":"standar\ud800"}}""", "model.speed")]
    [InlineData("/v1/memory_stores/{store}/memories/{memory}", """{"content":"a","precondition":{"type":"content_sha25\ud800","content_sha256":"x"}}""", "precondition.type")]
    public async Task Half_a_surrogate_pair_is_refused_by_name(string path, string body, string field)
    {
        var store = (await _server.PostAsync("/v1/memory_stores", new { name = "half" })).Id;
        var memory = (await _server.PostAsync($"/v1/memory_stores/{store}/memories", new { path = "/a.md", content = "text" })).Id;

        var reply = (await _server.PostAsync(path.Replace("{store}", store, StringComparison.Ordinal).Replace("{memory}", memory, StringComparison.Ordinal), body)).ExpectError(400, "invalid_request_error");

        Assert.Contains($"{field} ", reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SessionFields))]
    public async Task A_wrong_field_of_a_session_is_named(string path, string body, string field)
    {
        var ids = await SomeIdsAsync();
        string Filled(string text) => ids.Aggregate(text, static (all, id) => all.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

        var reply = (await _server.PostAsync(Filled("/v1/sessions" + path), Filled(body))).ExpectError(400, "invalid_request_error");

        Assert.True(reply.Message.StartsWith(field + " ", StringComparison.Ordinal), $"{body} → {reply.Message}");
    }

    /// <summary>Ids of what there is one of, so that some requests get through.</summary>
    private async Task<Dictionary<string, string>> SomeIdsAsync()
    {
        var file = (await _server.SendAsync(HttpMethod.Post, "/v1/files", new MultipartFormDataContent { { new StringContent("text"), "file", "a.txt" } })).Id;
        var agent = (await _server.PostAsync("/v1/agents", """{"name":"a","model":"reverie/local"}""")).Id;
        var environment = (await _server.PostAsync("/v1/environments", """{"name":"e"}""")).Id;
        var session = (await _server.PostAsync("/v1/sessions", $$"""{"agent":"{{agent}}","environment_id":"{{environment}}","resources":[{"type":"file","file_id":"{{file}}"}]}""")).Expect(HttpStatusCode.OK);
        var threads = await _server.GetAsync($"/v1/sessions/{session.Id}/threads");
        var store = await _server.NewStoreAsync();
        var memory = (await _server.PostAsync($"{store}/memories", new { path = "/a/b", content = "1" })).Json;
        var skill = (await _server.SendAsync(HttpMethod.Post, "/v1/skills", SkillForm.Of($"fuzzed-{Guid.NewGuid():N}"))).Json;
        return new()
        {
            ["skill"] = skill.GetProperty("id").GetString()!,
            ["skill_version"] = skill.GetProperty("latest_version_id").GetString()!,
            ["store"] = store.Split('/')[^1],
            ["memory"] = memory.GetProperty("id").GetString()!,
            ["version"] = memory.GetProperty("memory_version_id").GetString()!,
            ["agent"] = agent,
            ["environment"] = environment,
            ["file"] = file,
            ["session"] = session.Id,
            ["thread"] = threads.Json.GetProperty("data")[0].GetProperty("id").GetString()!,
            ["resource"] = session.Json.GetProperty("resources")[0].GetProperty("id").GetString()!,
        };
    }

    private static void Report(string line)
    {
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
