using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Beta.MemoryStores;
using Anthropic.Services.Beta;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Memory;

/// <summary>Memory stores, through the official client.</summary>
public abstract class MemoryStoreTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : MemoryStoreTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : MemoryStoreTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private IMemoryStoreService Stores => _server.Client.Beta.MemoryStores;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_is_returned_as_it_was_made()
    {
        var made = await Stores.Create(new() { Name = "Größe 1", Description = "what it is for", Metadata = new Dictionary<string, string> { ["team"] = "ops" } }, Cancelled);

        var read = await Stores.Retrieve(made.ID, cancellationToken: Cancelled);

        Assert.StartsWith("memstore_", made.ID, StringComparison.Ordinal);
        Assert.Equal(made, read);
        Assert.Equal(("Größe 1", "what it is for", "ops"), (read.Name, read.Description, read.Metadata["team"]));
        Assert.Equal(_server.Clock.GetUtcNow(), read.CreatedAt);
        Assert.Equal(read.CreatedAt, read.UpdatedAt);
        Assert.Null(read.ArchivedAt);
    }

    [Fact]
    public async Task Description_and_metadata_are_empty_when_unset()
    {
        var store = await Stores.Create(new() { Name = "s" }, Cancelled);

        Assert.Equal("", store.Description);
        Assert.Empty(store.Metadata);
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_merges_metadata()
    {
        var store = await Stores.Create(new() { Name = "a", Description = "d", Metadata = new Dictionary<string, string> { ["keep"] = "1", ["drop"] = "2", ["set"] = "3" } }, Cancelled);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));

        var after = await Stores.Update(store.ID, new() { Name = "b", Metadata = new Dictionary<string, string?> { ["drop"] = null, ["set"] = "4" } }, Cancelled);

        Assert.Equal(("b", "d"), (after.Name, after.Description));
        Assert.Equal([("keep", "1"), ("set", "4")], after.Metadata.Select(p => (p.Key, p.Value)).Order());
        Assert.Equal(store.CreatedAt, after.CreatedAt);
        Assert.Equal(_server.Clock.GetUtcNow(), after.UpdatedAt);
        Assert.Equal(after, await Stores.Retrieve(store.ID, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task An_empty_description_clears_it_and_null_keeps_it()
    {
        var store = await Stores.Create(new() { Name = "a", Description = "d" }, Cancelled);

        var kept = await _server.PostAsync($"/v1/memory_stores/{store.ID}", """{"name":null,"description":null,"metadata":null}""");
        var cleared = await Stores.Update(store.ID, new() { Description = "" }, Cancelled);

        Assert.Equal("d", kept.Json.GetProperty("description").GetString());
        Assert.Equal(("a", ""), (cleared.Name, cleared.Description));
    }

    [Fact]
    public async Task An_update_that_changes_nothing_leaves_the_time()
    {
        var store = await Stores.Create(new() { Name = "a", Metadata = new Dictionary<string, string> { ["k"] = "v" } }, Cancelled);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));

        var after = await Stores.Update(store.ID, new() { Name = "a", Metadata = new Dictionary<string, string?> { ["k"] = "v" } }, Cancelled);

        Assert.Equal(store, after);
    }

    [Fact]
    public async Task Memories_do_not_change_the_time_of_their_store()
    {
        var store = await Stores.Create(new() { Name = "a" }, Cancelled);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await Stores.Memories.Create(store.ID, new() { Path = "/a", Content = "x" }, Cancelled);

        Assert.Equal(store, await Stores.Retrieve(store.ID, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Stores_are_listed_newest_first_page_by_page()
    {
        var since = Later();
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            made.Add((await Stores.Create(new() { Name = $"s{i}" }, Cancelled)).ID);
            Later();
        }
        made.Reverse();

        var listed = await IdsAsync(new() { Limit = 3, CreatedAtGte = since });

        Assert.Equal(made, listed);
    }

    [Fact]
    public async Task Stores_of_the_same_moment_are_all_listed_once()
    {
        var since = Later();
        var made = new List<string>();
        for (var i = 0; i < 7; i++) made.Add((await Stores.Create(new() { Name = "s" }, Cancelled)).ID);

        var listed = await IdsAsync(new() { Limit = 2, CreatedAtGte = since });

        Assert.Equal(made.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_bounds_of_creation_time_are_included()
    {
        var before = await Stores.Create(new() { Name = "before" }, Cancelled);
        Later();
        var within = await Stores.Create(new() { Name = "within" }, Cancelled);
        Later();
        await Stores.Create(new() { Name = "after" }, Cancelled);

        Assert.Equal([within.ID], await IdsAsync(new() { CreatedAtGte = within.CreatedAt, CreatedAtLte = within.CreatedAt }));
        Assert.Contains(before.ID, await IdsAsync(new() { CreatedAtLte = before.CreatedAt }));
    }

    [Fact]
    public async Task An_archived_store_is_hidden_from_lists_unless_asked_for()
    {
        var since = Later();
        var store = await Stores.Create(new() { Name = "s" }, Cancelled);
        await Stores.Archive(store.ID, cancellationToken: Cancelled);

        Assert.Empty(await IdsAsync(new() { CreatedAtGte = since }));
        Assert.Equal([store.ID], await IdsAsync(new() { CreatedAtGte = since, IncludeArchived = true }));
    }

    [Fact]
    public async Task Archiving_twice_keeps_the_first_time()
    {
        var store = await Stores.Create(new() { Name = "s" }, Cancelled);
        Later();
        var first = await Stores.Archive(store.ID, cancellationToken: Cancelled);
        Later();

        var second = await Stores.Archive(store.ID, cancellationToken: Cancelled);

        Assert.NotNull(first.ArchivedAt);
        Assert.Equal(first.ArchivedAt, first.UpdatedAt);
        Assert.Equal(first, second);
        Assert.Equal(first, await Stores.Retrieve(store.ID, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task An_archived_store_takes_no_text_but_gives_it_back_and_lets_it_go()
    {
        var store = await Stores.Create(new() { Name = "s" }, Cancelled);
        var memory = await Stores.Memories.Create(store.ID, new() { Path = "/a", Content = "1" }, Cancelled);
        await Stores.Memories.Update(memory.ID, new() { MemoryStoreID = store.ID, Content = "2" }, Cancelled);
        await Stores.Archive(store.ID, cancellationToken: Cancelled);

        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Stores.Update(store.ID, new() { Name = "other" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Stores.Memories.Create(store.ID, new() { Path = "/b", Content = "x" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Stores.Memories.Update(memory.ID, new() { MemoryStoreID = store.ID, Content = "x" }, Cancelled));
        Assert.Equal("2", (await Stores.Memories.Retrieve(memory.ID, new() { MemoryStoreID = store.ID }, Cancelled)).Content);
        Assert.NotNull((await Stores.MemoryVersions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = store.ID }, Cancelled)).RedactedAt);
        await Stores.Memories.Delete(memory.ID, new() { MemoryStoreID = store.ID }, Cancelled);
        await Stores.Delete(store.ID, cancellationToken: Cancelled);
    }

    [Fact]
    public async Task A_deleted_store_is_gone_with_its_memories_and_versions()
    {
        var store = await Stores.Create(new() { Name = "s" }, Cancelled);
        var memory = await Stores.Memories.Create(store.ID, new() { Path = "/a", Content = "1" }, Cancelled);

        var deleted = await Stores.Delete(store.ID, cancellationToken: Cancelled);

        Assert.Equal(store.ID, deleted.ID);
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.Retrieve(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.Update(store.ID, new() { Name = "x" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.Archive(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.Delete(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.Memories.List(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.Memories.Retrieve(memory.ID, new() { MemoryStoreID = store.ID }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.MemoryVersions.List(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Stores.MemoryVersions.Retrieve(memory.MemoryVersionID, new() { MemoryStoreID = store.ID }, Cancelled));
    }

    [Fact]
    public async Task Another_workspace_sees_none_of_it()
    {
        var store = await Stores.Create(new() { Name = "s" }, Cancelled);
        var memory = await Stores.Memories.Create(store.ID, new() { Path = "/a", Content = "1" }, Cancelled);
        var others = _server.NewClient(await _server.CreateKeyAsync("wrkspc_other")).Beta.MemoryStores;

        Assert.Empty((await others.List(new() { IncludeArchived = true }, Cancelled)).Items);
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Retrieve(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Update(store.ID, new() { Name = "x" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Archive(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Delete(store.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Memories.Create(store.ID, new() { Path = "/b", Content = "" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Memories.Retrieve(memory.ID, new() { MemoryStoreID = store.ID }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Memories.Update(memory.ID, new() { MemoryStoreID = store.ID, Content = "x" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.Memories.Delete(memory.ID, new() { MemoryStoreID = store.ID }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => others.MemoryVersions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = store.ID }, Cancelled));
        Assert.Equal("1", (await Stores.Memories.Retrieve(memory.ID, new() { MemoryStoreID = store.ID }, Cancelled)).Content);
    }

    [Fact]
    public async Task Limits_of_length_count_characters_and_hold_at_the_edge()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 255));
        var store = await Stores.Create(new()
        {
            Name = emoji,
            Description = new string('d', 1024),
            Metadata = Enumerable.Range(0, 16).ToDictionary(i => i.ToString("d2").PadRight(64, 'k'), _ => new string('v', 512)),
        }, Cancelled);

        Assert.Equal(emoji, store.Name);
        Assert.Equal(16, store.Metadata.Count);
        await RefusedAsync("name", new() { Name = emoji + "x" });
        await RefusedAsync("name", new() { Name = "" });
        await RefusedAsync("name", new() { Name = "a\nb" });
        await RefusedAsync("description", new() { Name = "s", Description = new string('d', 1025) });
        await RefusedAsync("metadata", new() { Name = "s", Metadata = Enumerable.Range(0, 17).ToDictionary(i => $"k{i}", _ => "") });
        await RefusedAsync("metadata", new() { Name = "s", Metadata = new Dictionary<string, string> { [new string('k', 65)] = "" } });
        await RefusedAsync("metadata", new() { Name = "s", Metadata = new Dictionary<string, string> { [""] = "" } });
        await RefusedAsync("metadata", new() { Name = "s", Metadata = new Dictionary<string, string> { ["k"] = new string('v', 513) } });
    }

    [Fact]
    public async Task Merging_beyond_sixteen_pairs_is_refused_and_changes_nothing()
    {
        var store = await Stores.Create(new() { Name = "s", Metadata = Enumerable.Range(0, 16).ToDictionary(i => $"k{i}", _ => "v") }, Cancelled);

        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Stores.Update(store.ID, new() { Name = "t", Metadata = new Dictionary<string, string?> { ["more"] = "v" } }, Cancelled));

        Assert.Contains("metadata has 17 pairs", error.ApiMessage, StringComparison.Ordinal);
        Assert.Equal(store, await Stores.Retrieve(store.ID, cancellationToken: Cancelled));
    }

    private async Task RefusedAsync(string field, MemoryStoreCreateParams parameters)
    {
        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Stores.Create(parameters, Cancelled));
        Assert.StartsWith(field, error.ApiMessage, StringComparison.Ordinal);
    }

    private DateTimeOffset Later()
    {
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        return _server.Clock.GetUtcNow();
    }

    private async Task<List<string>> IdsAsync(MemoryStoreListParams parameters)
    {
        var ids = new List<string>();
        await foreach (var store in ((IPage<BetaManagedAgentsMemoryStore>)await Stores.List(parameters, Cancelled)).Paginate(Cancelled)) ids.Add(store.ID);
        return ids;
    }
}
