using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Proof;

/// <summary>What rests on a session goes with it; what others bear out stays.</summary>
public abstract class WithdrawalTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : WithdrawalTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : WithdrawalTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task Whichever_of_a_hundred_sessions_is_deleted_next_none_of_its_words_remains()
    {
        const int stride = 37, lookEvery = 20;
        var (store, sessions, dream) = await DreamtAsync("all", "zq");
        var clone = $"/v1/memory_stores/{(await _server.PostAsync(Extension(store, "clone"), new { })).Expect(HttpStatusCode.OK).Json.GetProperty("memory_store").GetProperty("id").GetString()}";
        var imported = (await _server.ImportStoreAsync(await _server.ExportAsync(store))).Store();
        await EditAsync(clone);
        // A second dream over half of them rewrites what the first one wrote.
        var dreams = new[] { dream, await _server.DreamAsync(store, sessions.Take(50)) };
        List<string> stores = [store, clone, imported], gone = [];
        var quoted = 0;
        for (var i = 0; i < sessions.Count; i++) quoted += (await OutsideOwnSessionAsync(i)).Count > 0 ? 1 : 0;

        for (var i = 0; i < sessions.Count; i++)
        {
            var next = i * stride % sessions.Count;
            (await _server.DeleteAsync($"/v1/sessions/{sessions[next]}")).Expect(HttpStatusCode.OK);

            var left = await _server.HoldersAsync(MarkedSessions.Marker(next));
            Assert.True(left.Count == 0, $"after deletion {i}, of session {next}: {string.Join("\n", left.Take(3))}");
            gone.Add(MarkedSessions.Marker(next));
            foreach (var one in stores) Assert.Empty((await _server.GetAsync($"{Extension(one, "search")}?query={MarkedSessions.Marker(next)}&mode=grep")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
            if (i % lookEvery == 0 || i == sessions.Count - 1) Assert.Empty(await _server.ShownAsync(stores, dreams, gone));
            if (_server.Postgres is null && (i == sessions.Count / 2 || i == sessions.Count - 1)) Assert.Empty(await _server.InFilesAsync(gone));
        }

        Assert.True(quoted > 20, $"only {quoted} sessions left words anywhere: there was little to take back");
        foreach (var one in stores) Assert.DoesNotContain("zq", string.Concat((await _server.TreeAsync(one)).Values), StringComparison.Ordinal);
        Assert.DoesNotContain((await _server.TreeAsync(store)).Values, static text => text.Contains("could not be understood", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_that_two_sessions_share_go_when_both_are_deleted_at_once()
    {
        const int first = 80, count = 18;
        var lines = MarkedSessions.Lines("pairs", "zw");
        for (var i = first + 1; i < MarkedSessions.Count; i += 2)
        {
            foreach (var word in new[] { "case", "place", "slip" }) lines = lines.Replace(MarkedSessions.Marker(i, "zw") + word, MarkedSessions.Marker(i - 1, "zw") + word, StringComparison.Ordinal);
        }
        var store = await _server.NewStoreAsync();
        var sessions = await _server.ImportAsync(lines);
        var dream = await _server.DreamAsync(store, sessions);
        var gone = Enumerable.Range(first, count).Select(static i => MarkedSessions.Marker(i, "zw")).ToList();
        Assert.NotEmpty(await _server.ShownAsync([store], [dream], gone));

        var replies = await Task.WhenAll(sessions.Skip(first).Take(count).Select(id => _server.DeleteAsync($"/v1/sessions/{id}")));

        Assert.All(replies, static r => r.Expect(HttpStatusCode.OK));
        foreach (var word in gone) Assert.Empty(await _server.HoldersAsync(word));
        Assert.Empty(await _server.ShownAsync([store], [dream], gone));
        Assert.Contains(await TextAsync(store), static t => t.Contains("book_yard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lesson_stays_with_two_sessions_and_goes_with_the_second_to_last()
    {
        var (store, sessions, _) = await DreamtAsync("two", "zt");
        const int pilot = 4;
        Assert.Contains(await TextAsync(store), static t => t.Contains("book_pilot", StringComparison.Ordinal));

        (await _server.DeleteAsync($"/v1/sessions/{sessions[pilot]}")).Expect(HttpStatusCode.OK);
        Assert.Contains(await TextAsync(store), static t => t.Contains("book_pilot", StringComparison.Ordinal));
        (await _server.DeleteAsync($"/v1/sessions/{sessions[pilot + 1]}")).Expect(HttpStatusCode.OK);

        var after = await TextAsync(store);
        Assert.DoesNotContain(after, static t => t.Contains("book_pilot", StringComparison.Ordinal));
        Assert.Contains(after, static t => t.Contains("book_yard", StringComparison.Ordinal));
        var done = (await _server.GetAsync($"/v1/reverie/sessions/{sessions[pilot + 1]}/withdrawals")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Contains(done, static w => w.GetProperty("action").GetString() == "withdrawn" && w.GetProperty("sessions_left").ValueKind == JsonValueKind.Number && w.GetProperty("sessions_left").GetInt32() == 1);
        Assert.Contains(done, static w => w.GetProperty("action").GetString() == "withdrawn" && w.GetProperty("memory_version_id").ValueKind == JsonValueKind.String);
        Assert.Contains(done, static w => w.GetProperty("action").GetString() == "versions_redacted");
    }

    [Fact]
    public async Task A_session_that_is_there_has_withdrawn_nothing_and_one_that_never_was_is_not_found()
    {
        var sessions = await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), "hello"));

        Assert.Empty((await _server.GetAsync($"/v1/reverie/sessions/{sessions[0]}/withdrawals")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
        (await _server.GetAsync("/v1/reverie/sessions/sesn_011CZkZAtmR3yMPDzynEDxu7/withdrawals")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task What_a_person_wrote_stays_whatever_words_it_has()
    {
        var store = await _server.NewStoreAsync();
        (await _server.PostAsync($"{store}/memories", new { path = "/mine.md", content = $"- Boat {MarkedSessions.Marker(0, "zp")}boat is ours\n" })).Expect(HttpStatusCode.OK);
        var sessions = await _server.ImportAsync(MarkedSessions.Lines("person", "zp"));
        await _server.DreamAsync(store, sessions);

        (await _server.DeleteAsync($"/v1/sessions/{sessions[0]}")).Expect(HttpStatusCode.OK);

        Assert.Contains("zp000boat", (await _server.TreeAsync(store))["/mine.md"], StringComparison.Ordinal);
    }

    private async Task<(string Store, List<string> Sessions, string Dream)> DreamtAsync(string source, string prefix)
    {
        var store = await _server.NewStoreAsync();
        (await _server.PostAsync($"{store}/memories", new { path = "/settings.md", content = "# Settings\n\n- Log retention: 14 days\n- Quiet hours: 22 to 6\n" })).Expect(HttpStatusCode.OK);
        var sessions = await _server.ImportAsync(MarkedSessions.Lines(source, prefix));
        Assert.Equal(MarkedSessions.Count, sessions.Count);
        return (store, sessions, await _server.DreamAsync(store, sessions));
    }

    /// <summary>A person adds to every line that a dream wrote.</summary>
    private async Task EditAsync(string store)
    {
        var page = (await _server.GetAsync($"{store}/memories?view=full&limit=20")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().ToList();
        foreach (var memory in page.Where(static m => m.GetProperty("path").GetString()!.StartsWith("/playbooks", StringComparison.Ordinal)))
        {
            var content = string.Join('\n', memory.GetProperty("content").GetString()!.Split('\n').Select(static l => l.StartsWith("- ", StringComparison.Ordinal) ? l + " Ask Kim." : l));
            (await _server.PostAsync($"{store}/memories/{memory.GetProperty("id").GetString()}", new { content })).Expect(HttpStatusCode.OK);
        }
    }

    private async Task<List<string>> OutsideOwnSessionAsync(int number) =>
        [.. (await _server.HoldersAsync(MarkedSessions.Marker(number))).Where(static h => !h.StartsWith("session", StringComparison.Ordinal))];

    private async Task<List<string>> TextAsync(string store) => [.. (await _server.TreeAsync(store)).Values];

    private static string Extension(string store, string what) => $"{store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal)}/{what}";
}
