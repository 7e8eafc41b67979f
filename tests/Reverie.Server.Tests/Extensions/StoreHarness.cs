using Microsoft.Extensions.Logging.Abstractions;
using Reverie.Dreams.Provenance;
using Reverie.Memory.Archives;
using Reverie.Memory.History;
using Reverie.Memory.Search;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Extensions;

/// <summary>One database with what works on its stores, and short words for what tests do with them.</summary>
internal sealed class StoreHarness : IAsyncDisposable
{
    public const string Workspace = "wrkspc_test";
    public static readonly Actor Someone = new ApiActor("apikey_test");

    private StoreHarness(Database database)
    {
        Database = database;
        Ids = new IdGenerator(Clock);
        Stores = new MemoryStoreRepository(Ids, Clock);
        Memories = new MemoryRepository(Ids, Clock);
        Versions = new MemoryVersionRepository(Clock);
        History = new MemoryStoreHistory(Stores, Memories, Ids, Clock);
        Archives = new MemoryStoreArchives(Stores, Memories, Versions, new ChangeRecords(), Ids, Clock);
        Search = new MemorySearch(database, Index, Clock);
    }

    public Database Database { get; }
    public TestClock Clock { get; } = new();
    public IdGenerator Ids { get; }
    public MemoryStoreRepository Stores { get; }
    public MemoryRepository Memories { get; }
    public MemoryVersionRepository Versions { get; }
    public MemoryStoreHistory History { get; }
    public MemoryStoreArchives Archives { get; }
    public MemorySearchRepository Index { get; } = new();
    public MemorySearch Search { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<StoreHarness> NewAsync(DatabaseSource source)
    {
        var database = (await source.NewAsync())();
        await database.MigrateAsync(Cancelled);
        return new StoreHarness(database);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public MemorySearchLoop NewLoop() => new(Database, Index, Search, Clock, NullLogger<MemorySearchLoop>.Instance);

    public async Task<MemoryScope> NewStoreAsync(string workspace = Workspace) =>
        new(workspace, (await Database.WriteAsync(db => Stores.CreateAsync(db, workspace, "notes", "", new Dictionary<string, string>(StringComparer.Ordinal)), Cancelled)).Id);

    public async Task<StoredMemory> AddAsync(MemoryScope scope, string path, string text) =>
        Written(await Database.WriteAsync(db => Memories.CreateAsync(db, scope, path, MemoryContent.Of(text), Someone), Cancelled));

    public async Task<StoredMemory> ChangeAsync(MemoryScope scope, StoredMemory memory, string? text = null, string? path = null) =>
        Written(await Database.WriteAsync(db => Memories.UpdateAsync(db, scope, memory.Id, new MemoryUpdate(text is null ? null : MemoryContent.Of(text), path, null), Someone), Cancelled));

    public async Task DeleteAsync(MemoryScope scope, StoredMemory memory) =>
        Written(await Database.WriteAsync(db => Memories.DeleteAsync(db, scope, memory.Id, null, Someone), Cancelled));

    public async Task RedactAsync(MemoryScope scope, Id<MemoryVersion> version)
    {
        var (redacted, isHead) = await Database.WriteAsync(db => Versions.RedactAsync(db, scope, version, Someone), Cancelled);
        Assert.True(redacted is not null && !isHead);
    }

    /// <summary>Path → text of all there is.</summary>
    public async Task<SortedDictionary<string, string>> TreeAsync(MemoryScope scope)
    {
        var all = await Database.ReadAsync(db => Memories.ListAsync(db, scope, "/", "0", int.MaxValue, isFull: true), Cancelled);
        return new(all.ToDictionary(static m => m.Path, static m => m.Content!, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    public async Task<List<NumberedVersion>> HistoryAsync(MemoryScope scope) =>
        await Database.ReadAsync(db => Versions.FollowAsync(db, scope, 0, int.MaxValue, isFull: true), Cancelled);

    /// <summary>Asserts that the versions of each memory, page by page and by what was done, are those that the history of the store has of it.</summary>
    public async Task AssertVersionsOfMemoriesAsync(MemoryScope scope)
    {
        var history = await HistoryAsync(scope);
        history.Reverse();
        foreach (var memory in history.GroupBy(static v => v.Version.MemoryId))
        {
            Assert.Equal(memory.Select(static v => v.Seq), await PagedAsync(null));
            foreach (var operation in Enum.GetValues<MemoryOperation>())
                Assert.Equal(memory.Where(v => v.Version.Operation == operation).Select(static v => v.Seq), await PagedAsync(operation));

            async Task<List<long>> PagedAsync(MemoryOperation? operation)
            {
                var found = new List<long>();
                // A page begins at the newest version, behind one of this memory, or behind one of another.
                for (long? after = operation is null || history[0].Version.MemoryId == memory.Key ? null : history[0].Seq; ;)
                {
                    var page = await Database.ReadAsync(db => Versions.ListAsync(db, scope, new MemoryVersionFilter(memory.Key, operation, null, null, TimeRange.All), after, 2, isFull: false), Cancelled);
                    found.AddRange(page.Select(static v => v.Seq));
                    if (page.Count < 2) return found;
                    after = page[^1].Seq;
                }
            }
        }
    }

    public async Task<List<string>> FindAsync(MemoryScope scope, string words, string prefix = "/") =>
        [.. (await Search.WordsAsync(new SearchScope(scope.WorkspaceId, [scope.StoreId], prefix), SearchWords.Of(words), null, 100, Cancelled)).Results.Select(static r => r.Path)];

    public async Task<List<string>> GrepAsync(MemoryScope scope, string pattern, bool ignoresCase = false, string prefix = "/") =>
        [.. (await Search.LinesAsync(new SearchScope(scope.WorkspaceId, [scope.StoreId], prefix), LinePattern.TryParse(pattern, ignoresCase, out _)!, null, 1000, Cancelled)).Results.SelectMany(static r => r.Lines.Select(l => $"{r.Path}:{l.Number}:{l.Text}"))];

    public static StoredMemory Written(MemoryWriteOutcome outcome) => Assert.IsType<MemoryWriteOutcome.Written>(outcome).Memory;
}
