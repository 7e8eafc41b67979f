using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reverie.Server.Http;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Http;

/// <summary>What a client hears when the database fails: that it may try again.</summary>
public abstract class OverloadTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : OverloadTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : OverloadTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_that_fails_is_answered_with_529_and_nothing_is_kept()
    {
        await DoomAsync("doomed");

        var reply = await _server.PostAsync("/v1/memory_stores", new { name = "doomed" });

        reply.ExpectError(529, "overloaded_error");
        Assert.DoesNotContain("doomed", (await _server.GetAsync("/v1/memory_stores")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await _server.PostAsync("/v1/memory_stores", new { name = "spared" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_operator_finds_the_reason_under_the_request_id()
    {
        var log = new Entries();
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new OpenToAll()), "open"));
        var failure = new DatabaseException("the database is closing");

        await new RequestEdge(_ => throw failure, null!, null!, new IdGenerator(_server.Clock), log).InvokeAsync(http);

        Assert.Equal(529, http.Response.StatusCode);
        var (error, text) = Assert.Single(log);
        Assert.Same(failure, error);
        Assert.Contains(http.TraceIdentifier, text, StringComparison.Ordinal);
    }

    /// <summary>From now on no store of this name can be committed: beside it goes a row whose reference is checked at the end.</summary>
    private async Task DoomAsync(string name)
    {
        await using var database = _server.OpenDatabase();
        await database.WriteAsync(async db =>
        {
            await db.ExecuteAsync("CREATE TABLE nobody (id INTEGER NOT NULL PRIMARY KEY)");
            await db.ExecuteAsync("CREATE TABLE doom (id INTEGER REFERENCES nobody (id) DEFERRABLE INITIALLY DEFERRED)");
            return await db.ExecuteAsync(_server.Postgres is null
                ? $"CREATE TRIGGER doom_stores AFTER INSERT ON memory_stores WHEN NEW.name = '{name}' BEGIN INSERT INTO doom VALUES (1); END"
                : $"CREATE RULE doom_stores AS ON INSERT TO memory_stores WHERE NEW.name = '{name}' DO ALSO INSERT INTO doom VALUES (1)");
        }, Cancelled);
    }

    private sealed class Entries : List<(Exception? Error, string Text)>, ILogger<RequestEdge>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add((exception, formatter(state, exception)));
    }
}
