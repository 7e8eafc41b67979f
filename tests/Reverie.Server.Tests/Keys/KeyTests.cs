using System.Net;
using Reverie.Server.Http;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Keys;

/// <summary>Keys made and revoked by the command line while a server runs.</summary>
public abstract class KeyTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : KeyTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : KeyTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task A_new_key_is_accepted_and_a_revoked_one_refused_soon()
    {
        var created = await RunAsync("create", "--name", "laptop", "--workspace", "wrkspc_team");
        var id = created.Split(' ')[0];
        var secret = created.Split('\n').Single(static l => l.StartsWith("  sk-reverie-", StringComparison.Ordinal)).Trim();

        var accepted = await SendAsync(secret);
        Assert.Equal((HttpStatusCode.OK, "wrkspc_team"), (accepted.Status, accepted.Header("anthropic-workspace-id")));
        Assert.Contains($"{id}  wrkspc_team", await RunAsync("list"), StringComparison.Ordinal);

        Assert.Equal($"{id} is revoked.", (await RunAsync("revoke", id)).Trim());
        _server.Clock.Advance(KeyDirectory.StaleAfter);

        (await SendAsync(secret)).ExpectError(401, "authentication_error");
        Assert.Contains("revoked", (await RunAsync("list")).Split('\n').Single(l => l.StartsWith(id, StringComparison.Ordinal)), StringComparison.Ordinal);
        (await _server.GetAsync("/v1/memory_stores")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_that_are_made_and_revoked_are_told_in_the_audit_log_without_their_secrets()
    {
        var created = await RunAsync("create", "--name", "ci");
        var id = created.Split(' ')[0];
        for (var i = 0; i < 2; i++) await RunAsync("revoke", id);

        var told = (await _server.GetAsync($"/v1/reverie/audit?subject_id={id}")).Expect(HttpStatusCode.OK);

        Assert.Equal(["api_key.revoked", "api_key.created"], told.Json.GetProperty("data").EnumerateArray().Select(static r => r.GetProperty("action").GetString()));
        Assert.DoesNotContain("sk-reverie-", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_key_is_said_so()
    {
        var unknown = await ReverieProcess.RunAsync(_server.Postgres, "keys", "revoke", "apikey_unknown", "--data", _server.DataDirectory);
        var nonsense = await ReverieProcess.RunAsync(_server.Postgres, "keys", "revoke", "laptop", "--data", _server.DataDirectory);

        Assert.Equal((2, 2), (unknown.Code, nonsense.Code));
        Assert.Contains("there is no key apikey_unknown", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("begins with apikey_", nonsense.Error, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(params string[] args)
    {
        var (code, output, error) = await ReverieProcess.RunAsync(_server.Postgres, ["keys", .. args, "--data", _server.DataDirectory]);
        Assert.True(code == 0, error);
        return output;
    }

    private async Task<Reply> SendAsync(string secret)
    {
        using var request = TestServer.Request(HttpMethod.Get, "/v1/memory_stores", secret);
        return await _server.SendAsync(request);
    }
}
