using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Proof;

/// <summary><c>reverie provenance</c> and <c>reverie quality</c>, and what a dream is told about attackers.</summary>
public sealed class ProofCommandTests(SqliteServer server) : IClassFixture<SqliteServer>
{
    private readonly TestServer _server = server.OrSkip();

    [Fact]
    public async Task A_person_sees_what_a_memory_rests_on_and_how_good_its_store_is()
    {
        var store = (await _server.NewStoreAsync()).Split('/')[^1];
        (await _server.PostAsync($"/v1/memory_stores/{store}/memories", new { path = "/mine.md", content = "- Gate four opens with the blue key\n" })).Expect(HttpStatusCode.OK);
        var dream = await PlantedDream.LandAsync(_server, store, PlantedDream.Create("c1", "notes/a.md"));
        string[] way = ["--data", _server.DataDirectory];

        var shown = await RunAsync(["provenance", store, "/notes/a.md", .. way]);
        var own = await RunAsync(["provenance", store, "mine.md", .. way]);
        var json = JsonElement.Parse(await RunAsync(["provenance", store, "/notes/a.md", "--format", "json", .. way]));
        var meters = await RunAsync(["quality", store, "--stale-after", "90", .. way]);
        var quality = JsonElement.Parse(await RunAsync(["quality", store, "--format", "json", .. way]));

        Assert.StartsWith("line 1  - Say it plainly", shown, StringComparison.Ordinal);
        Assert.Contains($"wrote by {dream}/c1 · fact · confidence 0.90", shown, StringComparison.Ordinal);
        Assert.Contains("“plainly” test/1 · event 0", shown, StringComparison.Ordinal);
        Assert.Contains("rests on no dream", own, StringComparison.Ordinal);
        Assert.Equal(dream, Assert.Single(json.EnumerateArray()).GetProperty("changes")[0].GetProperty("dream_id").GetString());
        Assert.Contains("memories        2, ", meters, StringComparison.Ordinal);
        Assert.Contains("in 90 days", meters, StringComparison.Ordinal);
        Assert.Equal((2, 1), (quality.GetProperty("memories").GetInt32(), quality.GetProperty("unsupported").GetInt32()));
    }

    [Theory]
    [InlineData("begins with memstore_", "provenance", "notes", "/a.md")]
    [InlineData("There is no memory store", "quality", "memstore_none")]
    [InlineData("--stale-after", "quality", "memstore_none", "--stale-after", "soon")]
    [InlineData("xml", "quality", "memstore_none", "--format", "xml")]
    public async Task What_cannot_be_shown_is_said(string reason, params string[] args)
    {
        var ran = await ReverieProcess.RunAsync(null, [.. args, "--data", _server.DataDirectory]);

        Assert.Equal(2, ran.Code);
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_more_than_the_attackers_bear_out_is_proposed()
    {
        var store = (await _server.NewStoreAsync()).Split('/')[^1];
        var sessions = await _server.ImportAsync(MarkedSessions.Lines($"{Guid.NewGuid()}", "zr"));

        var dream = (await AskAsync(store, sessions, 0.1)).Expect(HttpStatusCode.OK).Id;
        await _server.EndedAsync(dream);

        var changes = (await _server.ReportAsync(dream)).GetProperty("changes").EnumerateArray().Where(static c => c.GetProperty("kind").GetString() == "mistake").ToLookup(static c => c.GetProperty("status").GetString());
        Assert.Contains(changes["applied"], static c => c.GetProperty("summary").GetString()!.Contains("book_yard", StringComparison.Ordinal));
        Assert.Contains(changes["proposed"], static c => c.GetProperty("summary").GetString()!.Contains("book_tug", StringComparison.Ordinal) && c.GetProperty("rationale").GetString()!.Contains("10 %", StringComparison.Ordinal));
        foreach (var wrong in new object[] { -0.1, 0.51, 0.1234567, "much" })
            Assert.Contains("attacker_share", (await AskAsync(store, sessions, wrong)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);
    }

    private Task<Reply> AskAsync(string store, IEnumerable<string> sessions, object share) => _server.PostAsync("/v1/reverie/dreams", new
    {
        inputs = new object[] { new { type = "memory_store", memory_store_id = store }, new { type = "sessions", session_ids = sessions } },
        model = "reverie/local",
        output_behavior = new { type = "update_existing", memory_store_id = store },
        attacker_share = share,
    });

    private static async Task<string> RunAsync(string[] args)
    {
        var ran = await ReverieProcess.RunAsync(null, args);
        Assert.True(ran.Code == 0, ran.Error);
        return ran.Out;
    }
}
