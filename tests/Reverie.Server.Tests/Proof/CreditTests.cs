using System.Net;
using System.Text.Json;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;
using Reverie.Server.Tests.Sessions;
using Reverie.Sessions.Credit;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Proof;

/// <summary>Which memories sessions were shown, and what became of those sessions.</summary>
public abstract class CreditTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : CreditTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : CreditTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    [Theory]
    [InlineData("cat a.md")]
    [InlineData("grep -rn crane .")]
    public async Task What_a_tool_shows_counts_as_read_and_what_lies_beside_it_does_not(string command)
    {
        var store = await _server.NewStoreAsync();
        await WriteAsync(store, "/a.md", "# Cranes\n\n- The crane needs four minutes to warm up\n");
        await WriteAsync(store, "/b.md", "# Boats\n\n- The pilot boat leaves at seven sharp\n");
        await using var session = await BashAsync(store, command);
        await session.SendAsync(Message("go"));
        await session.RestAsync();

        var credit = await CreditAsync(store);

        Assert.Equal(["/a.md", "/b.md"], credit.Select(static c => c.GetProperty("path").GetString()));
        Assert.Equal([1, 0], credit.Select(static c => c.GetProperty("readers").GetProperty("ungraded").GetInt32()));
        Assert.All(credit, static c => Assert.Equal((1, false), (c.GetProperty("mounted").GetInt32(), c.GetProperty("harmful").GetBoolean())));
    }

    [Fact]
    public void A_memory_whose_readers_fail_is_harmful_and_one_that_few_read_is_not()
    {
        var mounted = Enumerable.Range(0, 40).ToDictionary(static i => $"sesn_{i}", static i => i < 38 ? (bool?)(i >= 20) : null, StringComparer.Ordinal);
        var (bad, rare) = (Memory("mem_bad", "/bad.md"), Memory("mem_rare", "/rare.md"));
        var reads = Enumerable.Range(0, 18).Select(static i => ("mem_bad", $"sesn_{i}")).Append(("mem_rare", "sesn_0")).Append(("mem_bad", "sesn_gone")).ToLookup(static r => r.Item1, static r => r.Item2);

        var credit = CreditReader.Judge([bad, rare], mounted, reads);

        Assert.Equal((true, false), (credit[0].Harmful, credit[1].Harmful));
        Assert.Equal((0, 18, 0), (credit[0].Readers.Satisfied, credit[0].Readers.Failed, credit[0].Readers.Ungraded));
        Assert.Equal((18, 2, 2), (credit[0].NonReaders.Satisfied, credit[0].NonReaders.Failed, credit[0].NonReaders.Ungraded));
        Assert.Equal((0, 0.1853), (credit[0].Readers.RateLow, Math.Round(credit[0].Readers.RateHigh, 4)));
    }

    private static StoredMemory Memory(string id, string path) => new()
    {
        Id = Id<StoredMemory>.Parse(id),
        MemoryStoreId = Id<MemoryStore>.Parse("memstore_1"),
        MemoryVersionId = Id<MemoryVersion>.Parse("memver_1"),
        Path = path,
        Content = null,
        ContentSha256 = "",
        ContentSizeBytes = 0,
        CreatedAt = default,
        UpdatedAt = default,
    };

    private async Task WriteAsync(string store, string path, string content) => (await _server.PostAsync($"{store}/memories", new { path, content })).Expect(HttpStatusCode.OK);

    private Task<LiveSession> BashAsync(string store, string command) => StartAsync(_server,
        $"answers: [{{call: {{tool: bash, input: {{command: {JsonSerializer.Serialize($"cd /mnt/memory/store; {command}")}}}}}}}, {{say: done}}]",
        more: $$""","resources":[{"type":"memory_store","memory_store_id":"{{store.Split('/')[^1]}}","access":"read_only"}]""");

    private async Task<List<JsonElement>> CreditAsync(string store) =>
        [.. (await _server.GetAsync($"{store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal)}/credit")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];
}
