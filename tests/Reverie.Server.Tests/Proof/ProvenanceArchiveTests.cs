using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Proof;

/// <summary>What memory rests on goes along into archives, copies and back to an earlier state, and nobody can make it up.</summary>
public abstract class ProvenanceArchiveTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : ProvenanceArchiveTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : ProvenanceArchiveTests(server), IClassFixture<PostgresServer>;

    private const string File = "provenance.jsonl";

    private readonly TestServer _server = server.OrSkip();
    private readonly string _source = $"{Guid.NewGuid()}";
    private string _store = "";
    private string _dream = "";
    private List<string> _sessions = [];

    public async ValueTask InitializeAsync()
    {
        _store = await _server.NewStoreAsync();
        (await _server.PostAsync($"{_store}/memories", new { path = "/settings.md", content = "# Settings\n\n- Log retention: 14 days\n- Quiet hours: 22 to 6\n" })).Expect(HttpStatusCode.OK);
        _sessions = await _server.ImportAsync(MarkedSessions.Lines(_source));
        _dream = await _server.DreamAsync(_store, _sessions);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Elsewhere_an_imported_store_says_what_its_archive_says_and_that_it_does()
    {
        var there = await ProvenanceAsync(_store, TestServer.Key);
        var archive = await _server.ExportAsync(_store);
        var key = await _server.CreateKeyAsync($"wrkspc_{Guid.NewGuid():N}");

        var copy = (await _server.ImportStoreAsync(archive, key)).Store();

        var here = await ProvenanceAsync(copy, key);
        Assert.Contains(here, static p => p.Text.Contains("book_yard", StringComparison.Ordinal) && p.Changes.Count > 0);
        Assert.All(here.SelectMany(static p => p.Changes), static c => Assert.True(c["imported"]!.GetValue<bool>()));
        Assert.Equal(there.Select(static p => (p.Text, Facts(p.Changes))), here.Select(static p => (p.Text, Facts(p.Changes))));
        Assert.Equal(Nameless(archive[File]), Nameless((await _server.ExportAsync(copy, key))[File]));
        Assert.Equal(Nameless(archive[File]), Nameless((await _server.ExportAsync(await CloneAsync(copy, key), key))[File]));
    }

    [Fact]
    public async Task The_sessions_behind_a_change_come_page_by_page_here_and_elsewhere()
    {
        var key = await _server.CreateKeyAsync($"wrkspc_{Guid.NewGuid():N}");
        var copy = (await _server.ImportStoreAsync(await _server.ExportAsync(_store), key)).Store();
        var change = (await ProvenanceAsync(_store, TestServer.Key)).First(static p => p.Text.Contains("`book_yard`", StringComparison.Ordinal) && p.Changes.Count > 0).Changes[0];
        var query = $"dream_id={_dream}&change_id={change["change_id"]}&limit=7";

        var (here, there) = (await SourcesAsync(_store, query, TestServer.Key), await SourcesAsync(copy, query, key));

        Assert.Equal(20, here.Count);
        Assert.Equal(here.Select(static s => (Text(s, "session"), Text(s, "principal"))).Order(), there.Select(static s => (Text(s, "session"), Text(s, "principal"))).Order());
        Assert.All(here, s => Assert.Contains(Text(s, "session_id"), _sessions));
        Assert.Equal(change["evidence"]!.AsArray().Count(static e => e!["session"] is not null), here.Sum(static s => s["evidence"]!.AsArray().Count));
        foreach (var (bad, field) in new[] { ("change_id=c1", "dream_id"), ($"dream_id={_dream}", "change_id"), ($"dream_id={_dream}&change_id=c1&limit=0", "limit") })
            Assert.Contains(field, (await _server.GetAsync($"{Extension(_store)}/provenance/sources?{bad}")).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        (await _server.GetAsync($"{Extension(_store)}/provenance/sources?dream_id={_dream}&change_id=none")).ExpectError(404, "not_found_error");
        (await _server.GetAsync($"{Extension(await _server.NewStoreAsync())}/provenance/sources?{query}")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task Where_the_dream_was_dreamt_an_import_rests_on_the_dream_itself_and_goes_with_its_sessions()
    {
        var copy = (await _server.ImportStoreAsync(await _server.ExportAsync(_store))).Store();
        Assert.All((await ProvenanceAsync(copy, TestServer.Key)).SelectMany(static p => p.Changes), static c => Assert.False(c["imported"]!.GetValue<bool>()));

        foreach (var pilot in new[] { 4, 5 }) (await _server.DeleteAsync($"/v1/sessions/{_sessions[pilot]}")).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain((await _server.TreeAsync(copy)).Values, static t => t.Contains("book_pilot", StringComparison.Ordinal));
        Assert.Contains((await _server.TreeAsync(copy)).Values, static t => t.Contains("book_yard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archive_cannot_say_that_a_dream_of_this_server_wrote_what_it_never_wrote()
    {
        var archive = await _server.ExportAsync(_store);
        var lines = archive[File].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonNode.Parse(l)!).ToList();
        var settings = lines.SelectMany(static l => l["passages"]!.AsArray()).First()!["memory_id"]!.GetValue<string>();
        var lesson = lines.First(static l => l["change"]!["kind"]!.GetValue<string>() == "mistake");
        lesson["passages"]!.AsArray().Add(new JsonObject { ["memory_id"] = settings, ["line_hash"] = "0123456789abcdef", ["relation"] = "wrote", ["landed_at"] = "2026-01-01T00:00:00Z" });
        archive[File] = string.Concat(lines.Select(static l => l.ToJsonString() + "\n"));

        // A second time the first import must not speak for it.
        _ = (await _server.ImportStoreAsync(archive)).Store();
        var copy = (await _server.ImportStoreAsync(archive)).Store();

        var changes = (await ProvenanceAsync(copy, TestServer.Key)).SelectMany(static p => p.Changes).ToList();
        Assert.All(changes, c => Assert.Equal(c["change_id"]!.GetValue<string>() == lesson["change"]!["id"]!.GetValue<string>(), c["imported"]!.GetValue<bool>()));
        Assert.Contains(changes, static c => c["imported"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Elsewhere_what_rested_on_a_deleted_session_goes_too()
    {
        var workspace = $"wrkspc_{Guid.NewGuid():N}";
        var key = await _server.CreateKeyAsync(workspace);
        var copy = (await _server.ImportStoreAsync(await _server.ExportAsync(_store), key)).Store();
        using var sessions = new StringContent(MarkedSessions.Lines(_source), Encoding.UTF8, "application/x-ndjson");
        (await _server.SendAsAsync(key, HttpMethod.Post, "/v1/reverie/sessions/import", sessions)).Expect(HttpStatusCode.OK);

        foreach (var pilot in new[] { 4, 5 })
        {
            var id = (await _server.SendAsAsync(key, HttpMethod.Get, $"/v1/reverie/sessions?source={_source}&external_id={MarkedSessions.Marker(pilot)}id")).Expect(HttpStatusCode.OK).Json.GetProperty("data")[0].GetProperty("id").GetString();
            (await _server.SendAsAsync(key, HttpMethod.Delete, $"/v1/sessions/{id}")).Expect(HttpStatusCode.OK);
        }

        var left = await _server.ExportAsync(copy, key);
        Assert.DoesNotContain(left, static f => f.Value.Contains("book_pilot", StringComparison.Ordinal) && f.Key != "history.jsonl");
        Assert.Contains(left, static f => f.Value.Contains("book_yard", StringComparison.Ordinal) && f.Key.StartsWith("memories/", StringComparison.Ordinal));
        Assert.DoesNotContain(MarkedSessions.Marker(4), left[File], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_knows_what_its_lines_were_rewritten_from_and_a_rollback_owes_a_dream_nothing()
    {
        var (path, text) = (await _server.TreeAsync(_store)).First(static m => m.Value.Contains("When `book_yard`", StringComparison.Ordinal));
        var id = await MemoryAsync(_store, path);
        (await _server.PostAsync($"{_store}/memories/{id}", new { content = text.Replace("When `book_yard`", "Whenever `book_yard`", StringComparison.Ordinal) })).Expect(HttpStatusCode.OK);

        var copied = (await ProvenanceAsync(await CloneAsync(_store, TestServer.Key), TestServer.Key)).Single(static p => p.Text.Contains("Whenever `book_yard`", StringComparison.Ordinal));
        Assert.Equal((_dream, "rewritten"), (Text(Assert.Single(copied.Changes), "dream_id"), Text(copied.Changes[0], "relation")));

        // What a person wrote, a dream wrote anew and a rollback brought back is the person's.
        var first = (await _server.GetAsync($"{_store}/memory_versions?limit=100")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Last(static v => v.GetProperty("path").GetString() == "/settings.md");
        var before = (await ProvenanceAsync(_store, TestServer.Key)).Single(static p => p.Text.Contains("Log retention", StringComparison.Ordinal));
        Assert.NotEmpty(before.Changes);
        Assert.DoesNotContain("- Log retention: 14 days\n", (await _server.TreeAsync(_store))["/settings.md"], StringComparison.Ordinal);
        (await _server.PostAsync($"{Extension(_store)}/rollback", new { to = first.GetProperty("id").GetString() })).Expect(HttpStatusCode.OK);
        var back = (await ProvenanceAsync(_store, TestServer.Key)).Single(static p => p.Text.Contains("Log retention", StringComparison.Ordinal));
        Assert.Empty(back.Changes);
    }

    [Fact]
    public async Task A_hostile_provenance_is_refused_and_named()
    {
        var archive = await _server.ExportAsync(_store);
        var good = archive[File].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (string Reason, Action<JsonNode> Do)[] edits =
        [
            ("dream_id", static l => l["dream_id"] = ""),
            ("dream_id", static l => l["dream_id"] = "drm_\u0000"),
            ("change.id", static l => l["change"]!["id"] = new string('c', 300)),
            ("confidence", static l => l["change"]!["confidence"] = 7),
            ("quote", static l => l["change"]!["evidence"] = new JsonArray(new JsonObject { ["session"] = "a/b", ["event"] = "0", ["quote"] = new string('q', 400) })),
            ("edits", static l => l["change"]!["edits"] = new JsonArray(new JsonObject { ["at"] = 0, ["delete"] = "", ["insert"] = "a\u0000b" })),
            ("sources[0]", static l => l["sources"]!.AsArray().Insert(0, new JsonObject { ["session"] = "", ["principal"] = "x" })),
            ("comes twice", static l => l["sources"] = new JsonArray(Source(), Source())),
            ("reviewed_by[0]", static l => l["reviewed_by"] = new JsonArray(new JsonObject { ["author"] = new JsonObject { ["type"] = "api_actor", ["api_key_id"] = "a\nb" }, ["at"] = "2026-01-01T00:00:00Z" })),
            ("line_hash", static l => l["passages"]![0]!["line_hash"] = "XYZ"),
            ("does not know", static l => l["passages"]![0]!["memory_id"] = "mem_011CZkZAtmR3yMPDzynEDxu7"),
            ("is not", static l => l["passages"]![0]!["relation"] = "begat"),
            ("must not be null", static l => l["sources"] = null),
        ];
        foreach (var (reason, change) in edits)
        {
            var line = JsonNode.Parse(good[0])!;
            change(line);
            var refused = await RefusedAsync(new SortedDictionary<string, string>(archive, StringComparer.Ordinal) { [File] = string.Join('\n', good.Skip(1).Prepend(line.ToJsonString())) });
            Assert.Contains(File, refused, StringComparison.Ordinal);
            Assert.Contains(reason, refused, StringComparison.Ordinal);
        }
        Assert.Contains("line 2", await RefusedAsync(new SortedDictionary<string, string>(archive, StringComparer.Ordinal) { [File] = $"{good[0]}\n{good[0]}\n" }), StringComparison.Ordinal);
        Assert.Contains("line 1", await RefusedAsync(new SortedDictionary<string, string>(archive, StringComparer.Ordinal) { [File] = new string(' ', 17_000_000) }), StringComparison.Ordinal);
        var alone = new SortedDictionary<string, string>(archive, StringComparer.Ordinal);
        alone.Remove("history.jsonl");
        Assert.All(await ProvenanceAsync((await _server.ImportStoreAsync(alone)).Store(), TestServer.Key), static p => Assert.Empty(p.Changes));

        static JsonObject Source() => new() { ["session"] = "a/b", ["principal"] = "x" };
    }

    private async Task<string> RefusedAsync(IReadOnlyDictionary<string, string> archive) => (await _server.ImportStoreAsync(archive)).ExpectError(400, "invalid_request_error").Message;

    private async Task<string> CloneAsync(string store, string key)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        return $"/v1/memory_stores/{(await _server.SendAsAsync(key, HttpMethod.Post, $"{Extension(store)}/clone", body)).Expect(HttpStatusCode.OK).Json.GetProperty("memory_store").GetProperty("id").GetString()}";
    }

    private async Task<string> MemoryAsync(string store, string path) =>
        (await _server.GetAsync($"{store}/memories?limit=20")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Single(m => m.GetProperty("path").GetString() == path).GetProperty("id").GetString()!;

    /// <summary>The passages of all memories with their text.</summary>
    private async Task<List<(string Text, List<JsonNode> Changes)>> ProvenanceAsync(string store, string key)
    {
        var found = new List<(string, List<JsonNode>)>();
        var all = (await _server.SendAsAsync(key, HttpMethod.Get, $"{store}/memories?view=full&limit=20")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().OrderBy(static m => m.GetProperty("path").GetString(), StringComparer.Ordinal);
        foreach (var memory in all)
        {
            var lines = memory.GetProperty("content").GetString()!.Split('\n');
            var page = (await _server.SendAsAsync(key, HttpMethod.Get, $"{Extension(store)}/provenance?path={memory.GetProperty("path").GetString()}&limit=1000")).Expect(HttpStatusCode.OK);
            foreach (var passage in JsonNode.Parse(page.Text)!["data"]!.AsArray())
                found.Add((string.Join('\n', lines[(passage!["first_line"]!.GetValue<int>() - 1)..passage["last_line"]!.GetValue<int>()]), [.. passage["changes"]!.AsArray().Select(static c => c!)]));
        }
        return found;
    }

    private async Task<List<JsonNode>> SourcesAsync(string store, string query, string key)
    {
        var found = new List<JsonNode>();
        for (var page = ""; ;)
        {
            var answer = JsonNode.Parse((await _server.SendAsAsync(key, HttpMethod.Get, $"{Extension(store)}/provenance/sources?{query}{page}")).Expect(HttpStatusCode.OK).Text)!;
            found.AddRange(answer["data"]!.AsArray().Select(static s => s!));
            if (answer["next_page"]?.GetValue<string>() is not { } next) return found;
            page = $"&page={next}";
        }
    }

    /// <summary>Without the ids of memories, and what is sorted by them.</summary>
    private static string Nameless(string provenance) => string.Join('\n', provenance.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
    {
        var change = JsonNode.Parse(line)!;
        var passages = change["passages"]!.AsArray().Select(static p => $"{p!["line_hash"]} {p["relation"]} {p["landed_at"]}").Order(StringComparer.Ordinal);
        change["passages"] = string.Join(';', passages);
        return change.ToJsonString();
    }));

    private static string Facts(List<JsonNode> changes) => string.Join('\n', changes.Select(static c =>
    {
        var copy = c.DeepClone().AsObject();
        copy.Remove("imported");
        return copy.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }));

    private static string Extension(string store) => store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
