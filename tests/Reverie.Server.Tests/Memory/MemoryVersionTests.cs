using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Beta.MemoryStores.Memories;
using Anthropic.Models.Beta.MemoryStores.MemoryVersions;
using Anthropic.Services.Beta;
using Anthropic.Services.Beta.MemoryStores;
using Reverie.Keys;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Memory;

/// <summary>The history of a store, through the official client.</summary>
public abstract class MemoryVersionTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : MemoryVersionTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : MemoryVersionTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();
    private string _store = "";

    private IMemoryStoreService Stores => _server.Client.Beta.MemoryStores;

    private IMemoryVersionService Versions => Stores.MemoryVersions;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = (await Stores.Create(new() { Name = "store" }, Cancelled)).ID;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_change_is_a_version_newest_first()
    {
        var memory = await CreateAsync("/a", "1");
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        await UpdateAsync(memory.ID, content: "22");
        await UpdateAsync(memory.ID, path: "/b");
        await Stores.Memories.Delete(memory.ID, new() { MemoryStoreID = _store }, Cancelled);

        var versions = await ListAsync(new() { View = BetaManagedAgentsMemoryView.Full });

        Assert.Equal(["deleted", "modified", "modified", "created"], versions.Select(v => v.Operation.Raw()));
        Assert.Equal(["/b", "/b", "/a", "/a"], versions.Select(v => v.Path));
        Assert.Equal([null, "22", "22", "1"], versions.Select(v => v.Content));
        Assert.Equal([null, 2, 2, 1], versions.Select(v => v.ContentSizeBytes));
        Assert.Null(versions[0].ContentSha256);
        Assert.Equal(memory.ContentSha256, versions[3].ContentSha256);
        Assert.Equal(memory.MemoryVersionID, versions[3].ID);
        Assert.All(versions, v => Assert.Equal((memory.ID, _store), (v.MemoryID, v.MemoryStoreID)));
        Assert.Equal(TimeSpan.FromSeconds(1), versions[0].CreatedAt - versions[3].CreatedAt);
    }

    [Fact]
    public async Task A_version_is_read_with_its_text_unless_a_basic_view_is_asked_for()
    {
        var memory = await CreateAsync("/a", "1");

        var full = await Versions.Retrieve(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled);
        var basic = await Versions.Retrieve(memory.MemoryVersionID, new() { MemoryStoreID = _store, View = BetaManagedAgentsMemoryView.Basic }, Cancelled);
        var listed = await ListAsync(new());

        Assert.Equal(("1", null, null), (full.Content, basic.Content, listed.Single().Content));
        Assert.Equal(memory.ContentSha256, basic.ContentSha256);
    }

    [Fact]
    public async Task The_key_that_wrote_is_named_and_never_its_secret()
    {
        await CreateAsync("/a", "1");
        await using var database = _server.OpenDatabase();
        var keys = await database.ReadAsync(new ApiKeyRepository(new(_server.Clock), _server.Clock).ListAsync, Cancelled);

        var version = (await ListAsync(new())).Single();

        Assert.True(version.CreatedBy!.TryPickApi(out var actor));
        Assert.Equal(keys.Single(k => k.Name == "REVERIE_API_KEY").Id.Value, actor.ApiKeyID);
    }

    [Fact]
    public async Task Versions_are_filtered_by_memory_operation_writer_and_time()
    {
        var a = await CreateAsync("/a", "1");
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        var b = await CreateAsync("/b", "2");
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        var a2 = await UpdateAsync(a.ID, content: "3");
        var all = await ListAsync(new());
        var key = all[0].CreatedBy!.Value is BetaManagedAgentsApiActor actor ? actor.ApiKeyID : "";

        Assert.Equal([a2.MemoryVersionID, a.MemoryVersionID], await IdsAsync(new() { MemoryID = a.ID }));
        Assert.Equal([b.MemoryVersionID, a.MemoryVersionID], await IdsAsync(new() { Operation = BetaManagedAgentsMemoryVersionOperation.Created }));
        Assert.Equal([a.MemoryVersionID], await IdsAsync(new() { Operation = BetaManagedAgentsMemoryVersionOperation.Created, MemoryID = a.ID }));
        Assert.Equal([b.MemoryVersionID], await IdsAsync(new() { CreatedAtGte = b.CreatedAt, CreatedAtLte = b.CreatedAt }));
        Assert.Equal(all.Select(v => v.ID), await IdsAsync(new() { ApiKeyID = key }));
        Assert.Empty(await IdsAsync(new() { ApiKeyID = "apikey_other" }));
        Assert.Empty(await IdsAsync(new() { SessionID = "sesn_other" }));
        Assert.Empty(await IdsAsync(new() { ServiceAccountID = "svac_other" }));
        Assert.Empty(await IdsAsync(new() { ApiKeyID = key, SessionID = "sesn_other" }));
    }

    [Fact]
    public async Task Every_page_is_followed()
    {
        var memory = await CreateAsync("/a", "0");
        for (var i = 1; i < 25; i++) await UpdateAsync(memory.ID, content: $"{i}");

        var texts = (await ListAsync(new() { Limit = 4, View = BetaManagedAgentsMemoryView.Full })).Select(v => v.Content);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"{24 - i}"), texts);
        Assert.Equal(20, (await Versions.List(_store, cancellationToken: Cancelled)).Items.Count);
    }

    [Fact]
    public async Task Redaction_takes_out_text_path_and_hash_and_keeps_who_and_when()
    {
        var memory = await CreateAsync("/secret", "password");
        await UpdateAsync(memory.ID, path: "/a", content: "clean");
        var before = await Versions.Retrieve(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled);
        _server.Clock.Advance(TimeSpan.FromSeconds(1));

        var redacted = await Versions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled);
        var read = await Versions.Retrieve(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled);

        Assert.Equal((null, null, null, null), (redacted.Content, redacted.Path, redacted.ContentSha256, redacted.ContentSizeBytes));
        Assert.Equal(_server.Clock.GetUtcNow(), redacted.RedactedAt);
        Assert.True(redacted.RedactedBy!.TryPickApi(out _));
        Assert.Equal((before.CreatedAt, before.CreatedBy, before.Operation.Raw()), (redacted.CreatedAt, redacted.CreatedBy, redacted.Operation.Raw()));
        Assert.Equal(redacted, read);
    }

    [Fact]
    public async Task A_redacted_text_is_in_no_column_of_the_database()
    {
        const string secret = "correct horse battery staple";
        var memory = await CreateAsync($"/{secret}", secret);
        await UpdateAsync(memory.ID, path: "/a", content: "clean");
        await Versions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled);

        await using var database = _server.OpenDatabase();
        var found = await database.ReadAsync(db => db.FirstAsync(
            "SELECT count(*) FROM memory_versions WHERE coalesce(content, '') LIKE @secret OR coalesce(path, '') LIKE @secret", static r => r.GetInt64(0), ("@secret", $"%{secret}%")), Cancelled);

        Assert.Equal(0, found);
    }

    [Fact]
    public async Task Redacting_twice_keeps_the_first_time()
    {
        var memory = await CreateAsync("/a", "1");
        await UpdateAsync(memory.ID, content: "2");
        var first = await Versions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled);
        _server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(first, await Versions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled));
    }

    [Fact]
    public async Task The_current_version_is_redacted_only_after_the_memory_moved_on()
    {
        var memory = await CreateAsync("/a", "1");

        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Versions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled));
        await Stores.Memories.Delete(memory.ID, new() { MemoryStoreID = _store }, Cancelled);
        var redacted = await Versions.Redact(memory.MemoryVersionID, new() { MemoryStoreID = _store }, Cancelled);

        Assert.Contains("current version", error.ApiMessage, StringComparison.Ordinal);
        Assert.NotNull(redacted.RedactedAt);
    }

    [Fact]
    public async Task Unknown_versions_are_not_found()
    {
        const string unknown = "memver_011CZkZAtmR3yMPDzynEDxu7";

        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Versions.Retrieve(unknown, new() { MemoryStoreID = _store }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => Versions.Redact(unknown, new() { MemoryStoreID = _store }, Cancelled));
        Assert.Empty(await IdsAsync(new() { MemoryID = "mem_011CZkZAtmR3yMPDzynEDxu7" }));
    }

    private Task<BetaManagedAgentsMemory> CreateAsync(string path, string content) => Stores.Memories.Create(_store, new() { Path = path, Content = content }, Cancelled);

    private Task<BetaManagedAgentsMemory> UpdateAsync(string id, string? path = null, string? content = null) =>
        Stores.Memories.Update(id, new() { MemoryStoreID = _store, Path = path, Content = content }, Cancelled);

    private async Task<List<BetaManagedAgentsMemoryVersion>> ListAsync(MemoryVersionListParams parameters)
    {
        var versions = new List<BetaManagedAgentsMemoryVersion>();
        await foreach (var version in ((IPage<BetaManagedAgentsMemoryVersion>)await Versions.List(_store, parameters, Cancelled)).Paginate(Cancelled)) versions.Add(version);
        return versions;
    }

    private async Task<List<string>> IdsAsync(MemoryVersionListParams parameters) => [.. (await ListAsync(parameters)).Select(v => v.ID)];
}
