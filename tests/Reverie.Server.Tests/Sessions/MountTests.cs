using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>What is mounted in a session: memory that is joined with what others write, files to read, files handed over.</summary>
public abstract class MountTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : MountTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : MountTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_agent_writes_becomes_versions_of_the_store_in_the_sessions_name()
    {
        var store = await _server.NewStoreAsync();
        await WriteAsync(store, "/old.md", "old\n");
        await WriteAsync(store, "/gone.md", "gone\n");
        await using var session = await BashAsync(store, "read_write", "cat old.md; echo more >> old.md; mkdir d; echo new > d/new.md; rm gone.md");

        var list = await RunAsync(session);

        Assert.Equal("old", TextOf(ResultOf(list)));
        Assert.Equal(["/d/new.md new\n", "/old.md old\nmore\n"], await ContentAsync(store));
        var own = (await _server.GetAsync($"{store}/memory_versions?session_id={session.Id}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["created", "deleted", "modified"], own.Select(static v => v.GetProperty("operation").GetString()).Order(StringComparer.Ordinal));
        Assert.All(own, v => Assert.Equal(session.Id, v.GetProperty("created_by").GetProperty("session_id").GetString()));
    }

    [Fact]
    public async Task What_others_write_at_another_place_is_joined()
    {
        var store = await _server.NewStoreAsync();
        var memory = await WriteAsync(store, "/a.md", "1\n2\n3\n4\n5\n");
        await using var session = await BashAsync(store, "read_write", "sed -i s/1/one/ a.md; touch /workspace/begun; until [ -e /workspace/go ]; do sleep 0.05; done");
        await session.SendAsync(Message("go"));
        await BegunAsync(session);
        (await _server.PostAsync($"{store}/memories/{memory}", new { content = "1\n2\n3\n4\nfive\n" })).Expect(HttpStatusCode.OK);
        (await _server.PostAsync($"{store}/memories", new { path = "/b.md", content = "b\n" })).Expect(HttpStatusCode.OK);
        await GoAsync(session);

        var list = await session.RestAsync();

        Assert.Contains("both changes are in the file now", TextOf(ResultOf(list)), StringComparison.Ordinal);
        Assert.Equal(["/a.md one\n2\n3\n4\nfive\n", "/b.md b\n"], await ContentAsync(store));
        Assert.Equal("one\n2\n3\n4\nfive\n", await File.ReadAllTextAsync(Path.Combine(PlaceOf(session), "memory", "store", "a.md"), Cancelled));
        Assert.True(File.Exists(Path.Combine(PlaceOf(session), "memory", "store", "b.md")));
    }

    [Fact]
    public async Task What_others_write_at_the_same_place_stays_and_the_agents_text_is_put_aside()
    {
        var store = await _server.NewStoreAsync();
        var memory = await WriteAsync(store, "/a.md", "1\n");
        await using var session = await BashAsync(store, "read_write", "echo mine > a.md; touch /workspace/begun; until [ -e /workspace/go ]; do sleep 0.05; done");
        await session.SendAsync(Message("go"));
        await BegunAsync(session);
        (await _server.PostAsync($"{store}/memories/{memory}", new { content = "theirs\n" })).Expect(HttpStatusCode.OK);
        await GoAsync(session);

        var list = await session.RestAsync();

        Assert.Contains("Your text is in /workspace/.memory-conflicts/store/a.md.", TextOf(ResultOf(list)), StringComparison.Ordinal);
        Assert.Equal(["/a.md theirs\n"], await ContentAsync(store));
        Assert.Equal("mine\n", await File.ReadAllTextAsync(Path.Combine(PlaceOf(session), "workspace", ".memory-conflicts", "store", "a.md"), Cancelled));
        Assert.Equal("theirs\n", await File.ReadAllTextAsync(Path.Combine(PlaceOf(session), "memory", "store", "a.md"), Cancelled));
    }

    [Fact]
    public async Task A_store_that_may_only_be_read_is_not_written()
    {
        var store = await _server.NewStoreAsync();
        await WriteAsync(store, "/a.md", "1\n");
        await using var session = await BashAsync(store, "read_only", "cat a.md; echo x > a.md || echo x > b.md || rm a.md");

        var result = ResultOf(await RunAsync(session));

        Assert.True(result.GetProperty("is_error").GetBoolean());
        Assert.StartsWith("1", TextOf(result), StringComparison.Ordinal);
        Assert.Equal(["/a.md 1\n"], await ContentAsync(store));
    }

    [Fact]
    public async Task A_call_of_the_web_leaves_what_is_mounted_alone()
    {
        var store = await _server.NewStoreAsync();
        await WriteAsync(store, "/a.md", "1\n");
        await using var session = await LiveSession.StartAsync(_server, "answers: [{call: {tool: web_fetch, input: {url: 'http://127.0.0.1:1/'}}}, {say: done}, {call: {tool: read, input: {file_path: /mnt/memory/store/a.md}}}, {say: done}]",
            more: $$""","resources":[{"type":"memory_store","memory_store_id":"{{store.Split('/')[^1]}}"}]""");

        await RunAsync(session);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(PlaceOf(session), "memory", "store")));
        var list = await RunAsync(session);

        Assert.Equal("1\n", TextOf(list.Last(static e => TypeOf(e) == "agent.tool_result")));
    }

    [Fact]
    public async Task Files_that_cannot_be_memories_are_told_and_left()
    {
        var store = await _server.NewStoreAsync();
        await using var session = await BashAsync(store, "read_write", "printf '\\377' > binary.md; head -c 200000 /dev/zero | tr '\\\\0' x > large.md; echo fine > fine.md");

        var told = TextOf(ResultOf(await RunAsync(session)));

        Assert.Contains("/mnt/memory/store/binary.md is not UTF-8 text; it is not kept", told, StringComparison.Ordinal);
        Assert.Contains("/mnt/memory/store/large.md is larger than", told, StringComparison.Ordinal);
        Assert.Equal(["/fine.md fine\n"], await ContentAsync(store));
        Assert.True(File.Exists(Path.Combine(PlaceOf(session), "memory", "store", "binary.md")));
    }

    [Fact]
    public async Task Files_are_read_and_handed_over()
    {
        using var form = new MultipartFormDataContent();
        using var bytes = new ByteArrayContent("a,b\n"u8.ToArray());
        bytes.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(bytes, "file", "data.csv");
        var file = (await _server.SendAsync(HttpMethod.Post, "/v1/files", form)).Expect(HttpStatusCode.OK).Id;
        await using var session = await LiveSession.StartAsync(_server, "answers: [{call: {tool: bash, input: {command: 'cat /mnt/session/uploads/in/data.csv; echo out > /mnt/session/outputs/out.txt; echo x > /mnt/session/uploads/in/data.csv'}}}, {say: done}, {call: {tool: bash, input: {command: 'ls /mnt/session/uploads/in'}}}, {say: done}]",
            more: $$""","resources":[{"type":"file","file_id":"{{file}}","mount_path":"/in/data.csv"}]""");

        var result = ResultOf(await RunAsync(session));

        Assert.StartsWith("a,b", TextOf(result), StringComparison.Ordinal);
        Assert.True(result.GetProperty("is_error").GetBoolean());
        var files = (await _server.GetAsync($"/v1/files?scope_id={session.Id}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().ToList();
        var output = files.Single(static f => f.GetProperty("filename").GetString() == "out.txt");
        Assert.Equal("out\n", (await _server.GetAsync($"/v1/files/{IdOf(output)}/content")).Expect(HttpStatusCode.OK).Text);

        var resource = (await session.GetAsync()).GetProperty("resources")[0];
        Assert.Equal("/mnt/session/uploads/in/data.csv", resource.GetProperty("mount_path").GetString());
        (await _server.DeleteAsync($"/v1/sessions/{session.Id}/resources/{IdOf(resource)}")).Expect(HttpStatusCode.OK);
        await session.SendAsync(Message("again"));
        Assert.DoesNotContain("data.csv", TextOf((await session.RestAsync()).Last(static e => TypeOf(e) == "agent.tool_result")), StringComparison.Ordinal);
    }

    private Task<LiveSession> BashAsync(string store, string access, string command) => LiveSession.StartAsync(_server,
        $"answers: [{{call: {{tool: bash, input: {{command: {JsonSerializer.Serialize($"cd /mnt/memory/store; {command}")}}}}}}}, {{say: done}}]",
        more: $$""","resources":[{"type":"memory_store","memory_store_id":"{{store.Split('/')[^1]}}","access":"{{access}}"}]""");

    private static async Task<List<JsonElement>> RunAsync(LiveSession session)
    {
        await session.SendAsync(Message("go"));
        return await session.RestAsync();
    }

    private async Task<string> WriteAsync(string store, string path, string content) => (await _server.PostAsync($"{store}/memories", new { path, content })).Expect(HttpStatusCode.OK).Id;

    private async Task<List<string>> ContentAsync(string store) =>
        [.. (await _server.GetAsync($"{store}/memories?view=full")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(static m => $"{m.GetProperty("path").GetString()} {m.GetProperty("content").GetString()}")];

    private static JsonElement ResultOf(List<JsonElement> list) => list.Single(static e => TypeOf(e) == "agent.tool_result");

    private string PlaceOf(LiveSession session) => Path.Combine(_server.DataDirectory, "sessions", session.Id);

    /// <summary>Until the agent's command has begun.</summary>
    private async Task BegunAsync(LiveSession session)
    {
        await session.UntilAsync("agent.tool_use");
        var file = Path.Combine(PlaceOf(session), "workspace", "begun");
        while (!File.Exists(file)) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
    }

    private Task GoAsync(LiveSession session) => File.WriteAllTextAsync(Path.Combine(PlaceOf(session), "workspace", "go"), "", Cancelled);
}
