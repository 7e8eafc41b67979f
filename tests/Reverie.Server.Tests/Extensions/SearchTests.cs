using Reverie.Memory.Search;
using Reverie.Memory.Stores;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Extensions;

/// <summary>What a search finds, on both databases.</summary>
public abstract class SearchTests(DatabaseSource source) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteSource source) : SearchTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : SearchTests(source), IClassFixture<PostgresSource>;

    private StoreHarness _world = null!;
    private MemoryScope _store;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await StoreHarness.NewAsync(source);
        _store = await _world.NewStoreAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Words_are_found_without_case_and_accents_in_text_and_path()
    {
        await _world.AddAsync(_store, "/a.md", "The Café opens\nat nine");
        await _world.AddAsync(_store, "/cafe/menu.md", "soup");
        await _world.AddAsync(_store, "/b.md", "nothing of the kind");

        Assert.Equal(["/cafe/menu.md", "/a.md"], await _world.FindAsync(_store, "CAFÉ"));
        Assert.Equal(["/a.md"], await _world.FindAsync(_store, "nine cafe"));
        Assert.Equal(["/cafe/menu.md"], await _world.FindAsync(_store, "cafe", prefix: "/cafe/"));
    }

    [Fact]
    public async Task A_result_shows_the_lines_and_what_is_needed_to_change_the_memory()
    {
        var memory = await _world.AddAsync(_store, "/a.md", "one\r\ntwo words\r\nthree words two");

        var (results, next) = await _world.Search.WordsAsync(new SearchScope(StoreHarness.Workspace, null, "/"), SearchWords.Of("two words"), null, 10, Cancelled);

        var result = Assert.Single(results);
        Assert.Null(next);
        Assert.Equal((memory.Id, memory.MemoryVersionId, memory.ContentSha256, _store.StoreId), (result.MemoryId, result.MemoryVersionId, result.ContentSha256, result.MemoryStoreId));
        Assert.Equal([(2, "two words"), (3, "three words two")], result.Lines.Select(static l => (l.Number, l.Text)));
    }

    [Fact]
    public async Task Every_acknowledged_write_is_seen_and_what_is_gone_is_not()
    {
        var kept = await _world.AddAsync(_store, "/kept.md", "alpha");
        var gone = await _world.AddAsync(_store, "/gone.md", "alpha");
        Assert.Equal(2, (await _world.FindAsync(_store, "alpha")).Count);

        await _world.ChangeAsync(_store, kept, "beta", "/moved.md");
        await _world.DeleteAsync(_store, gone);

        Assert.Empty(await _world.FindAsync(_store, "alpha"));
        Assert.Equal(["/moved.md"], await _world.FindAsync(_store, "beta"));
        Assert.Empty(await _world.GrepAsync(_store, "alpha"));
        Assert.Equal(["/moved.md:1:beta"], await _world.GrepAsync(_store, "bet."));
    }

    [Fact]
    public async Task A_redacted_text_is_nowhere_in_the_index()
    {
        var memory = await _world.AddAsync(_store, "/a.md", "secret-token-4711");
        await _world.FindAsync(_store, "secret");
        await _world.ChangeAsync(_store, memory, "clean");
        await _world.RedactAsync(_store, memory.MemoryVersionId);

        Assert.Empty(await _world.GrepAsync(_store, "4711"));
        var left = await _world.Database.ReadAsync(static db => db.QueryAsync("SELECT content FROM memory_search_texts", static r => r.GetString(0)), Cancelled);
        Assert.Equal(["clean"], left);
    }

    [Fact]
    public async Task Other_workspaces_and_deleted_stores_are_never_found()
    {
        var other = await _world.NewStoreAsync("wrkspc_other");
        await _world.AddAsync(other, "/a.md", "alpha");
        await _world.AddAsync(_store, "/b.md", "alpha");
        var all = new SearchScope("wrkspc_other", null, "/");
        Assert.Equal(["/a.md"], (await _world.Search.WordsAsync(all, ["alpha"], null, 10, Cancelled)).Results.Select(static r => r.Path));
        Assert.Empty(await _world.FindAsync(new MemoryScope("wrkspc_other", _store.StoreId), "alpha"));

        await _world.Database.WriteAsync(async db =>
        {
            await _world.Stores.DeleteAsync(db, other);
            return true;
        }, Cancelled);

        Assert.Empty((await _world.Search.WordsAsync(all, ["alpha"], null, 10, Cancelled)).Results);
        Assert.Equal(1, await _world.Database.WriteIndexAsync(_world.Index.SweepAsync, Cancelled));
        Assert.Equal(["/b.md"], await _world.FindAsync(_store, "alpha"));
    }

    [Fact]
    public async Task Pages_hold_every_result_once()
    {
        for (var i = 0; i < 25; i++) await _world.AddAsync(_store, $"/{i:00}.md", i % 5 == 0 ? "needle needle" : $"needle {new string('x', i)}");
        var scope = new SearchScope(StoreHarness.Workspace, null, "/");
        var (byWord, byLine) = (new List<string>(), new List<string>());
        SearchPlace? place = null;
        do
        {
            var (results, next) = await _world.Search.WordsAsync(scope, ["needle"], place, 4, Cancelled);
            byWord.AddRange(results.Select(static r => r.Path));
            // Every text that is indexed meanwhile moves the ranks of all.
            await _world.AddAsync(_store, $"/hay{byWord.Count}.md", "hay");
            place = next;
        }
        while (place is not null);
        do
        {
            var (results, next) = await _world.Search.LinesAsync(scope, LinePattern.TryParse("need", false, out _)!, place, 4, Cancelled);
            byLine.AddRange(results.Select(static r => r.Path));
            place = next;
        }
        while (place is not null);

        var expected = Enumerable.Range(0, 25).Select(static i => $"/{i:00}.md");
        Assert.Equal(expected, byWord.Order(StringComparer.Ordinal));
        Assert.Equal(expected, byLine);
    }

    [Theory]
    [InlineData("\"unclosed AND (NEAR")]
    [InlineData("' OR 1=1; --")]
    [InlineData("a & b | !c <-> d:*")]
    [InlineData("content:x -y ^z #12 {path}")]
    [InlineData("日本語 текст ß İ ﬁ 🙂")]
    public async Task Whatever_is_written_in_a_query_is_only_words(string query)
    {
        await _world.AddAsync(_store, "/all.md", query);
        await _world.AddAsync(_store, "/none.md", "quite different");

        Assert.Equal(["/all.md"], await _world.FindAsync(_store, query));
    }

    [Fact]
    public async Task Patterns_find_exactly_the_lines_that_match()
    {
        var random = new Random(20260131);
        string[] parts = ["retry", "Retry", "timeout=30", "x", "foo.bar", "(a|b)", "ſtraße", "K", "İstanbul", "日本語", " ", "  ", "\t", "42", "-", "[ok]", "a\\b"];
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 40; i++)
        {
            var path = $"/{i:00}";
            texts[path] = string.Join('\n', Enumerable.Range(0, 6).Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => parts[random.Next(parts.Length)]))));
            await _world.AddAsync(_store, path, texts[path]);
        }
        string[] patterns =
        [
            "retry", "retr?y", "timeout=\\d+", "foo\\.bar", "(retry|42)", "retry|timeout", "^x", "x$", "\\(a\\|b\\)", "stra(ß|ss)e", "[Rr]etry", "k", "kelvin|\\d{2}", "i?stanbul", "日本", "x{2,3}", "timeout(=30)?", "\\[ok\\]",
            "a\\\\b", "(?:foo|time)[.o]", "retry.*timeout", "\\bretry\\b", "", " +", "timeouts*=", "(?i)RETRY", "[^]x]bar", "re(?<n>try)+x", "\\p{Lu}etry", "\\x72etry",
        ];
        foreach (var pattern in patterns)
        {
            foreach (var ignoresCase in new[] { false, true })
            {
                var line = LinePattern.TryParse(pattern, ignoresCase, out var problem);
                Assert.True(line is not null, problem);
                var expected = texts.SelectMany(t => t.Value.Split('\n').Index().Where(l => line.IsMatch(l.Item)).Select(l => $"{t.Key}:{l.Index + 1}:{l.Item}"));
                Assert.Equal(expected, await _world.GrepAsync(_store, pattern, ignoresCase));
            }
        }
    }

    [Fact]
    public async Task More_changes_than_one_step_takes_are_all_found_before_and_after_they_are_settled()
    {
        var count = MemorySearchRepository.ChangesMax + 100;
        await _world.Database.WriteAsync(async db =>
        {
            for (var i = 0; i < count; i++) StoreHarness.Written(await _world.Memories.CreateAsync(db, _store, $"/{i}", MemoryContent.Of($"needle {i}"), StoreHarness.Someone));
            return true;
        }, Cancelled);

        Assert.Equal(count, (await _world.GrepAsync(_store, "needle")).Count);
        await _world.Search.SettleAsync(Cancelled);
        Assert.Equal(count, (await _world.GrepAsync(_store, "needle")).Count);
        Assert.Equal([$"/{count - 1}"], await _world.FindAsync(_store, $"needle {count - 1}"));
    }

    [Fact]
    public async Task What_the_index_does_not_have_yet_is_found_without_waiting_for_it()
    {
        var other = await _world.NewStoreAsync();
        var indexed = new List<StoredMemory>();
        for (var i = 0; i < 6; i++) indexed.Add(await _world.AddAsync(i % 2 == 0 ? _store : other, $"/old/{i}", $"needle {i}"));
        Assert.Equal(3, (await _world.FindAsync(_store, "needle")).Count);
        Assert.Equal(3, (await _world.FindAsync(other, "needle")).Count);
        await _world.Database.WriteAsync(async db =>
        {
            for (var i = 0; i < MemorySearchRepository.ChangesMax; i++)
                StoreHarness.Written(await _world.Memories.CreateAsync(db, _store, $"/new/{i:000}", MemoryContent.Of(i % 2 == 0 ? $"Needle {i}" : $"hay {i}"), StoreHarness.Someone));
            return true;
        }, Cancelled);
        await _world.ChangeAsync(_store, indexed[0], text: "hay");
        await _world.ChangeAsync(other, indexed[1], text: "needle, changed");
        await _world.DeleteAsync(_store, indexed[2]);
        var before = await IndexedAsync();

        var expected = Enumerable.Range(0, MemorySearchRepository.ChangesMax / 2).Select(static i => $"/new/{2 * i:000}").Concat(["/old/1", "/old/3", "/old/4", "/old/5"]);
        Assert.Equal(expected, (await PagesAsync(place => _world.Search.WordsAsync(Everywhere, ["needle"], place, 7, Cancelled))).Order(StringComparer.Ordinal));
        Assert.Equal(expected, (await PagesAsync(place => _world.Search.LinesAsync(Everywhere, LinePattern.TryParse("eedle", false, out _)!, place, 7, Cancelled))).Order(StringComparer.Ordinal));
        Assert.Equal(before, await IndexedAsync());

        await _world.Search.CatchUpAsync(_store, Cancelled);
        Assert.Equal(expected, (await PagesAsync(place => _world.Search.WordsAsync(Everywhere, ["needle"], place, 7, Cancelled))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Results_behind_those_that_are_ranked_together_come_in_later_pages()
    {
        var stores = new[] { _store, await _world.NewStoreAsync() };
        const int count = MemorySearchRepository.RankedMax + 50;
        await _world.Database.WriteAsync(async db =>
        {
            for (var i = 0; i < count; i++) StoreHarness.Written(await _world.Memories.CreateAsync(db, stores[i % 2], $"/{i:0000}", MemoryContent.Of(i % 100 == 0 ? "needle needle" : "needle in hay"), StoreHarness.Someone));
            return true;
        }, Cancelled);
        foreach (var store in stores) await _world.Search.CatchUpAsync(store, Cancelled);

        var found = await PagesAsync(place => _world.Search.WordsAsync(Everywhere, ["needle"], place, 97, Cancelled));

        Assert.Equal(Enumerable.Range(0, count).Select(static i => $"/{i:0000}"), found.Order(StringComparer.Ordinal));
        Assert.All(found[..10], static path => Assert.EndsWith("00", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_put_back_with_another_history_is_indexed_anew()
    {
        await _world.AddAsync(_store, "/old.md", "alpha");
        Assert.Equal(["/old.md"], await _world.FindAsync(_store, "alpha"));

        await _world.Database.WriteAsync(async db =>
        {
            var store = await _world.Stores.FindAsync(db, _store);
            await _world.Stores.DeleteAsync(db, _store);
            await _world.Stores.AddAsync(db, _store.WorkspaceId, store!);
            return true;
        }, Cancelled);
        await _world.AddAsync(_store, "/new.md", "beta");

        Assert.Empty(await _world.FindAsync(_store, "alpha"));
        Assert.Equal(["/new.md"], await _world.FindAsync(_store, "beta"));
    }

    [Fact]
    public async Task The_loop_follows_writes_by_itself()
    {
        using var loop = _world.NewLoop();
        await loop.StartAsync(Cancelled);
        await _world.AddAsync(_store, "/a.md", "alpha");

        while (await _world.Database.ReadAsync(static db => db.QueryAsync("SELECT path FROM memory_search_texts", static r => r.GetString(0)), Cancelled) is not ["/a.md"]) await Task.Yield();
        await loop.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Searches_beside_writers_see_what_was_written_before_them()
    {
        var writers = Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++)
            {
                await _world.AddAsync(_store, $"/{w}/{i}", $"mark{w}x{i}");
                Assert.Equal([$"/{w}/{i}"], await _world.FindAsync(_store, $"mark{w}x{i}"));
            }
        }, Cancelled));

        await Task.WhenAll(writers);
        Assert.Equal(60, (await _world.GrepAsync(_store, "mark[0-9]x")).Count);
    }

    private static SearchScope Everywhere => new(StoreHarness.Workspace, null, "/");

    private Task<List<string>> IndexedAsync() => _world.Database.ReadAsync(static db => db.QueryAsync("SELECT memory_version_id FROM memory_search_texts ORDER BY 1", static r => r.GetString(0)), Cancelled).AsTask();

    private static async Task<List<string>> PagesAsync(Func<SearchPlace?, Task<(List<MemorySearchResult> Results, SearchPlace? Next)>> search)
    {
        var paths = new List<string>();
        SearchPlace? place = null;
        do
        {
            var (results, next) = await search(place);
            paths.AddRange(results.Select(static r => r.Path));
            place = next;
        }
        while (place is not null);
        return paths;
    }
}
