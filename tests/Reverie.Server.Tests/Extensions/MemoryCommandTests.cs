using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Extensions;

/// <summary><c>reverie memory</c> beside a running server.</summary>
public abstract class MemoryCommandTests(TestServer server) : IDisposable
{
    public sealed class OnSqlite(SqliteServer server) : MemoryCommandTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : MemoryCommandTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("reverie-memory-test-");

    public void Dispose()
    {
        _files.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("notes.tar.gz")]
    [InlineData("notes")]
    public async Task An_exported_store_is_imported_and_found_by_the_server(string name)
    {
        var store = await _server.NewStoreAsync();
        (await _server.PostAsync($"{store}/memories", new { path = "/dir/a.md", content = "quokka" })).Expect(System.Net.HttpStatusCode.OK);
        var (id, place) = (store.Split('/')[^1], Path.Combine(_files.FullName, name));

        Assert.Contains(id, await RunAsync("list"), StringComparison.Ordinal);
        await RunAsync("export", "--store", id, "--to", place);
        var made = (await RunAsync("import", place, "--name", "again")).Split(' ')[0];

        Assert.Equal([name], _files.EnumerateFileSystemInfos().Select(static f => f.Name));
        var found = await _server.GetAsync($"/v1/reverie/memory_stores/{made}/search?query=quokka");
        Assert.Equal("/dir/a.md", found.Json.GetProperty("data")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_leaves_nothing()
    {
        var place = Path.Combine(_files.FullName, "notes.tar.gz");

        foreach (var (args, reason) in new (string[], string)[]
        {
            (["export", "--store", "memstore_none", "--to", place], "there is no store"),
            (["export", "--store", "notes", "--to", place], "begins with memstore_"),
            (["export", "--store", "memstore_none", "--to", _files.FullName], "there already"),
            (["import", place], "there is no file"),
        })
        {
            var (code, _, error) = await ReverieProcess.RunAsync(_server.Postgres, ["memory", .. args, "--data", _server.DataDirectory]);
            Assert.Equal(2, code);
            Assert.Contains(reason, error, StringComparison.Ordinal);
        }
        Assert.Empty(_files.EnumerateFileSystemInfos());
    }

    private async Task<string> RunAsync(params string[] args)
    {
        var (code, output, error) = await ReverieProcess.RunAsync(_server.Postgres, ["memory", .. args, "--data", _server.DataDirectory]);
        Assert.True(code == 0, error);
        return output;
    }
}
