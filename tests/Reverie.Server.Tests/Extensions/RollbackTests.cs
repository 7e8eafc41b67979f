using Reverie.Memory.History;
using Reverie.Memory.Stores;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Extensions;

/// <summary>Stores brought back, and made anew from a moment of another, on both databases.</summary>
public abstract class RollbackTests(DatabaseSource source) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteSource source) : RollbackTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : RollbackTests(source), IClassFixture<PostgresSource>;

    private static readonly Actor Restorer = new ApiActor("apikey_restorer");

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
    public async Task A_random_history_can_be_brought_back_to_every_moment_and_nothing_is_erased()
    {
        var random = new Random(4711);
        var (alive, moments) = (new Dictionary<string, StoredMemory>(StringComparer.Ordinal), new List<(StoreMoment Moment, SortedDictionary<string, string> Tree)>());
        for (var i = 0; i < 60; i++)
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            await StepAsync(random, alive, i);
            var head = (await _world.HistoryAsync(_store))[^1].Version;
            moments.Add((i % 2 == 0 ? new StoreMoment(head.CreatedAt, null) : new StoreMoment(null, head.Id), await _world.TreeAsync(_store)));
        }
        for (var i = 0; i < 12; i++)
        {
            var (moment, tree) = moments[random.Next(moments.Count)];
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            var before = await _world.HistoryAsync(_store);

            var report = await RollBackAsync(moment);

            Assert.Equal(tree, await _world.TreeAsync(_store));
            var after = await _world.HistoryAsync(_store);
            Assert.Equal(before, after.Take(before.Count));
            Assert.Equal(Enumerable.Range(1, after.Count).Select(static n => (long)n), after.Select(static v => v.Seq));
            Assert.Equal(report.Changes.Select(static c => c.MemoryVersionId), after.Skip(before.Count).Select(static v => (Protocol.Ids.Id<MemoryVersion>?)v.Version.Id));
            Assert.All(after.Skip(before.Count), static v => Assert.Equal(Restorer, v.Version.CreatedBy));
            Assert.Equal(tree.Count, await _world.Database.ReadAsync(db => db.FirstAsync("SELECT memory_count FROM memory_stores WHERE id = @id", static r => r.GetInt64(0), ("@id", _store.StoreId.Value)), Cancelled));
        }
        await _world.AssertVersionsOfMemoriesAsync(_store);
    }

    [Fact]
    public async Task Memories_that_changed_places_change_back_and_keep_their_ids()
    {
        var (a, b) = (await _world.AddAsync(_store, "/a", "A"), await _world.AddAsync(_store, "/b", "B"));
        var moment = new StoreMoment(null, b.MemoryVersionId);
        await _world.ChangeAsync(_store, a, path: "/c");
        await _world.ChangeAsync(_store, b, path: "/a");
        await _world.ChangeAsync(_store, a, path: "/b");

        await RollBackAsync(moment);

        var back = await _world.Database.ReadAsync(db => _world.Memories.FindAtAsync(db, _store, "/a"), Cancelled);
        Assert.Equal((a.Id, a.CreatedAt, "A"), (back!.Id, back.CreatedAt, back.Content));
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_happen_and_writes_nothing()
    {
        var a = await _world.AddAsync(_store, "/a", "1");
        await _world.ChangeAsync(_store, a, "2");
        await _world.AddAsync(_store, "/b", "3");
        var before = await _world.HistoryAsync(_store);

        var planned = await RollBackAsync(new StoreMoment(null, a.MemoryVersionId), isDryRun: true);

        Assert.Equal(before, await _world.HistoryAsync(_store));
        Assert.Equal([(MemoryOperation.Deleted, "/b"), (MemoryOperation.Modified, "/a")], planned.Changes.Select(static c => (c.Operation, c.Path)));
        var done = await RollBackAsync(new StoreMoment(null, a.MemoryVersionId));
        Assert.Equal(planned.Changes.Select(static c => (c.MemoryId, c.Operation, c.Path, c.RestoredVersionId)), done.Changes.Select(static c => (c.MemoryId, c.Operation, c.Path, c.RestoredVersionId)));
    }

    [Fact]
    public async Task A_redacted_text_does_not_come_back_and_is_named()
    {
        var a = await _world.AddAsync(_store, "/a", "secret");
        var b = await _world.AddAsync(_store, "/b", "kept");
        await _world.ChangeAsync(_store, a, "poisoned");
        await _world.ChangeAsync(_store, b, "changed");
        await _world.RedactAsync(_store, a.MemoryVersionId);

        var report = await RollBackAsync(new StoreMoment(null, b.MemoryVersionId));

        Assert.Equal([new UnrestorableMemory(a.Id, a.MemoryVersionId)], report.Unrestorable);
        Assert.Equal([KeyValuePair.Create("/b", "kept")], await _world.TreeAsync(_store));
    }

    [Fact]
    public async Task Only_the_directory_asked_for_is_brought_back()
    {
        var inside = await _world.AddAsync(_store, "/in/a", "1");
        var outside = await _world.AddAsync(_store, "/out/a", "1");
        var moment = new StoreMoment(null, outside.MemoryVersionId);
        await _world.ChangeAsync(_store, inside, "2");
        await _world.ChangeAsync(_store, outside, "2");

        await RollBackAsync(moment, "/in/");

        Assert.Equal([KeyValuePair.Create("/in/a", "1"), KeyValuePair.Create("/out/a", "2")], await _world.TreeAsync(_store));
    }

    [Fact]
    public async Task What_lies_in_the_way_outside_the_directory_stops_all_of_it()
    {
        var a = await _world.AddAsync(_store, "/out/a", "1");
        var moment = new StoreMoment(null, a.MemoryVersionId);
        await _world.ChangeAsync(_store, a, path: "/in/a");
        var blocker = await _world.AddAsync(_store, "/out/a/b", "2");
        var before = await _world.HistoryAsync(_store);

        var outcome = await _world.Database.WriteAsync(db => _world.History.RollBackAsync(db, _store, moment, "/in/", false, Restorer), Cancelled);

        Assert.Equal(new RollbackOutcome.PathTaken(new MemoryWriteOutcome.PathTaken(blocker.Id.Value, "/out/a/b")), outcome);
        Assert.Equal(before, await _world.HistoryAsync(_store));
    }

    [Fact]
    public async Task A_clone_has_the_memories_of_its_moment_and_a_history_of_its_own()
    {
        var a = await _world.AddAsync(_store, "/a", "1");
        await _world.AddAsync(_store, "/b", "2");
        await _world.ChangeAsync(_store, a, "3");

        var now = await _world.Database.WriteAsync(db => _world.History.CloneAsync(db, _store, null, null, Restorer), Cancelled);
        var then = await _world.Database.WriteAsync(db => _world.History.CloneAsync(db, _store, "then", new StoreMoment(null, a.MemoryVersionId), Restorer), Cancelled);

        Assert.Equal(("notes (copy)", 2, "then", 1), (now!.MemoryStore.Name, now.MemoryCount, then!.MemoryStore.Name, then.MemoryCount));
        var clone = _store with { StoreId = now.MemoryStore.Id };
        Assert.Equal(await _world.TreeAsync(_store), await _world.TreeAsync(clone));
        Assert.Equal([KeyValuePair.Create("/a", "1")], await _world.TreeAsync(_store with { StoreId = then.MemoryStore.Id }));
        Assert.All(await _world.HistoryAsync(clone), static v => Assert.Equal((MemoryOperation.Created, Restorer), (v.Version.Operation, v.Version.CreatedBy)));
        await _world.ChangeAsync(_store, a, "4");
        Assert.Equal("3", (await _world.TreeAsync(clone))["/a"]);
        Assert.Equal(["/b"], await _world.FindAsync(clone, "2"));
    }

    private async Task StepAsync(Random random, Dictionary<string, StoredMemory> alive, int i)
    {
        var known = alive.Values.OrderBy(static m => m.Id.Value, StringComparer.Ordinal).ToList();
        switch (known.Count == 0 ? 0 : random.Next(4))
        {
            case 0:
                var made = await _world.AddAsync(_store, $"/d{random.Next(3)}/{i}", $"text {i}");
                alive[made.Id.Value] = made;
                break;
            case 1:
                await _world.ChangeAsync(_store, known[random.Next(known.Count)], $"changed {i}");
                break;
            case 2:
                await _world.ChangeAsync(_store, known[random.Next(known.Count)], path: $"/moved/{i}");
                break;
            case 3:
                var gone = known[random.Next(known.Count)];
                await _world.DeleteAsync(_store, gone);
                alive.Remove(gone.Id.Value);
                break;
        }
    }

    private async Task<MemoryStoreRollback> RollBackAsync(StoreMoment moment, string prefix = "/", bool isDryRun = false) =>
        Assert.IsType<RollbackOutcome.Planned>(await _world.Database.WriteAsync(db => _world.History.RollBackAsync(db, _store, moment, prefix, isDryRun, Restorer), Cancelled)).Report;
}
