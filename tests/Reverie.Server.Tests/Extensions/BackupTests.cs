using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Extensions;

public sealed class BackupTests(SqliteServer server) : IClassFixture<SqliteServer>, IDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("reverie-backup-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Delete(recursive: true);

    private string In(string name) => Path.Combine(_files.FullName, name);

    [Fact]
    public async Task A_backup_made_while_the_server_writes_is_a_moment_of_it()
    {
        var store = await server.NewStoreAsync();
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++) (await server.PostAsync($"{store}/memories", new { path = $"/{w}/{i:00000}", content = new string('x', 500) })).Expect(System.Net.HttpStatusCode.OK);
        }, Cancelled)).ToList();
        while (await CountAsync(store) < 20) await Task.Yield();

        var ran = await ReverieProcess.RunAsync(null, "backup", "--data", server.DataDirectory, "--to", In("monday.db"));
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        Assert.True(ran.Code == 0, ran.Error);
        Assert.Equal(["monday.db"], _files.EnumerateFiles().Select(static f => f.Name));
        Assert.Equal(0, (await ReverieProcess.RunAsync(null, "restore", In("monday.db"), "--data", In("data"))).Code);
        await using var restored = SqliteDatabase.Open(DataDirectory.FileIn(In("data")));
        await using var live = server.OpenDatabase();
        var (then, now) = (await PathsAsync(restored), await PathsAsync(live));
        Assert.InRange(then.Count, 20, now.Count);
        // Each writer wrote one after the other, so a moment has no gaps.
        Assert.Equal(then, now.GroupBy(static p => p[1]).SelectMany(g => g.Take(then.Count(p => p[1] == g.Key))).Order(StringComparer.Ordinal));

        using var served = await ReverieProcess.ServeAsync(null, In("data"));
        using var http = new HttpClient { BaseAddress = new Uri(served.Url) };
        using var request = TestServer.Request(HttpMethod.Get, $"/v1/reverie{store["/v1".Length..]}/search?query=xxx&mode=grep&limit=1");
        using var answer = await http.SendAsync(request, Cancelled);
        Assert.Contains(then[0], await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_overwritten()
    {
        var database = DataDirectory.FileIn(server.DataDirectory);
        File.WriteAllText(In("there.db"), "earlier");
        Assert.Contains("there already", Assert.Throws<DatabaseException>(() => SqliteBackup.Create(database, In("there.db"))).Message, StringComparison.Ordinal);
        Assert.Equal("earlier", File.ReadAllText(In("there.db")));

        SqliteBackup.Create(database, In("good.db"));
        Directory.CreateDirectory(In("data"));
        File.WriteAllText(In("data/mine"), "kept");
        Assert.Contains("not empty", Assert.Throws<DatabaseException>(() => DataRestore.Run(In("good.db"), In("data"), false, TimeProvider.System)).Message, StringComparison.Ordinal);

        var aside = DataRestore.Run(In("good.db"), In("data"), true, TimeProvider.System);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(aside!, "mine")));
        Assert.False(File.Exists(In("data/mine")));
    }

    [Fact]
    public void A_directory_in_use_and_a_damaged_backup_are_refused_and_leave_all_as_it_was()
    {
        SqliteBackup.Create(DataDirectory.FileIn(server.DataDirectory), In("good.db"));
        Assert.Contains("another server", Assert.Throws<DatabaseException>(() => DataRestore.Run(In("good.db"), server.DataDirectory, true, TimeProvider.System)).Message, StringComparison.Ordinal);

        var bytes = File.ReadAllBytes(In("good.db"));
        Array.Fill(bytes, (byte)0x5A, bytes.Length / 2, 8192);
        File.WriteAllBytes(In("bad.db"), bytes);
        File.WriteAllText(In("text.db"), new string('x', 10_000));
        foreach (var bad in new[] { "bad.db", "text.db", "none.db" }) Assert.Throws<DatabaseException>(() => DataRestore.Run(In(bad), In("new"), false, TimeProvider.System));

        Assert.False(Directory.Exists(In("new")));
        Assert.DoesNotContain(_files.EnumerateFileSystemInfos(), static f => f.Name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static async Task<List<string>> PathsAsync(Database database) =>
        await database.ReadAsync(static db => db.QueryAsync("SELECT path FROM memories WHERE path < '/9' ORDER BY path", static r => r.GetString(0)), Cancelled);

    private async Task<int> CountAsync(string store) => (await server.GetAsync($"{store}/memories?limit=100")).Json.GetProperty("data").GetArrayLength();
}
