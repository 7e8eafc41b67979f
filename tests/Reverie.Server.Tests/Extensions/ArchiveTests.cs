using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Reverie.Memory.Archives;
using Reverie.Memory.Stores;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Extensions;

/// <summary>Stores out as files and back in, on both databases.</summary>
public abstract class ArchiveTests(DatabaseSource source) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteSource source) : ArchiveTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : ArchiveTests(source), IClassFixture<PostgresSource>;

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("reverie-archive-test-");
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
        _files.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_exported_comes_back_with_its_whole_history(bool asDirectory)
    {
        await FillAsync();
        var (tree, history) = (await _world.TreeAsync(_store), await _world.HistoryAsync(_store));
        var packed = await ExportAsync(asDirectory);

        var beside = await ImportAsync(packed);
        await DeleteStoreAsync();
        var again = await ImportAsync(packed);

        Assert.False(beside.IdsKept);
        var copy = _store with { StoreId = beside.MemoryStore.Id };
        Assert.Equal(tree, await _world.TreeAsync(copy));
        Assert.Equal(history.Select(Facts), (await _world.HistoryAsync(copy)).Select(Facts));
        Assert.Empty((await _world.HistoryAsync(copy)).Select(static v => v.Version.Id).Intersect(history.Select(static v => v.Version.Id)));
        Assert.True(again.IdsKept);
        Assert.Equal((_store.StoreId, tree.Count, history.Count), (again.MemoryStore.Id, again.MemoryCount, again.VersionCount));
        Assert.Equal(tree, await _world.TreeAsync(_store));
        Assert.Equal(history, await _world.HistoryAsync(_store));
        await _world.AssertVersionsOfMemoriesAsync(_store);
        Assert.Equal(["/dir/ü b.md"], await _world.FindAsync(_store, "second"));
    }

    [Fact]
    public async Task A_directory_export_is_the_memories_as_plain_files()
    {
        await FillAsync();
        var directory = (string)await ExportAsync(asDirectory: true);

        Assert.Equal("second\r\nline", File.ReadAllText(Path.Combine(directory, "memories", "dir", "ü b.md")));
        File.Delete(Path.Combine(directory, "history.jsonl"));
        File.WriteAllText(Path.Combine(directory, "memories", "new.md"), "by hand");
        var made = await ImportAsync(directory);

        var tree = await _world.TreeAsync(_store with { StoreId = made.MemoryStore.Id });
        Assert.Equal(("by hand", false, "notes"), (tree["/new.md"], made.IdsKept, made.MemoryStore.Name));
        Assert.Equal(tree.Count, made.VersionCount);
    }

    [Fact]
    public async Task Any_directory_of_texts_becomes_a_store()
    {
        File.WriteAllText(Path.Combine(_files.FullName, "a.md"), "A");

        var made = await ImportAsync(_files.FullName);

        Assert.Equal([KeyValuePair.Create("/a.md", "A")], await _world.TreeAsync(_store with { StoreId = made.MemoryStore.Id }));
        Assert.Equal(MemoryStoreArchives.UnnamedStore, made.MemoryStore.Name);
    }

    [Fact]
    public async Task An_imported_store_goes_on_like_any_other()
    {
        await FillAsync();
        var made = await ImportAsync(await ExportAsync(asDirectory: false));
        var copy = _store with { StoreId = made.MemoryStore.Id };

        await _world.AddAsync(copy, "/after.md", "more");

        Assert.Equal(["/after.md"], await _world.FindAsync(copy, "more"));
        Assert.Equal(made.VersionCount + 1, (await _world.HistoryAsync(copy))[^1].Seq);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "../../etc/passwd", "no place" },
        { "memories/../../x", "segment \"..\"" },
        { "memories//x", "must not start with a slash" },
        { "/memories/x", "no place" },
        { "memories/a\u202eb", "U+202E" },
        { "notes/x", "no place" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_name_that_leads_elsewhere_is_refused(string name, string reason) =>
        await RefusesAsync(Tar((TarEntryType.RegularFile, name, "x"u8.ToArray())), reason);

    [Fact]
    public async Task Links_and_devices_are_refused()
    {
        foreach (var type in new[] { TarEntryType.SymbolicLink, TarEntryType.HardLink, TarEntryType.CharacterDevice, TarEntryType.Fifo })
            await RefusesAsync(Tar((type, "memories/a", null)), "not a file");
    }

    [Fact]
    public async Task What_is_too_large_or_too_much_is_refused()
    {
        await RefusesAsync(Tar((TarEntryType.RegularFile, "memories/a", new byte[MemoryLimits.ContentBytesMax + 1])), "102400");
        await RefusesAsync(Tar([.. Enumerable.Range(0, MemoryLimits.MemoriesMax + 1).Select(static i => (TarEntryType.RegularFile, $"memories/{i}", (byte[]?)[]))]), "2000 memories");
        await RefusesAsync(Tar((TarEntryType.RegularFile, "history.jsonl", new byte[2_000_000])), "line 1");
        await RefusesAsync(Tar((TarEntryType.RegularFile, "store.json", new byte[100_000])), "65536");
        await RefusesAsync(Tar([.. Enumerable.Range(0, ArchiveLimits.EntriesMax + 1).Select(static i => (TarEntryType.Directory, $"memories/{i}/", (byte[]?)null))]), "entries");
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_unpacks()
    {
        using var zeros = new MemoryStream();
        using (var gzip = new GZipStream(zeros, CompressionLevel.Optimal, leaveOpen: true))
        {
            // The header of a name of one gigabyte, and the name.
            var header = new byte[512];
            Encoding.ASCII.GetBytes("././@PaxHeader").CopyTo(header, 0);
            Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
            Encoding.ASCII.GetBytes("07777777777\0").CopyTo(header, 124);
            Encoding.ASCII.GetBytes("00000000000\0").CopyTo(header, 136);
            header[156] = (byte)'x';
            Encoding.ASCII.GetBytes("ustar\000").CopyTo(header, 257);
            header.AsSpan(148, 8).Fill((byte)' ');
            Encoding.ASCII.GetBytes($"{Convert.ToString(header.Sum(static b => (int)b), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
            gzip.Write(header);
            for (var i = 0; i < 64; i++) gzip.Write(new byte[1024 * 1024]);
        }
        var before = GC.GetTotalAllocatedBytes();

        await RefusesAsync(zeros.ToArray(), "the limit");

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 2_000_000_000);
    }

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        foreach (var bytes in new[] { Array.Empty<byte>(), [0x1F], [0x1F, 0x8B], [0x1F, 0x8B, 1, 2, 3], Encoding.UTF8.GetBytes(new string('x', 5000)), Encoding.UTF8.GetBytes("{}") })
            await Assert.ThrowsAsync<ArchiveException>(() => ReceiveAsync(bytes));
    }

    [Fact]
    public async Task A_history_that_was_tampered_with_is_refused()
    {
        await FillAsync();
        var directory = (string)await ExportAsync(asDirectory: true);
        var lines = File.ReadAllLines(Path.Combine(directory, "history.jsonl"));
        (string Old, string New, string Reason)[] edits =
        [
            ("second\\r\\nline", "second!", "hash"),
            ("\"operation\":\"created\"", "\"operation\":\"modified\"", "is not there"),
            ("\"seq\":2", "\"seq\":1", "must rise"),
            ("\"path\":\"/dir/ü b.md\"", "\"path\":\"/dir/../b.md\"", "segment"),
            ("\"memory_version\":", "\"memory_versions\":", "line"),
            ("\"type\":\"api_actor\"", "\"type\":\"nobody\"", "line"),
        ];
        foreach (var (old, @new, reason) in edits)
        {
            var whole = string.Join('\n', lines);
            Assert.Contains(old, whole, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(directory, "history.jsonl"), whole.Replace(old, @new, StringComparison.Ordinal));
            Assert.Contains(reason, (await Assert.ThrowsAsync<ArchiveException>(() => ImportAsync(directory))).Message, StringComparison.Ordinal);
        }
        File.WriteAllLines(Path.Combine(directory, "history.jsonl"), lines);
        File.WriteAllText(Path.Combine(directory, "memories", "a.md"), "edited");
        Assert.Contains("leave history.jsonl out", (await Assert.ThrowsAsync<ArchiveException>(() => ImportAsync(directory))).Message, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        var a = await _world.AddAsync(_store, "/a.md", "first");
        await _world.AddAsync(_store, "/dir/ü b.md", "second\r\nline");
        var c = await _world.AddAsync(_store, "/c.md", "third");
        await _world.ChangeAsync(_store, a, "first, changed");
        await _world.RedactAsync(_store, a.MemoryVersionId);
        await _world.DeleteAsync(_store, c);
        await _world.AddAsync(_store, "/c.md", "");
    }

    private async Task<object> ExportAsync(bool asDirectory)
    {
        if (asDirectory)
        {
            var directory = Path.Combine(_files.FullName, "export");
            await using var target = new DirectoryTarget(directory);
            Assert.NotNull(await _world.Database.ReadAsync(db => _world.Archives.ExportAsync(db, _store, target, Cancelled), Cancelled));
            target.Complete();
            return directory;
        }
        using var stream = new MemoryStream();
        await using (var tar = new TarTarget(stream)) Assert.NotNull(await _world.Database.ReadAsync(db => _world.Archives.ExportAsync(db, _store, tar, Cancelled), Cancelled));
        return stream.ToArray();
    }

    private async Task<MemoryStoreImport> ImportAsync(object packed)
    {
        await using var received = await ReceiveAsync(packed);
        return await _world.Database.WriteAsync(db => _world.Archives.ImportAsync(db, StoreHarness.Workspace, received, null), Cancelled);
    }

    private Task<ReceivedStore> ReceiveAsync(object packed) => ReceivedStore.ReadAsync(
        packed is string directory ? ArchiveEntries.OfDirectoryAsync(directory) : ArchiveEntries.OfTarAsync(new MemoryStream((byte[])packed), Cancelled), _world.Ids, StoreHarness.Someone, _world.Clock, Cancelled);

    private async Task RefusesAsync(byte[] archive, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ArchiveException>(() => ReceiveAsync(archive))).Message, StringComparison.Ordinal);

    private async Task DeleteStoreAsync() => await _world.Database.WriteAsync(async db =>
    {
        await _world.Stores.DeleteAsync(db, _store);
        return true;
    }, Cancelled);

    private static object Facts(NumberedVersion v) => (v.Seq, v.Version.Operation, v.Version.Path, v.Version.Content, v.Version.ContentSha256, v.Version.CreatedAt, v.Version.CreatedBy, v.Version.RedactedAt, v.Version.RedactedBy);

    private static byte[] Tar(params (TarEntryType Type, string Name, byte[]? Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (type, name, content) in entries)
            {
                var entry = new PaxTarEntry(type, name);
                if (content is not null) entry.DataStream = new MemoryStream(content);
                if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink) entry.LinkName = "/etc/passwd";
                tar.WriteEntry(entry);
            }
        }
        return stream.ToArray();
    }
}
