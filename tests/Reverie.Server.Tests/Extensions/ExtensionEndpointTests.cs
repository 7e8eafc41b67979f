using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Extensions;

/// <summary>What lies beyond the contract, as a client meets it.</summary>
public abstract class ExtensionEndpointTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : ExtensionEndpointTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : ExtensionEndpointTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_pages_through_what_it_finds_without_a_beta_header()
    {
        var store = await StoreAsync();
        for (var i = 0; i < 5; i++) await AddAsync(store, $"/n/{i}", $"line\nthe zebra number {i}");

        foreach (var mode in new[] { "text&query=zebra", "grep&query=zeb.a", "grep&query=ZEB&ignore_case=true" })
        {
            var paths = new List<string>();
            string? page = null;
            do
            {
                var reply = (await GetAsync($"{store}/search?mode={mode}&limit=2{(page is null ? "" : $"&page={page}")}")).Expect(HttpStatusCode.OK);
                foreach (var found in reply.Json.GetProperty("data").EnumerateArray())
                {
                    Assert.Equal(2, found.GetProperty("lines")[0].GetProperty("number").GetInt32());
                    paths.Add(found.GetProperty("path").GetString()!);
                }
                page = reply.NextPage;
            }
            while (page is not null);
            Assert.Equal(["/n/0", "/n/1", "/n/2", "/n/3", "/n/4"], paths.Order(StringComparer.Ordinal));
        }
        var both = await GetAsync($"/v1/reverie/memory_search?query=zebra&limit=100&memory_store_ids[]={store.Split('/')[^1]}");
        Assert.Equal(5, both.Expect(HttpStatusCode.OK).Json.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("search", "query is required")]
    [InlineData("search?query=%22%2A%22", "mode=grep")]
    [InlineData("search?query=(&mode=grep", "regular expression at character")]
    [InlineData("search?query=(a)%5C1&mode=grep", "must do without")]
    [InlineData("search?query=a&mode=fuzzy", "mode must be")]
    [InlineData("search?query=a&limit=101", "limit must be")]
    [InlineData("search?query=a&page=page_eA", "page is not")]
    [InlineData("search?query=a&path_prefix=x", "path_prefix must be")]
    [InlineData("changes?after=-1", "after must be")]
    [InlineData("changes?wait_seconds=61", "wait_seconds must be")]
    [InlineData("changes?limit=21&view=full", "limit must be at most 20")]
    public async Task A_bad_query_is_named(string path, string reason) =>
        Assert.Contains(reason, (await GetAsync($"{await StoreAsync()}/{path}")).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rollback", "{}", "to is required")]
    [InlineData("rollback", """{"to":"yesterday"}""", "to must be")]
    [InlineData("rollback", """{"to":"2026-01-31T12:00:00Z","dry_run":1}""", "dry_run must be")]
    [InlineData("rollback", """{"to":"2026-01-31T12:00:00Z","path_prefix":"a"}""", "path_prefix must be")]
    [InlineData("rollback", """{"to":"2026-01-31T12:00:00Z","x":1}""", "is not a field")]
    [InlineData("clone", """{"name":""}""", "name must have")]
    [InlineData("clone", """{"at":7}""", "at must be")]
    public async Task A_bad_body_is_named(string action, string body, string reason) =>
        Assert.Contains(reason, (await _server.PostAsync($"{await StoreAsync()}/{action}", body)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_store_that_is_not_there_is_not_found()
    {
        const string none = "/v1/reverie/memory_stores/memstore_none";
        foreach (var path in new[] { "search?query=a", "changes", "export" }) (await GetAsync($"{none}/{path}")).ExpectError(404, "not_found_error");
        (await GetAsync("/v1/reverie/memory_search?query=a&memory_store_ids[]=memstore_none")).ExpectError(404, "not_found_error");
        (await _server.PostAsync($"{none}/clone", "{}")).ExpectError(404, "not_found_error");
        (await _server.PostAsync($"{none}/rollback", """{"to":"2026-01-31T12:00:00Z"}""")).ExpectError(404, "not_found_error");
        (await _server.PostAsync($"{await StoreAsync()}/rollback", """{"to":"memver_none"}""")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task A_rollback_brings_the_store_back_and_a_clone_stays_as_it_was()
    {
        var store = await StoreAsync();
        var first = await AddAsync(store, "/a", "good");
        await _server.PostAsync($"{Contract(store)}/memories/{first.Id}", new { content = "bad" });
        var clone = (await _server.PostAsync($"{store}/clone", new { name = "kept" })).Expect(HttpStatusCode.OK).Json;

        var version = first.Json.GetProperty("memory_version_id").GetString();
        var dry = (await _server.PostAsync($"{store}/rollback", new { to = version, dry_run = true })).Expect(HttpStatusCode.OK).Json;
        var done = (await _server.PostAsync($"{store}/rollback", new { to = version })).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(JsonValueKind.Null, dry.GetProperty("changes")[0].GetProperty("memory_version_id").ValueKind);
        Assert.Equal("modified", done.GetProperty("changes")[0].GetProperty("operation").GetString());
        Assert.Equal("good", (await _server.GetAsync($"{Contract(store)}/memories/{first.Id}")).Json.GetProperty("content").GetString());
        var kept = clone.GetProperty("memory_store").GetProperty("id").GetString();
        Assert.Equal("bad", (await _server.GetAsync($"/v1/memory_stores/{kept}/memories?view=full")).Json.GetProperty("data")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_follower_sees_every_change_once_and_in_order()
    {
        var store = await StoreAsync();
        for (var i = 0; i < 5; i++) await AddAsync(store, $"/{i}", $"{i}");

        var (seen, after, more) = (new List<long>(), 0L, true);
        while (more)
        {
            var reply = (await GetAsync($"{store}/changes?after={after}&limit=2&view=full")).Expect(HttpStatusCode.OK).Json;
            seen.AddRange(reply.GetProperty("data").EnumerateArray().Select(static c => c.GetProperty("seq").GetInt64()));
            (after, more) = (reply.GetProperty("last_seq").GetInt64(), reply.GetProperty("has_more").GetBoolean());
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
        var idle = (await GetAsync($"{store}/changes?after=5&wait_seconds=1")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal((0, 5L), (idle.GetProperty("data").GetArrayLength(), idle.GetProperty("last_seq").GetInt64()));
    }

    [Fact]
    public async Task A_waiting_follower_is_woken_by_a_write()
    {
        var store = await StoreAsync();
        var waiting = GetAsync($"{store}/changes?wait_seconds=60");
        await AddAsync(store, "/a", "news");

        var change = (await waiting).Expect(HttpStatusCode.OK).Json.GetProperty("data")[0];

        Assert.Equal("/a", change.GetProperty("memory_version").GetProperty("path").GetString());
    }

    [Fact]
    public async Task An_export_can_be_imported_again()
    {
        var store = await StoreAsync();
        await AddAsync(store, "/dir/a.md", "text");
        using var request = TestServer.Request(HttpMethod.Get, $"{store}/export", beta: null);
        using var response = await _server.Http.SendAsync(request, Cancelled);
        Assert.Equal((HttpStatusCode.OK, "application/gzip"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var archive = await response.Content.ReadAsByteArrayAsync(Cancelled);

        var made = (await ImportAsync(archive, "?name=second")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal((1, "second", false), (made.GetProperty("memory_count").GetInt32(), made.GetProperty("memory_store").GetProperty("name").GetString(), made.GetProperty("ids_kept").GetBoolean()));
        (await _server.DeleteAsync(Contract(store))).Expect(HttpStatusCode.OK);
        Assert.True((await ImportAsync(archive)).Expect(HttpStatusCode.OK).Json.GetProperty("ids_kept").GetBoolean());
        Assert.Equal("text", (await _server.GetAsync($"{Contract(store)}/memories?view=full")).Json.GetProperty("data")[0].GetProperty("content").GetString());

        Assert.Contains("nothing was kept", (await ImportAsync(archive[..(archive.Length / 2)])).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
        (await ImportAsync([])).ExpectError(400, "invalid_request_error");
        (await ImportAsync(archive, "?name=%01")).ExpectError(400, "invalid_request_error");
    }

    private async Task<string> StoreAsync() => (await _server.NewStoreAsync()).Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal);

    private static string Contract(string store) => store.Replace("/v1/reverie/", "/v1/", StringComparison.Ordinal);

    private async Task<Reply> AddAsync(string store, string path, string content) => (await _server.PostAsync($"{Contract(store)}/memories", new { path, content })).Expect(HttpStatusCode.OK);

    private async Task<Reply> GetAsync(string path)
    {
        using var request = TestServer.Request(HttpMethod.Get, path, beta: null);
        return await _server.SendAsync(request);
    }

    private async Task<Reply> ImportAsync(byte[] archive, string query = "")
    {
        using var request = TestServer.Request(HttpMethod.Post, $"/v1/reverie/memory_stores/import{query}", beta: null);
        request.Content = new ByteArrayContent(archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/gzip") } };
        return await _server.SendAsync(request);
    }
}
