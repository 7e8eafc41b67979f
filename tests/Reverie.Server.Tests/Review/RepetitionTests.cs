using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Review;

/// <summary>Dreams that say again what other dreams have said.</summary>
public abstract class RepetitionTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : RepetitionTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : RepetitionTests(server), IClassFixture<PostgresServer>;

    private const string First = "# Errors\n\n## One\n\n- do this\n";
    private const string Second = "\n## Two\n\n- seen in 4 sessions\n";
    private readonly TestServer _server = server.OrSkip();
    private string _store = "";

    public async ValueTask InitializeAsync()
    {
        _store = (await _server.NewStoreAsync()).Split('/')[^1];
        (await _server.PostAsync($"/v1/reverie/memory_stores/{_store}/review_policy", new { mode = "ask" })).Expect(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_two_dreams_propose_is_written_once()
    {
        var one = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "errors.md", First), PlantedDream.Append("c2", "errors.md", First, Second));
        var two = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "errors.md", First), PlantedDream.Append("c2", "errors.md", First, Second));

        Assert.Equal([("applied", null), ("applied", null)], await ApproveAsync(one, "c1", "c2"));
        Assert.Equal([("conflict", "stands there already"), ("conflict", "stands there already")], await ApproveAsync(two, "c1", "c2"));

        Assert.Equal(First + Second, await TextAsync());
        Assert.Equal(new() { ["c1"] = "rejected", ["c2"] = "rejected" }, await _server.StatusesAsync(two));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task A_section_with_other_counts_does_not_stand_twice()
    {
        var one = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "errors.md", First), PlantedDream.Append("c2", "errors.md", First, Second));
        var two = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "errors.md", First), PlantedDream.Append("c2", "errors.md", First, Second.Replace('4', '9')));
        await ApproveAsync(one, "c1", "c2");

        var verdict = Assert.Single(await ApproveAsync(two, "c2"));

        Assert.Equal(("conflict", "the section “Two” stands there already, in other words; reject this change, or edit the memory"), verdict);
        Assert.Equal(First + Second, await TextAsync());
        Assert.Equal("proposed", (await _server.StatusesAsync(two))["c2"]);
    }

    [Fact]
    public async Task A_dream_that_applies_by_itself_writes_nothing_twice_either()
    {
        (await _server.PostAsync($"/v1/reverie/memory_stores/{_store}/review_policy", new { mode = "auto" })).Expect(HttpStatusCode.OK);
        await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "errors.md", First), PlantedDream.Append("c2", "errors.md", First, Second));

        var two = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "errors.md", First), PlantedDream.Append("c2", "errors.md", First, Second));

        Assert.Equal(First + Second, await TextAsync());
        Assert.Equal(new() { ["c1"] = "rejected", ["c2"] = "rejected" }, await _server.StatusesAsync(two));
    }

    [Fact]
    public async Task A_change_to_a_memory_that_another_one_makes_says_which_to_approve_first()
    {
        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "errors.md", First), PlantedDream.Append("c2", "errors.md", First, Second));

        Assert.Equal([("conflict", "c1 makes the memory and waits; approve c1 first")], await ApproveAsync(dream, "c2"));
        (await _server.PostAsync($"/v1/reverie/dreams/{dream}/verdicts", new { verdicts = new[] { new { change_id = "c1", verdict = "reject", comment = "not so" } } })).Expect(HttpStatusCode.OK);
        Assert.Equal([("conflict", "c1, which was to make the memory, was turned down: not so")], await ApproveAsync(dream, "c2"));
    }

    [Fact]
    public async Task The_same_dream_again_does_not_pile_up_proposals_and_leaves_out_what_a_person_rejected()
    {
        var sessions = await _server.ImportAsync(SampleSessions.WithLessons());
        var first = await DreamAsync(sessions);
        var waiting = await WaitingAsync();
        Assert.True(waiting.Count > 2, $"{waiting.Count} wait");
        var rejected = waiting.Where(static p => p.GetProperty("change").GetProperty("kind").GetString() is "mistake" or "workflow" or "fact" or "preference").Select(static p => p.GetProperty("change").GetProperty("id").GetString()!).Take(2).ToList();
        (await _server.PostAsync($"/v1/reverie/dreams/{first}/verdicts", new { verdicts = rejected.Select(static id => new { change_id = id, verdict = "reject", comment = "not so" }) })).Expect(HttpStatusCode.OK);

        var second = await DreamAsync(sessions);
        var third = await DreamAsync(sessions);

        Assert.Equal(waiting.Count - rejected.Count, (await WaitingAsync()).Count);
        Assert.All(await WaitingAsync(), p => Assert.Equal(third, p.GetProperty("dream_id").GetString()));
        var refused = (await _server.GetAsync($"/v1/reverie/dreams/{third}/report")).Json.GetProperty("refused").EnumerateArray().Select(static r => r.GetProperty("reason").GetString()!).ToList();
        Assert.All(rejected, id => Assert.Single(refused, r => r.StartsWith($"a person rejected {first}/{id}, which says the same", StringComparison.Ordinal)));
        var told = (await _server.GetAsync($"/v1/reverie/audit?subject_id={first}&action=change.superseded")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(waiting.Count - rejected.Count, told.Count);
        Assert.All(told, r => Assert.StartsWith($"superseded by {second}/", r.GetProperty("details").GetProperty("reason").GetString(), StringComparison.Ordinal));
    }

    private async Task<string> DreamAsync(List<string> sessions)
    {
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var asked = await _server.PostAsync("/v1/dreams", new
        {
            model = "reverie/local",
            inputs = new object[] { new { type = "memory_store", memory_store_id = _store }, new { type = "sessions", session_ids = sessions } },
            output_behavior = new { type = "update_existing", memory_store_id = _store },
        });
        await _server.EndedAsync(asked.Expect(HttpStatusCode.OK).Id);
        return asked.Id;
    }

    private async Task<List<(string?, string?)>> ApproveAsync(string dream, params string[] changes)
    {
        var verdicts = (await _server.PostAsync($"/v1/reverie/dreams/{dream}/verdicts", new { verdicts = changes.Select(static id => new { change_id = id, verdict = "approve" }) })).Expect(HttpStatusCode.OK).Json;
        return [.. verdicts.GetProperty("data").EnumerateArray().Select(static v => (v.GetProperty("result").GetString(), v.GetProperty("note").GetString()))];
    }

    private async Task<List<JsonElement>> WaitingAsync() => [.. (await _server.GetAsync($"/v1/reverie/memory_stores/{_store}/proposals?limit=100")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];

    private async Task<string?> TextAsync() => Assert.Single((await _server.GetAsync($"/v1/memory_stores/{_store}/memories?view=full")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()).GetProperty("content").GetString();
}
