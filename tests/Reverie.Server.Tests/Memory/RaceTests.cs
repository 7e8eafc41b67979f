using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Reverie.Bench.Contention;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Memory;

/// <summary>Many who want the same thing at the same moment, through two servers where the database allows two.</summary>
public abstract class RaceTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : RaceTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : RaceTests(server), IClassFixture<PostgresServer>;

    private const int Callers = 24;

    private readonly TestServer _server = server.OrSkip();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("reverie-race-test-");
    private readonly List<HttpClient> _nodes = [];
    private ReverieServer? _other;
    private string _store = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _nodes.Add(Connect(_server.Url));
        if (_server.Postgres is not null)
        {
            _other = await ReverieServer.StartAsync(_server.Options() with { DataDirectory = _data.FullName }, TimeProvider.System, Cancelled);
            _nodes.Add(Connect(_other.Urls.Single()));
        }
        _store = await _server.NewStoreAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) node.Dispose();
        if (_other is not null) await _other.DisposeAsync();
        _data.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_many_who_create_one_path_one_does()
    {
        var statuses = await AllAtOnceAsync(i => PostAsync(i, "/memories", new { path = "/a", content = $"{i}" }));

        Assert.Equal(1, statuses.Count(static s => s == HttpStatusCode.OK));
        Assert.All(statuses, static s => Assert.True(s is HttpStatusCode.OK or HttpStatusCode.Conflict));
        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task Of_many_who_create_above_and_below_each_other_no_two_do()
    {
        var statuses = await AllAtOnceAsync(i => PostAsync(i, "/memories", new { path = string.Concat(Enumerable.Repeat("/a", i % 12 + 1)), content = "" }));

        Assert.Equal(1, statuses.Count(static s => s == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Of_many_who_update_with_the_same_precondition_one_does()
    {
        var memory = (await _server.PostAsync($"{_store}/memories", new { path = "/a", content = "0" })).Json;
        var precondition = new { type = "content_sha256", content_sha256 = memory.GetProperty("content_sha256").GetString() };

        var statuses = await AllAtOnceAsync(i => PostAsync(i, $"/memories/{memory.GetProperty("id").GetString()}", new { content = $"by {i}", precondition }));

        Assert.Equal(1, statuses.Count(static s => s == HttpStatusCode.OK));
        Assert.Equal(2, (await VersionsAsync()).Count);
    }

    [Fact]
    public async Task Of_many_who_update_without_one_all_do_and_each_is_a_version()
    {
        var memory = (await _server.PostAsync($"{_store}/memories", new { path = "/a", content = "0" })).Id;

        var statuses = await AllAtOnceAsync(i => PostAsync(i, $"/memories/{memory}", new { content = $"by {i}" }));

        var versions = await VersionsAsync();
        Assert.All(statuses, static s => Assert.Equal(HttpStatusCode.OK, s));
        Assert.Equal(Callers + 1, versions.Select(static v => v.GetProperty("content").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((await _server.GetAsync($"{_store}/memories/{memory}")).Json.GetProperty("memory_version_id").GetString(), versions[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Of_64_clients_that_update_50_memories_each_on_what_it_read_none_loses_a_write()
    {
        const int writes = 1500;

        var result = await new ContendedStore(_nodes, clients: 64, memories: 50, (int)Law.Seed).RunAsync(writes, CancellationToken.None, Cancelled);

        Assert.Empty(result.Problems);
        Assert.InRange(result.Taken, writes, writes + 64);
        Assert.NotEqual(0, result.Refused);
    }

    [Fact]
    public async Task A_store_deleted_while_many_write_leaves_nothing_behind()
    {
        var statuses = await AllAtOnceAsync(i => i == Callers / 2
            ? SendAsync(i, HttpMethod.Delete, "")
            : PostAsync(i, "/memories", new { path = $"/{i}", content = "" }));

        Assert.All(statuses, static s => Assert.True(s is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{s}"));
        await using var database = _server.OpenDatabase();
        var left = await database.ReadAsync(db => db.FirstAsync(
            "SELECT (SELECT count(*) FROM memories WHERE memory_store_id = @store) + (SELECT count(*) FROM memory_versions WHERE memory_store_id = @store)",
            static r => r.GetInt64(0), ("@store", _store.Split('/')[^1])), Cancelled);
        Assert.Equal(0, left);
    }

    private async Task<HttpStatusCode[]> AllAtOnceAsync(Func<int, Task<HttpStatusCode>> call)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, Callers).Select(async i =>
        {
            await start.Task;
            return await call(i);
        }).ToList();
        start.SetResult();
        return await Task.WhenAll(calls);
    }

    private async Task<HttpStatusCode> PostAsync(int caller, string path, object body)
    {
        using var content = JsonContent.Create(body);
        return await SendAsync(caller, HttpMethod.Post, path, content);
    }

    private async Task<HttpStatusCode> SendAsync(int caller, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, _store + path) { Content = content };
        using var response = await _nodes[caller % _nodes.Count].SendAsync(request, Cancelled);
        return response.StatusCode;
    }

    private Task<List<JsonElement>> VersionsAsync() => StoreClient.AllAsync(_server, $"{_store}/memory_versions?view=full&limit=20");

    private static HttpClient Connect(string url)
    {
        var http = new HttpClient { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Add("x-api-key", TestServer.Key);
        http.DefaultRequestHeaders.Add("anthropic-beta", TestServer.MemoryBeta);
        return http;
    }
}
