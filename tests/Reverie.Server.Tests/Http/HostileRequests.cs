using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Http;

/// <summary>Draws requests that mean harm or nonsense.</summary>
/// <param name="random">Seeded.</param>
/// <param name="ids">What exists, by the name a route gives it.</param>
internal sealed class HostileRequests(Random random, IReadOnlyDictionary<string, string> ids)
{
    private static readonly string[] Texts =
    [
        "", " ", "a", "/a", "/a/b", "/a/b/c", "null", "true", "0", "-1", "1e99", "9223372036854775808", "NaN", "\0", "a\0b", "\n", "\r\n\r\n", "\u001b[31m", "\u007f", "\u0085", "\u202e", "\ufeff", "\uffff", "\u2028",
        "é", "e\u0301", "😀", "../../etc/passwd", "/../..", "..\\..", "/etc/passwd", "file:///etc/passwd", "C:\\", "'", "''", "\"", "\\", "`", ";", "--", "' OR '1'='1", "'; DROP TABLE memories; --", "1; SELECT pg_sleep(9)", "%", "_", "%%", "\\%",
        "a OR b", "NEAR(a b)", "\"unclosed", "a*", "^a", "{a}: b", "content: x", "-a", "NOT", "(((", "${jndi:ldap://x}", "{{7*7}}", "%s%n", "<script>", "memstore_1", "mem_1", "memver_1", "basic", "full", "1", "2", "100", "101", "/a/", "/a/b/", "//", "page_", "page_bWVtb3JpZXMKAA",
        "2026-01-31T12:00:00Z", "2026-13-41T99:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-01-31", "-292277022399-01-01T00:00:00Z",
        "0000000000000000000000000000000000000000000000000000000000000000", "created", "modified", "deleted", "created_at", "sesn_1", "apikey_1",
    ];

    /// <summary>Parameters of some list, and some of none.</summary>
    public static readonly string[] Names =
        ["limit", "page", "view", "depth", "path_prefix", "include_archived", "created_at[gte]", "created_at[lte]", "created_at[gt]", "created_at[lt]", "memory_id", "operation", "session_id", "api_key_id", "service_account_id", "expected_content_sha256", "beta", "order", "statuses[]", "version", "ids[]", "scope_id", "source", "types[]", "event_deltas[]", "agent_id", "agent_version", "memory_store_id", "deployment_id", "after_id", "before_id", "lifecycle[]", "", "limit[]", "\0"];

    private static readonly string[] Fields =
        ["name", "description", "metadata", "path", "content", "precondition", "type", "model", "system", "tools", "mcp_servers", "skills", "multiagent", "execution_identity", "version", "config", "scope", "networking", "packages", "effort", "content_sha256", "id", "agent", "environment_id", "title", "resources", "vault_ids", "initial_events", "budget", "events", "file_id", "mount_path", "authorization_token", "__proto__", "$ref", "", "\0", "NAME", "archived_at"];

    private static readonly string[] Headers =
        ["content-type", "accept", "anthropic-version", "anthropic-workspace-id", "anthropic-beta", "x-api-key", "authorization", "content-encoding", "user-agent", "accept-encoding", "x-forwarded-for", "range", "if-none-match", "cookie", "origin", "x-http-method-override", "expect-ct", "request-id"];

    private static readonly string[] HeaderValues =
        ["", " ", "*/*", "application/json", "application/json; charset=utf-8", "application/json; charset=utf-7", "application/json; charset=\"", "multipart/form-data; boundary=x", "text/event-stream", "gzip", "br", "identity", ",", ",,,", ";;;", "Bearer", "Bearer ", "Basic YTpi", "agent-memory-2026-07-22", "managed-agents-2026-04-01", "dreaming-2026-04-21", "bytes=0-", "wrkspc_default", "wrkspc_other", "DELETE", "%00", "\"", "' OR 1=1"];

    private const string Target = "/v1/memory_stores";

