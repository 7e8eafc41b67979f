using System.IO.Compression;
using System.Text;
using Reverie.Server.Tests.Hosting;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Tests.Sessions;

/// <summary>How much of an import is held and unpacked at most.</summary>
public sealed class ImportLimitTests(SqliteServer server) : IClassFixture<SqliteServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Large_sessions_wait_until_those_before_them_are_written()
    {
        await using var database = new GatedDatabase();
        var text = new string('x', SessionImport.BytesAheadMax / 2 + 1);
        var body = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 4).Select(i => Line($"{i}", text) + "\n"))));

        // Nothing but a write makes it wait, so when the call returns it has begun all the writes it may.
        var running = Import(database).RunAsync("default", body, false, Cancelled);

        Assert.Equal(2, database.Begun);
        database.Open();
        Assert.Equal(4, (await running).Done.Imported);
    }

    [Fact]
    public async Task Small_sessions_are_written_several_at_a_time()
    {
        await using var database = new GatedDatabase();
        var body = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(static i => Line($"{i}", "x") + "\n"))));

        var running = Import(database).RunAsync("default", body, false, Cancelled);

        Assert.Equal(32, database.Begun);
        database.Open();
        Assert.Equal(40, (await running).Done.Imported);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?skip_bad=true")]
    public async Task A_body_that_unpacks_to_too_much_is_refused_and_what_came_before_is_kept(string query)
    {
        // Members of a gzip file stand one behind the other: each of these unpacks to a thousand times its size.
        var bomb = Gzip(new byte[64 * 1024 * 1024]);
        var first = $"bomb{query}";
        byte[] body = [.. Gzip(Encoding.UTF8.GetBytes(Line(first, "x") + "\n")), .. Enumerable.Repeat(bomb, (int)(SessionImport.TextBytesMax / (64 * 1024 * 1024))).SelectMany(static b => b)];

        var reply = await server.SendAsync(HttpMethod.Post, $"/v1/reverie/sessions/import{query}", new ByteArrayContent(body));

        reply.ExpectError(413, "request_too_large");
        Assert.Contains($"{SessionImport.TextBytesMax} bytes", reply.Message, StringComparison.Ordinal);
        Assert.Contains("1 sessions were imported", reply.Message, StringComparison.Ordinal);
        var found = await server.GetAsync($"/v1/reverie/sessions?external_id={Uri.EscapeDataString(first)}");
        Assert.Equal(1, found.Json.GetProperty("data").GetArrayLength());
    }

    private static SessionImport Import(Database database)
    {
        var (clock, ids) = (new TestClock(), new IdGenerator(new TestClock()));
        return new SessionImport(database, new SessionRepository(new SessionLog(ids, clock), ids, clock));
    }

    private static string Line(string externalId, string text) =>
        $$"""{"external_id":"{{externalId}}","source":"test","agent":"tester","created_at":"2026-01-31T12:00:00Z","events":[{"type":"user.message","content":[{"type":"text","text":"{{text}}"}]}]}""";

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Counts the writes that were begun, and lets none of them end before it is opened. What they write goes nowhere.</summary>
    private sealed class GatedDatabase : Database
    {
        private readonly TaskCompletionSource _gate = new();

        public int Begun { get; private set; }

        public void Open() => _gate.SetResult();

        public override async Task<T> WriteAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken)
        {
            Begun++;
            await _gate.Task.WaitAsync(cancellationToken);
            return (T)(object)(default(Protocol.Ids.Id<Protocol.Sessions.Session>), true);
        }

        public override ValueTask<T> ReadAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task MigrateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
