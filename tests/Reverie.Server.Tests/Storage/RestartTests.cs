using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Storage;

/// <summary>One data directory, one server at a time.</summary>
public abstract class RestartTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : RestartTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : RestartTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_server_on_the_same_directory_is_refused()
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => ReverieServer.StartAsync(_server.Options(), TimeProvider.System, Cancelled));
        var (code, _, line) = await ReverieProcess.RunAsync(_server.Postgres, "serve", "--urls", "http://127.0.0.1:0", "--data", _server.DataDirectory);

        Assert.Contains(_server.DataDirectory, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, code);
        Assert.Contains("another server runs on it", line, StringComparison.Ordinal);
        (await _server.GetAsync("/v1/memory_stores")).Expect(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_server_that_cannot_listen_lets_go_of_its_directory()
    {
        var free = Directory.CreateTempSubdirectory("reverie-restart-test-");
        var options = _server.Options() with { DataDirectory = free.FullName, Postgres = null };

        await Assert.ThrowsAsync<IOException>(() => ReverieServer.StartAsync(options with { Urls = _server.Url }, TimeProvider.System, Cancelled));
        await using (await ReverieServer.StartAsync(options, TimeProvider.System, Cancelled)) { }

        free.Delete(recursive: true);
    }

    [Fact]
    public async Task The_first_start_makes_a_key_and_later_ones_do_not()
    {
        var free = Directory.CreateTempSubdirectory("reverie-restart-test-");
        var options = _server.Options() with { DataDirectory = free.FullName, Postgres = null, ApiKey = null };
        string secret;
        await using (var first = await ReverieServer.StartAsync(options, TimeProvider.System, Cancelled)) secret = first.NewSecret!;
        await using (var second = await ReverieServer.StartAsync(options, TimeProvider.System, Cancelled))
        {
            Assert.Null(second.NewSecret);
            using var http = new HttpClient { BaseAddress = new Uri(second.Urls.Single()) };
            using var request = TestServer.Request(HttpMethod.Get, "/v1/memory_stores", secret);
            Assert.Equal(System.Net.HttpStatusCode.OK, (await http.SendAsync(request, Cancelled)).StatusCode);
        }

        Assert.DoesNotContain(secret, File.ReadAllText(Path.Combine(free.FullName, "reverie.db"), System.Text.Encoding.Latin1), StringComparison.Ordinal);
        free.Delete(recursive: true);
    }
}
