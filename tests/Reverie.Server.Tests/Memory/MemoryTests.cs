using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Beta.MemoryStores.Memories;
using Anthropic.Services.Beta;
using Anthropic.Services.Beta.MemoryStores;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Memory;

/// <summary>The memories of a store, through the official client.</summary>
public abstract class MemoryTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : MemoryTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : MemoryTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();
    private string _store = "";

    private IMemoryService Memories => _server.Client.Beta.MemoryStores.Memories;

    private IMemoryStoreService Stores => _server.Client.Beta.MemoryStores;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = (await Stores.Create(new() { Name = "store" }, Cancelled)).ID;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_memory_is_returned_as_it_was_written()
    {
        const string text = "Grüße 😀\n\t\"quoted\" \\ \u2028 \u0001 </script>\r\nend";

        var made = await CreateAsync("/notes/größe.md", text);
        var read = await Memories.Retrieve(made.ID, new() { MemoryStoreID = _store }, Cancelled);

        Assert.StartsWith("mem_", made.ID, StringComparison.Ordinal);
        Assert.StartsWith("memver_", made.MemoryVersionID, StringComparison.Ordinal);
        Assert.Null(made.Content);
        Assert.Equal((text, "/notes/größe.md", _store), (read.Content, read.Path, read.MemoryStoreID));
        Assert.Equal((Sha256(text), Encoding.UTF8.GetByteCount(text)), (read.ContentSha256, read.ContentSizeBytes));
        Assert.Equal((made.ID, made.MemoryVersionID, made.ContentSha256), (read.ID, read.MemoryVersionID, read.ContentSha256));
        Assert.Equal((_server.Clock.GetUtcNow(), _server.Clock.GetUtcNow()), (read.CreatedAt, read.UpdatedAt));
    }

    [Fact]
    public async Task The_view_decides_whether_the_text_comes_along()
    {
        var made = await Memories.Create(_store, new() { Path = "/a", Content = "1", View = BetaManagedAgentsMemoryView.Full }, Cancelled);
        var updated = await Memories.Update(made.ID, new() { MemoryStoreID = _store, Path = "/b", View = BetaManagedAgentsMemoryView.Full }, Cancelled);
        var basic = await Memories.Retrieve(made.ID, new() { MemoryStoreID = _store, View = BetaManagedAgentsMemoryView.Basic }, Cancelled);
        var listed = await ListAsync(new() { View = BetaManagedAgentsMemoryView.Full });
        var bare = await ListAsync(new());

        Assert.Equal(("1", "1", null), (made.Content, updated.Content, basic.Content));
        Assert.Equal(["1"], listed.Select(m => ((BetaManagedAgentsMemory)m.Value!).Content));
        Assert.Equal([null], bare.Select(m => ((BetaManagedAgentsMemory)m.Value!).Content));
    }

    [Fact]
    public async Task An_empty_text_is_a_text()
    {
        var empty = await CreateAsync("/empty", "");
        var none = (await _server.PostAsync($"/v1/memory_stores/{_store}/memories", """{"path":"/null","content":null}""")).Expect(System.Net.HttpStatusCode.OK);

        Assert.Equal(("", 0, Sha256("")), (await ContentAsync(empty.ID), empty.ContentSizeBytes, empty.ContentSha256));
        Assert.Equal("", await ContentAsync(none.Id));
    }

    [Fact]
    public async Task The_largest_text_is_taken_and_one_byte_more_is_not()
    {
        var text = new string('ä', MemoryLimits.ContentBytesMax / 2);

        var made = await CreateAsync("/large", text);
        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => CreateAsync("/larger", text + "x"));

        Assert.Equal(text, await ContentAsync(made.ID));
        Assert.Equal(MemoryLimits.ContentBytesMax, made.ContentSizeBytes);
        Assert.Contains("content has 102401 bytes", error.ApiMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_text_is_taken_with_every_character_escaped()
    {
        var escaped = string.Concat(Enumerable.Repeat("\\u0061", MemoryLimits.ContentBytesMax));

        var made = (await _server.PostAsync($"/v1/memory_stores/{_store}/memories", $$"""{"path":"/escaped","content":"{{escaped}}"}""")).Expect(System.Net.HttpStatusCode.OK);

        Assert.Equal(new string('a', MemoryLimits.ContentBytesMax), await ContentAsync(made.Id));
    }

    [Fact]
    public async Task An_update_changes_the_text_and_keeps_path_and_id()
    {
        var made = await CreateAsync("/a", "1");
        _server.Clock.Advance(TimeSpan.FromMinutes(1));

        var after = await Memories.Update(made.ID, new() { MemoryStoreID = _store, Content = "2" }, Cancelled);

        Assert.Equal((made.ID, "/a", made.CreatedAt), (after.ID, after.Path, after.CreatedAt));
        Assert.Equal((Sha256("2"), _server.Clock.GetUtcNow()), (after.ContentSha256, after.UpdatedAt));
        Assert.NotEqual(made.MemoryVersionID, after.MemoryVersionID);
        Assert.Equal("2", await ContentAsync(made.ID));
    }

    [Fact]
    public async Task A_rename_keeps_id_and_text()
    {
        var made = await CreateAsync("/old/a", "1");

        var after = await Memories.Update(made.ID, new() { MemoryStoreID = _store, Path = "/new/a" }, Cancelled);

        Assert.Equal((made.ID, "/new/a", made.ContentSha256), (after.ID, after.Path, after.ContentSha256));
        Assert.NotEqual(made.MemoryVersionID, after.MemoryVersionID);
        Assert.Equal(["/new/a"], await PathsAsync(new()));
        await CreateAsync("/old/a", "again");
    }

    [Fact]
    public async Task A_memory_may_move_below_or_above_where_it_was()
    {
        var made = await CreateAsync("/a", "1");

        await Memories.Update(made.ID, new() { MemoryStoreID = _store, Path = "/a/b" }, Cancelled);
        await Memories.Update(made.ID, new() { MemoryStoreID = _store, Path = "/a" }, Cancelled);

        Assert.Equal(["/a"], await PathsAsync(new()));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"content":"1"}""")]
    [InlineData("""{"path":"/a"}""")]
    [InlineData("""{"path":"/a","content":"1"}""")]
    [InlineData("""{"path":null,"content":null,"precondition":null}""")]
    [InlineData("""{"content":"1","precondition":{"type":"content_sha256","content_sha256":"0000000000000000000000000000000000000000000000000000000000000000"}}""")]
    public async Task An_update_that_changes_nothing_succeeds_without_a_version(string body)
    {
        var made = await CreateAsync("/a", "1");
        _server.Clock.Advance(TimeSpan.FromMinutes(1));

        var after = (await _server.PostAsync($"/v1/memory_stores/{_store}/memories/{made.ID}", body)).Expect(System.Net.HttpStatusCode.OK);

        Assert.Equal(made.MemoryVersionID, after.Json.GetProperty("memory_version_id").GetString());
        Assert.Equal(made.UpdatedAt, after.Json.GetProperty("updated_at").GetDateTimeOffset());
        Assert.Single((await Stores.MemoryVersions.List(_store, cancellationToken: Cancelled)).Items);
    }

    [Fact]
    public async Task A_precondition_that_holds_lets_the_update_through()
    {
        var made = await CreateAsync("/a", "1");

        var after = await Memories.Update(made.ID, new() { MemoryStoreID = _store, Content = "2", Precondition = new() { ContentSha256 = made.ContentSha256 } }, Cancelled);

        Assert.Equal(Sha256("2"), after.ContentSha256);
    }

    [Fact]
    public async Task A_write_with_a_stale_precondition_changes_nothing()
    {
        var made = await CreateAsync("/a", "1");

        var update = await Assert.ThrowsAsync<AnthropicConflictException>(() => Memories.Update(made.ID, new() { MemoryStoreID = _store, Content = "2", Precondition = new() { ContentSha256 = Sha256("0") } }, Cancelled));
        var rename = await Assert.ThrowsAsync<AnthropicConflictException>(() => Memories.Update(made.ID, new() { MemoryStoreID = _store, Path = "/b", Precondition = new() { ContentSha256 = Sha256("0") } }, Cancelled));
        var delete = await Assert.ThrowsAsync<AnthropicConflictException>(() => Memories.Delete(made.ID, new() { MemoryStoreID = _store, ExpectedContentSha256 = Sha256("0") }, Cancelled));

        Assert.All([update, rename, delete], error => Assert.True(ErrorOf(error).TryPickMemoryPreconditionFailed(out _)));
        Assert.Equal("1", await ContentAsync(made.ID));
        Assert.Equal(["/a"], await PathsAsync(new()));
        Assert.Single((await Stores.MemoryVersions.List(_store, cancellationToken: Cancelled)).Items);
    }

    [Theory]
    [InlineData("/notes/todo", "/notes/todo")]
    [InlineData("/notes/todo", "/notes")]
    [InlineData("/notes/todo", "/notes/todo/today/first")]
    public async Task A_taken_path_is_refused_and_the_memory_in_the_way_is_named(string present, string wanted)
    {
        var made = await CreateAsync(present, "1");
        var other = await CreateAsync("/other", "2");

        var create = await Assert.ThrowsAsync<AnthropicConflictException>(() => CreateAsync(wanted, "x"));
        var rename = await Assert.ThrowsAsync<AnthropicConflictException>(() => Memories.Update(other.ID, new() { MemoryStoreID = _store, Path = wanted }, Cancelled));

        Assert.All([create, rename], error =>
        {
            Assert.True(ErrorOf(error).TryPickMemoryPathConflict(out var conflict));
            Assert.Equal((made.ID, present), (conflict.ConflictingMemoryID, conflict.ConflictingPath));
        });
        Assert.Equal([present, "/other"], await PathsAsync(new()));
    }

    [Theory]
    [InlineData("/notes", "/notes-old")]
    [InlineData("/notes", "/notes.md")]
    [InlineData("/notes/a", "/notes0")]
    [InlineData("/notes", "/Notes")]
    [InlineData("/a_b", "/axb/c")]
    [InlineData("/a%", "/ab/c")]
    public async Task Neighbouring_paths_are_not_in_each_others_way(string first, string second)
    {
        await CreateAsync(first, "1");
        await CreateAsync(second, "2");

        Assert.Equal(2, (await PathsAsync(new())).Count);
    }

    [Fact]
    public async Task Permanent_conflicts_are_sent_once_although_the_client_retries_conflicts()
    {
        await CreateAsync("/a", "1");
        using var counter = new CountingHandler();
        using var client = _server.NewClient(TestServer.Key);
        var memories = client.WithOptions(o => o with { HttpClient = _server.NewHttp(counter) }).Beta.MemoryStores.Memories;

        await Assert.ThrowsAsync<AnthropicConflictException>(() => memories.Create(_store, new() { Path = "/a", Content = "x" }, Cancelled));

        Assert.Equal(1, counter.Requests);
    }

    [Fact]
    public async Task A_deleted_memory_is_gone_and_its_path_is_free()
    {
        var made = await CreateAsync("/a", "1");

        var deleted = await Memories.Delete(made.ID, new() { MemoryStoreID = _store, ExpectedContentSha256 = made.ContentSha256 }, Cancelled);

        Assert.Equal(made.ID, deleted.ID);
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Memories.Retrieve(made.ID, new() { MemoryStoreID = _store }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Memories.Update(made.ID, new() { MemoryStoreID = _store, Content = "x" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Memories.Delete(made.ID, new() { MemoryStoreID = _store }, Cancelled));
        Assert.NotEqual(made.ID, (await CreateAsync("/a", "2")).ID);
    }

    [Fact]
    public async Task A_memory_is_not_found_in_another_store()
    {
        var made = await CreateAsync("/a", "1");
        var other = (await Stores.Create(new() { Name = "other" }, Cancelled)).ID;

        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Memories.Retrieve(made.ID, new() { MemoryStoreID = other }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Memories.Delete(made.ID, new() { MemoryStoreID = other }, Cancelled));
    }

    [Fact]
    public async Task Every_page_is_followed_and_texts_come_in_path_order()
    {
        for (var i = 0; i < 45; i++) await CreateAsync($"/{i * 7 % 45:d2}", $"text {i * 7 % 45:d2}");

        var all = await ListAsync(new() { View = BetaManagedAgentsMemoryView.Full, Limit = 20 });

        Assert.Equal(Enumerable.Range(0, 45).Select(i => $"text {i:d2}"), all.Select(m => ((BetaManagedAgentsMemory)m.Value!).Content));
    }

    [Fact]
    public async Task A_page_has_20_items_unless_told_and_100_at_most()
    {
        for (var i = 0; i < 21; i++) await CreateAsync($"/{i:d2}", "");

        Assert.Equal(20, (await Memories.List(_store, cancellationToken: Cancelled)).Items.Count);
        Assert.Equal(21, (await Memories.List(_store, new() { Limit = 100 }, Cancelled)).Items.Count);
        await RefusedAsync("limit", new() { Limit = 101 });
        await RefusedAsync("limit", new() { Limit = 0 });
        await RefusedAsync("limit", new() { Limit = 21, View = BetaManagedAgentsMemoryView.Full });
    }

    [Fact]
    public async Task One_level_shows_what_lies_deeper_as_prefixes_in_path_order()
    {
        foreach (var path in new[] { "/a/1", "/a/b/2", "/b", "/c/x/y/z", "/a-/0" }) await CreateAsync(path, "");

        Assert.Equal(["/a-/", "/a/", "/b", "/c/"], await PathsAsync(new() { Depth = 1 }));
        Assert.Equal(["/a/1", "/a/b/"], await PathsAsync(new() { Depth = 1, PathPrefix = "/a/" }));
        Assert.Equal(["/a/1", "/a/b/2"], await PathsAsync(new() { PathPrefix = "/a/" }));
        Assert.Equal(["/a-/0", "/a/1", "/a/b/2", "/b", "/c/x/y/z"], await PathsAsync(new() { PathPrefix = "/", Depth = 0 }));
        Assert.Empty(await PathsAsync(new() { PathPrefix = "/b/" }));
    }

    [Fact]
    public async Task A_depth_or_prefix_that_cannot_be_is_refused()
    {
        await RefusedAsync("depth", new() { Depth = 2 });
        await RefusedAsync("depth", new() { Depth = -1 });
        await RefusedAsync("path_prefix", new() { PathPrefix = "/a" });
        await RefusedAsync("path_prefix", new() { PathPrefix = "a/" });
        await RefusedAsync("path_prefix", new() { PathPrefix = "/a//" });
        await RefusedAsync("path_prefix", new() { PathPrefix = "/../" });
    }

    [Fact]
    public async Task A_cursor_holds_only_for_the_list_it_came_from()
    {
        foreach (var path in new[] { "/a/1", "/a/2", "/long-directory/3", "/long-directory/4" }) await CreateAsync(path, "");
        var page = (await _server.GetAsync($"/v1/memory_stores/{_store}/memories?limit=1&path_prefix=/a/")).NextPage;

        await RefusedAsync("page", new() { Page = page!, PathPrefix = "/long-directory/", Depth = 1 });
        await RefusedAsync("page", new() { Page = "page_bm9uc2Vuc2U" });
        await RefusedAsync("page", new() { Page = "nonsense" });
    }

    [Fact]
    public async Task A_full_store_takes_no_more_memories_but_changes_of_those_it_has()
    {
        var made = await CreateAsync("/0", "");
        await Parallel.ForEachAsync(Enumerable.Range(1, MemoryLimits.MemoriesMax - 1), Cancelled, async (i, _) => await CreateAsync($"/{i}", ""));

        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => CreateAsync("/more", ""));
        await Memories.Update(made.ID, new() { MemoryStoreID = _store, Content = "changed" }, Cancelled);
        await Memories.Delete(made.ID, new() { MemoryStoreID = _store }, Cancelled);
        await CreateAsync("/more", "");

        Assert.Contains($"{MemoryLimits.MemoriesMax} memories", error.ApiMessage, StringComparison.Ordinal);
    }

    private Task<BetaManagedAgentsMemory> CreateAsync(string path, string content) => Memories.Create(_store, new() { Path = path, Content = content }, Cancelled);

    private async Task<string?> ContentAsync(string id) => (await Memories.Retrieve(id, new() { MemoryStoreID = _store }, Cancelled)).Content;

    private async Task<List<BetaManagedAgentsMemoryListItem>> ListAsync(MemoryListParams parameters)
    {
        var items = new List<BetaManagedAgentsMemoryListItem>();
        await foreach (var item in ((IPage<BetaManagedAgentsMemoryListItem>)await Memories.List(_store, parameters, Cancelled)).Paginate(Cancelled)) items.Add(item);
        return items;
    }

    private async Task<List<string>> PathsAsync(MemoryListParams parameters) => [.. (await ListAsync(parameters)).Select(m => m.Path)];

    private async Task RefusedAsync(string field, MemoryListParams parameters)
    {
        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Memories.List(_store, parameters, Cancelled));
        Assert.StartsWith(field, error.ApiMessage, StringComparison.Ordinal);
    }

    private static BetaManagedAgentsError ErrorOf(AnthropicApiException error) =>
        JsonElement.Parse(error.ResponseBody).GetProperty("error").Deserialize<BetaManagedAgentsError>()!;

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class CountingHandler : DelegatingHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
