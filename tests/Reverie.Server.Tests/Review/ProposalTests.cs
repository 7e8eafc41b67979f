using System.Net;
using System.Text.Json;
using Reverie.Protocol.Dreams;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Review;

/// <summary>What waits for a person, what a person says to it, and what becomes of it when nobody does.</summary>
public abstract class ProposalTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : ProposalTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : ProposalTests(server), IClassFixture<PostgresServer>;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestServer _server = server.OrSkip();
    private string _store = "";

    public async ValueTask InitializeAsync()
    {
        _store = (await _server.NewStoreAsync()).Split('/')[^1];
        await SetAsync(new { mode = "ask" });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Proposals_of_all_dreams_of_a_store_are_listed_oldest_first_and_paged()
    {
        var first = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"), PlantedDream.Create("c2", "b.md", status: ChangeStatus.Quarantined));
        _server.Clock.Advance(TimeSpan.FromHours(1));
        var second = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "c.md"), PlantedDream.Create("c2", "d.md", status: ChangeStatus.Rejected), PlantedDream.Create("c3", "e.md", status: ChangeStatus.Proposed));

        var all = await ListAsync();
        var paged = await ListAsync(limit: 1);

        Assert.Equal([(first, "c1"), (first, "c2"), (second, "c1"), (second, "c3")], all.Select(static p => (p.GetProperty("dream_id").GetString(), p.GetProperty("change").GetProperty("id").GetString())));
        Assert.Equal(all.Select(static p => p.GetRawText()), paged.Select(static p => p.GetRawText()));
        Assert.Equal(["the store's policy asks for every change", "looks planted by untrusted content", "the store's policy asks for every change", "the dreamer would not apply it by itself"], all.Select(static p => p.GetProperty("reason").GetString()));
        Assert.Equal("plainly", all[0].GetProperty("change").GetProperty("evidence")[0].GetProperty("quote").GetString());
        Assert.Equal(JsonValueKind.Null, all[0].GetProperty("expires_at").ValueKind);
    }

    [Fact]
    public async Task A_change_is_approved_in_the_reviewers_words_and_can_be_undone()
    {
        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md", "- Say it\n"), PlantedDream.Create("c2", "b.md"));

        var verdicts = (await DecideAsync(dream, new { change_id = "c1", verdict = "approve", inserts = new[] { "- Say it kindly\n" }, comment = "tone" }, new { change_id = "c2", verdict = "reject", comment = "no" })).Expect(HttpStatusCode.OK).Json;

        Assert.Equal([("applied", "tone"), ("rejected", "no")], verdicts.GetProperty("data").EnumerateArray().Select(static v => (v.GetProperty("result").GetString(), v.GetProperty("comment").GetString())));
        Assert.Equal("- Say it kindly\n", await TextAsync("/a.md"));
        var change = (await _server.GetAsync($"/v1/reverie/dreams/{dream}/report")).Json.GetProperty("changes").EnumerateArray().Single(static c => c.GetProperty("id").GetString() == "c1");
        Assert.EndsWith("Reworded by the reviewer.", change.GetProperty("rationale").GetString(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync());

        (await _server.PostAsync($"/v1/reverie/dreams/{dream}/undo", new { })).Expect(HttpStatusCode.OK);
        Assert.Null(await TextAsync("/a.md"));
    }

    [Fact]
    public async Task Undoing_a_dream_withdraws_what_it_still_proposes()
    {
        await SetAsync(new { mode = "auto" });
        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"), PlantedDream.Create("c2", "b.md", status: ChangeStatus.Proposed), PlantedDream.Create("c3", "c.md", status: ChangeStatus.Quarantined));

        var undone = (await _server.PostAsync($"/v1/reverie/dreams/{dream}/undo", new { comment = "no" })).Expect(HttpStatusCode.OK).Json;

        Assert.Equal([("c1", "undone", null), ("c2", "rejected", "its dream was undone"), ("c3", "rejected", "its dream was undone")],
            undone.GetProperty("data").EnumerateArray().Select(static v => (v.GetProperty("change_id").GetString(), v.GetProperty("result").GetString(), v.GetProperty("note").GetString())));
        Assert.Empty(await ListAsync());
        (await DecideAsync(dream, new { change_id = "c2", verdict = "approve" })).ExpectError(400, "invalid_request_error");
        Assert.Null(await TextAsync("/b.md"));
    }

    [Fact]
    public async Task Other_words_must_be_as_many_as_the_edits()
    {
        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"));

        var refused = (await DecideAsync(dream, new { change_id = "c1", verdict = "approve", inserts = new[] { "a", "b" } })).ExpectError(400, "invalid_request_error");

        Assert.Contains("has 1 edits, so inserts must hold 1 texts, not 2", refused.Message, StringComparison.Ordinal);
        Assert.Single(await ListAsync());
    }

    [Theory]
    [InlineData("approve", "# Advice\n- first\n- second\n- third\n")]
    [InlineData("reject", "# Advice\n- first\n- third\n")]
    public async Task A_change_lands_although_the_one_it_builds_on_waits(string verdict, string text)
    {
        string[] texts = ["# Advice\n- first\n", "# Advice\n- first\n- second\n", "# Advice\n- first\n- second\n- third\n"];
        await SetAsync(new { mode = "rules", rules = new[] { new { name = "unsure", confidence_below = 0.5 } } });

        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md", texts[0]), PlantedDream.Append("c2", "a.md", texts[0], "- second\n") with { Confidence = 0.4 }, PlantedDream.Append("c3", "a.md", texts[1], "- third\n"));
        Assert.Equal("# Advice\n- first\n- third\n", await TextAsync("/a.md"));
        (await DecideAsync(dream, new { change_id = "c2", verdict })).Expect(HttpStatusCode.OK);

        Assert.Equal(text, await TextAsync("/a.md"));
        (await _server.PostAsync($"/v1/reverie/dreams/{dream}/undo", new { })).Expect(HttpStatusCode.OK);
        Assert.Null(await TextAsync("/a.md"));
    }

    [Fact]
    public async Task What_nobody_decided_on_expires()
    {
        await SetAsync(new { expires_after_days = 2 });
        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"), PlantedDream.Create("c2", "b.md", status: ChangeStatus.Quarantined));
        var ends = _server.Clock.GetUtcNow().AddDays(2);
        Assert.All(await ListAsync(), proposal => Assert.Equal(ends, proposal.GetProperty("expires_at").GetDateTimeOffset()));
        _server.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await ListAsync()).Count);

        _server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await ListAsync());
        (await DecideAsync(dream, new { change_id = "c1", verdict = "approve" })).ExpectError(400, "invalid_request_error");
        var began = TimeProvider.System.GetTimestamp();
        while ((await _server.StatusesAsync(dream)).ContainsValue("proposed")) Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "nothing expires");
        Assert.Equal(new() { ["c1"] = "rejected", ["c2"] = "rejected" }, await _server.StatusesAsync(dream));
        var told = (await _server.GetAsync($"/v1/reverie/audit?subject_id={dream}&action=change.expired")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["c2", "c1"], told.Select(static r => r.GetProperty("details").GetProperty("change_id").GetString()));
        Assert.All(told, static r => Assert.Equal(JsonValueKind.Null, r.GetProperty("actor").ValueKind));
        Assert.Null(await TextAsync("/a.md"));
    }

    [Fact]
    public async Task Proposals_that_never_expire_wait_for_years()
    {
        await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"));

        _server.Clock.Advance(TimeSpan.FromDays(4000));

        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task A_store_that_is_not_there_has_no_proposals()
    {
        (await _server.GetAsync("/v1/reverie/memory_stores/memstore_none/proposals")).ExpectError(404, "not_found_error");
        (await _server.GetAsync($"/v1/reverie/memory_stores/{_store}/proposals?page=page_eA")).ExpectError(400, "invalid_request_error");
        Assert.Empty(await ListAsync());
    }

    private async Task<List<JsonElement>> ListAsync(int limit = 100)
    {
        var found = new List<JsonElement>();
        for (string? page = ""; page is not null;)
        {
            var reply = (await _server.GetAsync($"/v1/reverie/memory_stores/{_store}/proposals?limit={limit}{(page.Length > 0 ? $"&page={page}" : "")}")).Expect(HttpStatusCode.OK);
            found.AddRange(reply.Json.GetProperty("data").EnumerateArray());
            page = reply.NextPage;
        }
        return found;
    }

    private async Task<string?> TextAsync(string path)
    {
        var memories = (await _server.GetAsync($"/v1/memory_stores/{_store}/memories?view=full")).Expect(HttpStatusCode.OK).Json.GetProperty("data");
        return memories.EnumerateArray().Where(m => m.GetProperty("path").GetString() == path).Select(static m => m.GetProperty("content").GetString()).SingleOrDefault();
    }

    private Task<Reply> DecideAsync(string dream, params object[] verdicts) => _server.PostAsync($"/v1/reverie/dreams/{dream}/verdicts", new { verdicts });

    private async Task SetAsync(object policy) => (await _server.PostAsync($"/v1/reverie/memory_stores/{_store}/review_policy", policy)).Expect(HttpStatusCode.OK);
}
