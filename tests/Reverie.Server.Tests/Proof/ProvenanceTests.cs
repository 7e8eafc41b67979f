using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Proof;

/// <summary>Every passage says who wrote it and what it rests on, through everything that happens to it.</summary>
public abstract class ProvenanceTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : ProvenanceTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : ProvenanceTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();
    private string _store = "";
    private string _dream = "";
    private List<string> _sessions = [];

    public async ValueTask InitializeAsync()
    {
        _store = await _server.NewStoreAsync();
        (await _server.PostAsync($"{_store}/memories", new { path = "/settings.md", content = "# Settings\n\n- Log retention: 14 days\n- Quiet hours: 22 to 6\n" })).Expect(HttpStatusCode.OK);
        _sessions = await _server.ImportAsync(MarkedSessions.Lines($"{Guid.NewGuid()}"));
        _dream = await _server.DreamAsync(_store, _sessions);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_lesson_names_its_dream_its_quotes_and_its_principals()
    {
        var (path, passage) = await LessonAsync(_store, "book_yard");

        var change = Assert.Single(passage.GetProperty("changes").EnumerateArray());
        Assert.Equal((_dream, "mistake", "wrote", 20), (Text(change, "dream_id"), Text(change, "kind"), Text(change, "relation"), change.GetProperty("sessions").GetInt32()));
        Assert.Equal(["ada.l", "bob.k", "cleo.m", "dan.o", "eve.p"], change.GetProperty("principals_sample").EnumerateArray().Select(static p => p.GetString()));
        Assert.Equal((5, 5, false), (passage.GetProperty("principals").GetInt32(), change.GetProperty("principals").GetInt32(), change.GetProperty("imported").GetBoolean()));
        Assert.NotEmpty(change.GetProperty("evidence").EnumerateArray());
        Assert.Equal("session_actor", passage.GetProperty("written_by").GetProperty("type").GetString());
        Assert.StartsWith("/playbooks/", path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmed_entry_says_who_wrote_it_and_when_it_was_confirmed()
    {
        var passages = await _server.PassagesAsync(_store, "/settings.md");

        var confirmed = passages.Single(static p => p.GetProperty("first_line").GetInt32() == 3);
        Assert.Equal("verification", Text(Assert.Single(confirmed.GetProperty("changes").EnumerateArray()), "kind"));
        Assert.Equal(JsonValueKind.String, confirmed.GetProperty("last_confirmed_at").ValueKind);
        var person = passages.Single(static p => p.GetProperty("first_line").GetInt32() == 4);
        Assert.Empty(person.GetProperty("changes").EnumerateArray());
        Assert.Equal("api_actor", person.GetProperty("written_by").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, person.GetProperty("last_confirmed_at").ValueKind);
    }

    [Fact]
    public async Task It_goes_along_with_a_rename_a_rewrite_and_a_copy()
    {
        var (path, _) = await LessonAsync(_store, "book_yard");
        var memory = (await _server.GetAsync($"{_store}/memories?view=full&limit=20")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Single(m => Text(m, "path") == path);
        var edited = Text(memory, "content").Replace("When `book_yard`", "Whenever `book_yard`", StringComparison.Ordinal);
        (await _server.PostAsync($"{_store}/memories/{Text(memory, "id")}", new { path = "/elsewhere.md", content = edited })).Expect(HttpStatusCode.OK);
        var clone = (await _server.PostAsync($"{Extension(_store)}/clone", new { })).Expect(HttpStatusCode.OK).Json.GetProperty("memory_store").GetProperty("id").GetString();

        var rewritten = (await _server.PassagesAsync(_store, "/elsewhere.md")).Single(static p => p.GetProperty("changes").EnumerateArray().Any(static c => Text(c, "relation") == "rewritten"));
        Assert.Equal("api_actor", rewritten.GetProperty("written_by").GetProperty("type").GetString());
        Assert.Equal(_dream, Text(Assert.Single(rewritten.GetProperty("changes").EnumerateArray()), "dream_id"));
        var (_, copied) = await LessonAsync($"/v1/memory_stores/{clone}", "book_slip");
        Assert.Equal(_dream, Text(copied.GetProperty("changes")[0], "dream_id"));
    }

    [Fact]
    public async Task What_a_later_dream_writes_anew_rests_on_both()
    {
        var again = await _server.DreamAsync(_store, _sessions.Skip(50));

        var (_, passage) = await LessonAsync(_store, "book_yard");

        Assert.Contains(passage.GetProperty("changes").EnumerateArray(), c => Text(c, "dream_id") == again || Text(c, "dream_id") == _dream);
        var (_, rewritten) = await LessonAsync(_store, "book_barge");
        Assert.Contains(rewritten.GetProperty("changes").EnumerateArray(), c => Text(c, "dream_id") == _dream);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_bad_requests_name_the_field()
    {
        var (path, _) = await LessonAsync(_store, "book_yard");
        var all = await _server.PassagesAsync(_store, path);
        var first = (await _server.GetAsync($"{Extension(_store)}/provenance?path={path}&limit=1")).Expect(HttpStatusCode.OK).Json;
        var second = (await _server.GetAsync($"{Extension(_store)}/provenance?path={path}&limit=1&page={Text(first, "next_page")}")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(all[1].GetProperty("first_line").GetInt32(), second.GetProperty("data")[0].GetProperty("first_line").GetInt32());
        (await _server.GetAsync($"{Extension(_store)}/provenance")).ExpectError(400, "invalid_request_error");
        (await _server.GetAsync($"{Extension(_store)}/provenance?path=relative")).ExpectError(400, "invalid_request_error");
        (await _server.GetAsync($"{Extension(_store)}/provenance?path=/nothing")).ExpectError(404, "not_found_error");
        (await _server.GetAsync($"{Extension(_store)}/quality?stale_after_days=0")).ExpectError(400, "invalid_request_error");
    }

    [Fact]
    public async Task A_change_says_in_how_many_sessions_it_would_have_applied()
    {
        var changes = (await _server.ReportAsync(_dream)).GetProperty("changes").EnumerateArray();

        var yard = changes.Single(static c => Text(c, "summary").Contains("`book_yard`", StringComparison.Ordinal) && Text(c, "kind") == "mistake");
        var replay = yard.GetProperty("replay");
        Assert.Equal(20, Total(replay.GetProperty("would_apply")) + Total(replay.GetProperty("already_done")));
        Assert.Equal((20, 5), (yard.GetProperty("support").GetProperty("sessions").GetInt32(), yard.GetProperty("support").GetProperty("principals").GetInt32()));

        static int Total(JsonElement counts) => counts.GetProperty("failed").GetInt32() + counts.GetProperty("satisfied").GetInt32() + counts.GetProperty("ungraded").GetInt32();
    }

    [Fact]
    public async Task The_meters_of_a_store_count_what_is_in_it()
    {
        var store = await _server.NewStoreAsync();
        (await _server.PostAsync($"{store}/memories", new { path = "/a.md", content = "- Gate four opens with the blue key\n- Quiet hours: 22 to 6\n" })).Expect(HttpStatusCode.OK);
        (await _server.PostAsync($"{store}/memories", new { path = "/b.md", content = "- Gate four opens with the blue key\n- Quiet hours: 23 to 5\n" })).Expect(HttpStatusCode.OK);

        var quality = (await _server.GetAsync($"{Extension(store)}/quality")).Expect(HttpStatusCode.OK).Json;
        var dreamt = (await _server.GetAsync($"{Extension(_store)}/quality")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal((2, 4, 1, 1, 4, 0), (Number(quality, "memories"), Number(quality, "entries"), Number(quality, "duplicates"), Number(quality, "contradictions"), Number(quality, "unsupported"), Number(quality, "stale")));
        Assert.Equal(1, Number(dreamt, "unsupported"));
        Assert.Equal(Number(quality, "size_bytes"), quality.GetProperty("growth").EnumerateArray().Last().GetProperty("size_bytes").GetInt32());
    }

    private async Task<(string Path, JsonElement Passage)> LessonAsync(string store, string word)
    {
        foreach (var (path, text) in await _server.TreeAsync(store))
        {
            var line = Array.FindIndex(text.Split('\n'), l => l.StartsWith("- ", StringComparison.Ordinal) && l.Contains($"`{word}`", StringComparison.Ordinal)) + 1;
            if (line == 0) continue;
            return (path, (await _server.PassagesAsync(store, path)).Single(p => p.GetProperty("first_line").GetInt32() <= line && p.GetProperty("last_line").GetInt32() >= line));
        }
        throw new InvalidOperationException($"nothing speaks of {word}: {string.Join('\n', (await _server.TreeAsync(store)).Values)}");
    }

    private static string Extension(string store) => store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
