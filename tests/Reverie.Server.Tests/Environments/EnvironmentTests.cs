using System.Net;
using System.Text.Json;
using Anthropic.Exceptions;
using Reverie.Environments;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Environments;

/// <summary>Environments, as they go over the wire and through the official client.</summary>
public abstract class EnvironmentTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : EnvironmentTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : EnvironmentTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_environment_has_the_defaults_of_a_cloud()
    {
        var made = (await CreateAsync("""{"name":"e"}""")).Json;

        Same("""{"type":"cloud","networking":{"type":"unrestricted"},"packages":{"type":"packages","apt":[],"cargo":[],"gem":[],"go":[],"npm":[],"pip":[]}}""", made.GetProperty("config"));
        Assert.Equal("organization", made.GetProperty("scope").GetString());
        Assert.Equal(JsonValueKind.Null, made.GetProperty("description").ValueKind);
    }

    [Fact]
    public async Task An_update_keeps_what_it_leaves_out()
    {
        var made = await CreateAsync("""{"name":"e","description":"d","metadata":{"a":"1","b":"2"},"config":{"type":"cloud","networking":{"type":"limited","allowed_hosts":["*.example.com"],"allow_package_managers":true},"packages":{"pip":["ruff==1.0"]}}}""");

        var after = (await UpdateAsync(made.Id, """{"name":null,"description":null,"metadata":{"a":"","c":"3"},"config":{"type":"cloud","networking":{"type":"limited","allow_mcp_servers":true}}}""")).Json;
        var empty = (await UpdateAsync(made.Id, """{"description":"","config":null}""")).Json;

        Same("""{"type":"limited","allowed_hosts":["*.example.com"],"allow_mcp_servers":true,"allow_package_managers":true}""", after.GetProperty("config").GetProperty("networking"));
        Assert.Equal("ruff==1.0", after.GetProperty("config").GetProperty("packages").GetProperty("pip")[0].GetString());
        Same("""{"b":"2","c":"3"}""", after.GetProperty("metadata"));
        Assert.Equal(("e", JsonValueKind.Null), (after.GetProperty("name").GetString(), after.GetProperty("description").ValueKind));
        Assert.Equal("", empty.GetProperty("description").GetString());
        Same(after.GetProperty("config").GetRawText(), empty.GetProperty("config"));
    }

    [Fact]
    public async Task An_update_that_changes_nothing_leaves_the_time()
    {
        var made = await CreateAsync("""{"name":"e","metadata":{"a":"1"}}""");
        _server.Clock.Advance(TimeSpan.FromMinutes(1));

        Same(made.Json.GetRawText(), (await UpdateAsync(made.Id, """{"name":"e","metadata":{"a":"1"},"config":{"type":"cloud"}}""")).Json);
    }

    public static TheoryData<string, string, string?> Wrong => new()
    {
        { """{"name":""}""", "name must have", null },
        { """{"name":"e","config":{}}""", "config.type is required", null },
        { """{"name":"e","config":{"type":"cloud","networking":{"type":"limited","allowed_hosts":["https://a.com"]}}}""", "config.networking.allowed_hosts[0] must be a host name", null },
        { """{"name":"e","config":{"type":"cloud","networking":{"type":"limited"},"packages":{"npm":["x"]}}}""", "allow_package_managers", null },
        { """{"name":"e","config":{"type":"cloud","packages":{"pip":["--index-url=x"]}}}""", "config.packages.pip[0] must not begin with a hyphen", null },
        { """{"name":"e","config":{"type":"self_hosted","packages":{}}}""", "\"packages\"", null },
        { """{"name":"e","scope":"account"}""", "scope must be organization", null },
        { """{"name":"e","metadata":{"k":7}}""", "metadata[\"k\"]", "invalid_metadata" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_breaks_a_rule_is_refused_by_name(string body, string words, string? code)
    {
        var refused = (await _server.PostAsync("/v1/environments", body)).ExpectError(400, "invalid_request_error");

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(code, refused.Error.TryGetProperty("details", out var details) ? details.GetProperty("error_code").GetString() : null);
    }

    [Fact]
    public async Task The_type_never_changes_and_an_archived_one_is_only_read()
    {
        var id = (await CreateAsync("""{"name":"e","config":{"type":"self_hosted"}}""")).Id;

        var otherType = (await _server.PostAsync($"/v1/environments/{id}", """{"config":{"type":"cloud"}}""")).ExpectError(400, "invalid_request_error");
        var archived = (await _server.PostAsync($"/v1/environments/{id}/archive")).Expect(HttpStatusCode.OK);
        var update = (await _server.PostAsync($"/v1/environments/{id}", """{"name":"f"}""")).ExpectError(400, "invalid_request_error");

        Assert.Equal("invalid_config_type_change", otherType.Error.GetProperty("details").GetProperty("error_code").GetString());
        Assert.Equal("environment_archived", update.Error.GetProperty("details").GetProperty("error_code").GetString());
        Same(archived.Json.GetRawText(), (await _server.PostAsync($"/v1/environments/{id}/archive")).Json);
    }

    [Fact]
    public async Task The_official_client_goes_the_whole_way()
    {
        var environments = _server.Client.Beta.Environments;
        var made = await environments.Create(new() { Name = "e", Description = "d", Metadata = new Dictionary<string, string> { ["k"] = "v" } }, Cancelled);
        var renamed = await environments.Update(made.ID, new() { Name = "f" }, Cancelled);
        var listed = await environments.List(new() { Limit = 100 }, Cancelled);
        var archived = await environments.Archive(made.ID, cancellationToken: Cancelled);
        var hidden = await environments.List(new() { Limit = 100 }, Cancelled);
        var deleted = await environments.Delete(made.ID, cancellationToken: Cancelled);

        Assert.Equal(("f", "d", "v"), (renamed.Name, renamed.Description, renamed.Metadata["k"]));
        Assert.Contains(made.ID, listed.Items.Select(static e => e.ID));
        Assert.NotNull(archived.ArchivedAt);
        Assert.DoesNotContain(made.ID, hidden.Items.Select(static e => e.ID));
        Assert.Equal(made.ID, deleted.ID);
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => environments.Retrieve(made.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => environments.Update(made.ID, new() { Name = "x" }, Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => environments.Archive(made.ID, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => environments.Delete(made.ID, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task One_that_is_used_stays()
    {
        var id = Id<AgentEnvironment>.Parse((await CreateAsync("""{"name":"e"}""")).Id);
        await using var database = _server.OpenDatabase();
        var used = new EnvironmentRepository(new IdGenerator(_server.Clock), _server.Clock, [new Used()]);

        Assert.False(await database.WriteAsync(db => used.DeleteAsync(db, "wrkspc_default", id), Cancelled));
        (await _server.GetAsync($"/v1/environments/{id}")).Expect(HttpStatusCode.OK);
    }

    private sealed class Used : IEnvironmentUse
    {
        public ValueTask<bool> IsUsedAsync(DbSession db, string workspaceId, Id<AgentEnvironment> id) => ValueTask.FromResult(true);
    }

    private async Task<Reply> CreateAsync(string body) => (await _server.PostAsync("/v1/environments", body)).Expect(HttpStatusCode.OK);

    private async Task<Reply> UpdateAsync(string id, string body) => (await _server.PostAsync($"/v1/environments/{id}", body)).Expect(HttpStatusCode.OK);

    private static void Same(string expected, JsonElement actual) => Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), actual.GetRawText());
}