    public HttpRequestMessage Next(string method, string pattern, Uri root)
    {
        var target = root.GetLeftPart(UriPartial.Authority) + Path(pattern) + QueryString();
        // As written: the client must not tidy it up.
        var request = TestServer.Request(new HttpMethod(Chance(20) ? Pick("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "BREW") : method), target, beta: TestServer.BetaFor(pattern));
        request.RequestUri = new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && !Chance(30)) request.Content = pattern is "/v1/files" or "/v1/skills" or "/v1/skills/{skill}/versions" && !Chance(5) ? Form() : pattern.StartsWith("/v1/sessions", StringComparison.Ordinal) && !Chance(4) ? Json(Encoding.UTF8.GetBytes(SessionBody(pattern))) : Body();
        if (Chance(5)) SetHeader(request, Pick(Headers), Pick(HeaderValues));
        return request;
    }

    /// <summary>A request as bytes, with some of them wrong.</summary>
    public byte[] Bytes()
    {
        var bytes = Encoding.Latin1.GetBytes($"POST {Target} HTTP/1.1\r\nHost: a\r\nx-api-key: {TestServer.Key}\r\nanthropic-beta: {TestServer.MemoryBeta}\r\nContent-Length: 12\r\n\r\n{{\"name\":\"a\"}}");
        // The version of the protocol stays as it is: refusing another with 505 is right.
        var first = "POST ".Length + Target.Length + " HTTP/1.1".Length;
        for (var edits = random.Next(0, 4); edits > 0; edits--)
        {
            var at = Chance(4) ? random.Next("POST /".Length, "POST ".Length + Target.Length) : random.Next(first, bytes.Length);
            bytes[at] = Chance(3) ? (byte)random.Next(256) : (byte)random.Next(32, 127);
        }
        return Chance(5) ? [.. bytes[..first], .. Drawn(random.Next(1, 3000))] : bytes;
    }

    private byte[] Drawn(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Path(string pattern)
    {
        var path = pattern;
        foreach (var (name, id) in ids) path = path.Replace($"{{{name}}}", Chance(6) ? Encoded(Pick(Texts)) : id, StringComparison.Ordinal);
        while (path.IndexOf('{', StringComparison.Ordinal) is var open and >= 0) path = path[..open] + Encoded(Pick(Texts)) + path[(path.IndexOf('}', open) + 1)..];
        if (Chance(25)) path += Pick("/", "//", "/..", "/%2e%2e/%2e%2e", "/.", "%00", "%ff", "%ed%a0%80", "/" + new string('a', 3000), "%", "%zz", ";a=b");
        return path.Replace("//", Chance(2) ? "//" : "/", StringComparison.Ordinal);
    }

    private string QueryString()
    {
        if (Chance(3)) return "";
        var parts = new List<string>();
        for (var count = random.Next(1, 4); count > 0; count--) parts.Add($"{Encoded(Pick(Names))}={(Chance(12) ? Pick("%ff", "%ed%a0%80", "%00", "%", "&&", "=", new string('9', 2000)) : Encoded(Pick(Texts)))}");
        return "?" + string.Join('&', parts);
    }

    private ByteArrayContent Body() => Json(random.Next(12) switch
    {
        0 => Drawn(random.Next(0, 300)),
        1 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 200_000))),
        2 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 5_000)))),
        3 => Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('a', random.Next(1, 900_000))}\"}}"),
        4 => Damaged(Encoding.UTF8.GetBytes(Object(0))),
        5 => [.. Encoding.UTF8.GetBytes(Object(0)), .. Drawn(3)],
        6 => Encoding.Unicode.GetBytes(Object(0)),
        7 => Encoding.UTF8.GetBytes(Value(0)),
        _ => Encoding.UTF8.GetBytes(Object(0)),
    });

    private static ByteArrayContent Json(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>A form that is nearly one.</summary>
    private ByteArrayContent Form()
    {
        const string boundary = "b0undary";
        var parts = string.Concat(Enumerable.Range(0, random.Next(0, 4)).Select(_ => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{Pick("file", "file", "files[]", "expires_in_seconds", "display_name", "other", "", "\0")}\"{(Chance(2) ? $"; filename=\"{Pick(Texts)}\"" : "")}\r\n{Pick("", "Content-Type: text/plain\r\n", "Content-Type: ;\r\n")}\r\n{Pick(Texts)}\r\n"));
        var bytes = Encoding.UTF8.GetBytes(parts + Pick($"--{boundary}--\r\n", "", "--", $"--{boundary}"));
        var content = new ByteArrayContent(Chance(3) && bytes.Length > 0 ? Damaged(bytes) : bytes);
        content.Headers.TryAddWithoutValidation("content-type", $"multipart/form-data; boundary={(Chance(8) ? Pick("", "\"", "x") : boundary)}");
        return content;
    }

    private byte[] Damaged(byte[] bytes)
    {
        for (var count = random.Next(1, 4); count > 0; count--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    /// <summary>Often nearly right, so that what is wrong lies deeper.</summary>
    private string Object(int depth)
    {
        if (Chance(6)) return AgentBody(depth);
        var fields = random.Next(6) switch
        {
            0 => ["name"],
            1 or 2 => ["path", "content"],
            3 => ["content", "precondition"],
            _ => Enumerable.Range(0, random.Next(0, 5)).Select(_ => Pick(Fields)),
        };
        return "{" + string.Join(",", fields.Select(f => $"{(Chance(40) ? "\"\\udc00\"" : JsonSerializer.Serialize(f))}:{(f == "precondition" && !Chance(3) ? """{"type":"content_sha256","content_sha256":""" + Value(depth + 1) + "}" : Value(depth + 1))}")) + "}";
    }

    /// <summary>An agent or an environment with one thing drawn.</summary>
    private string AgentBody(int depth) => Pick(
        $$"""{"name":"a","model":"reverie/local","tools":[{"type":"agent_toolset_20260401","configs":[{"name":"web_fetch","allowed_domains":[{{Value(depth + 1)}}]}]}]}""",
        $$$$"""{"name":"a","model":"reverie/local","tools":[{"type":"custom","name":"t","description":"d","input_schema":{"type":"object","properties":{{{{Value(depth + 1)}}}}}}]}""",
        $$$$"""{"name":"a","model":"reverie/local","multiagent":{"type":"multiagent_20261001","subagents":{{{{Value(depth + 1)}}}}}}""",
        $$$$"""{"name":"a","model":"reverie/local","multiagent":{"type":"coordinator","agents":[{{{{Value(depth + 1)}}}},"agent_1"]}}""",
        $$$$"""{"name":"a","model":{"id":{{{{Value(depth + 1)}}}},"effort":{{{{Value(depth + 1)}}}}}}""",
        $$$$"""{"name":"a","config":{"type":"cloud","networking":{"type":"limited","allowed_hosts":[{{{{Value(depth + 1)}}}}]}}}""",
        $$$$"""{"name":"a","config":{"type":"cloud","packages":{"pip":[{{{{Value(depth + 1)}}}}]}}}""",
        """{"name":"a","model":"reverie/local"}""");

    /// <summary>A body for a route of sessions with one thing drawn, or nothing wrong.</summary>
    private string SessionBody(string pattern)
    {
        var value = Value(2);
        return pattern switch
        {
            "/v1/sessions/{session}/events" => $$"""{"events":[{{Event(value)}}{{(Chance(3) ? "," + Event("\"x\"") : "")}}]}""",
            "/v1/sessions/{session}/resources" => Pick($$"""{"type":"file","file_id":"{{ids["file"]}}","mount_path":{{value}}}""", $$"""{"type":"file","file_id":{{value}}}""", $$"""{"type":{{value}}}""", $$"""{"type":"file","file_id":"{{ids["file"]}}"}"""),
            "/v1/sessions/{session}/resources/{resource}" => $$"""{"authorization_token":{{value}}}""",
            "/v1/sessions" => $$"""{"agent":{{Pick($"\"{ids["agent"]}\"", $$"""{"type":"agent","id":"{{ids["agent"]}}","version":{{value}}}""", $$"""{"type":"agent_with_overrides","id":"{{ids["agent"]}}","{{Pick("model", "system", "tools", "mcp_servers", "skills", "version")}}":{{value}}}""", value)}},"environment_id":"{{ids["environment"]}}"{{Pick("", $",{SessionField(value)}")}}}""",
            _ => Pick($$$"""{"agent":{"{{{Pick("tools", "mcp_servers", "model")}}}":{{{value}}}}}""", $"{{{SessionField(value)}}}"),
        };
    }

    private string SessionField(string value) => Pick(
        $"\"title\":{value}", $"\"metadata\":{{\"a\":{value}}}", $"\"vault_ids\":[{value}]", $"\"initial_events\":[{Event(value)}]", $$$"""
        "budget":{"type":"limit","max_list_cost":{"amount":{{{value}}},"currency":"USD"}}
        """, $$"""
        "resources":[{"type":"file","file_id":"{{ids["file"]}}","mount_path":{{value}}}]
        """, $$"""
        "resources":[{"type":"memory_store","memory_store_id":"{{ids["store"]}}","{{Pick("access", "instructions", "memory_store_id")}}":{{value}}}]
        """, $$$"""
        "resources":[{"type":"github_repository","url":"https://github.com/a/b","checkout":{"type":"{{{Pick("branch", "commit")}}}","{{{Pick("name", "sha")}}}":{{{value}}}}}]
        """);

    private string Event(string value) => Pick(
        $$$"""{"type":"user.message","content":[{"type":"text","text":{{{value}}}}]}""",
        $$$"""{"type":"user.message","content":[{"type":"{{{Pick("image", "document")}}}","source":{"type":"{{{Pick("base64", "url", "file", "text")}}}","{{{Pick("data", "url", "file_id", "media_type")}}}":{{{value}}}}}]}""",
        $$$"""{"type":"user.message","content":{{{value}}}}""",
        $$$"""{"type":"user.interrupt","session_thread_id":{{{value}}}}""",
        $$$"""{"type":"user.tool_confirmation","tool_use_id":{{{value}}},"result":"allow"}""",
        $$$"""{"type":"user.custom_tool_result","custom_tool_use_id":"sevt_1","content":[{{{value}}}],"is_error":{{{value}}}}""",
        $$$"""{"type":"user.tool_result","tool_use_id":{{{value}}}}""",
        $$$"""{"type":"user.define_outcome","description":{{{value}}}}""",
        $$$"""{"type":"system.message","content":[{"type":"text","text":{{{value}}}}]}""",
        $$$"""{"type":{{{value}}}}""");

    private string Value(int depth) => random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => Pick("0", "-1", "1e400", "1.5", "12345678901234567890", "true", "false", "null"),
        1 => Pick("\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\q\"", "\"\t\"", "\"" + new string('x', 5_000) + "\"", "\"" + string.Concat(Enumerable.Repeat("/a", 21)) + "\""),
        2 => $"\"/{random.Next(50)}/{random.Next(5)}\"",
        6 => Object(depth),
        7 => "[" + string.Join(",", Enumerable.Range(0, random.Next(0, 4)).Select(_ => Value(depth + 1))) + "]",
        8 => "{" + string.Join(",", Enumerable.Range(0, random.Next(0, 20)).Select(i => $"\"k{i}\":{JsonSerializer.Serialize(Pick(Texts))}")) + "}",
        _ => JsonSerializer.Serialize(Pick(Texts)),
    };

    private static string Encoded(string text) => Uri.EscapeDataString(text);

    private static void SetHeader(HttpRequestMessage request, string name, string value)
    {
        HttpHeaders? headers = name.StartsWith("content-", StringComparison.Ordinal) ? request.Content?.Headers : request.Headers;
        headers?.Remove(name);
        headers?.TryAddWithoutValidation(name, value);
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
