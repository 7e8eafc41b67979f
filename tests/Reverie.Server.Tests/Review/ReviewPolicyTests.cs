using System.Net;
using Reverie.Protocol.Dreams;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Review;

/// <summary>Who decides on changes, and which wait for a person.</summary>
public abstract class ReviewPolicyTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : ReviewPolicyTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : ReviewPolicyTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();
    private string _store = "";

    private string Policy => $"/v1/reverie/memory_stores/{_store}/review_policy";

    public async ValueTask InitializeAsync() => _store = (await _server.NewStoreAsync()).Split('/')[^1];

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_store_without_a_policy_applies_everything_but_what_is_quarantined()
    {
        var policy = (await _server.GetAsync(Policy)).Expect(HttpStatusCode.OK).Json;
        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"), PlantedDream.Create("c2", "b.md", status: ChangeStatus.Quarantined));

        Assert.Equal(("review_policy", "auto"), (policy.GetProperty("type").GetString(), policy.GetProperty("mode").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, policy.GetProperty("updated_at").ValueKind);
        Assert.Equal(new() { ["c1"] = "applied", ["c2"] = "quarantined" }, await _server.StatusesAsync(dream));
    }

    [Fact]
    public async Task A_policy_that_asks_leaves_every_change_for_a_person()
    {
        await SetAsync(new { mode = "ask" });

        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"), PlantedDream.Create("c2", "b.md"));

        Assert.Equal(new() { ["c1"] = "proposed", ["c2"] = "proposed" }, await _server.StatusesAsync(dream));
    }

    [Fact]
    public async Task Rules_ask_for_what_they_match_and_the_proposal_says_which()
    {
        await AddAsync("/old.md", "gone\n");
        await SetAsync(new
        {
            mode = "rules",
            rules = new object[]
            {
                new { name = "deletions", deletions = true },
                new { name = "unsure", confidence_below = 0.5 },
                new { name = "few witnesses", kinds = new[] { "preference" }, principals_below = 2 },
            },
            high_stakes_paths = new[] { "/payments/**" },
        });

        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"), PlantedDream.Delete("c2", "old.md", "gone\n"), PlantedDream.Create("c3", "b.md") with { Confidence = 0.4 },
            PlantedDream.Create("c4", "c.md") with { Kind = ChangeKind.Preference }, PlantedDream.Create("c5", "payments/refunds.md"));

        Assert.Equal(new() { ["c1"] = "applied", ["c2"] = "proposed", ["c3"] = "proposed", ["c4"] = "proposed", ["c5"] = "proposed" }, await _server.StatusesAsync(dream));
        var reasons = (await _server.GetAsync($"/v1/reverie/memory_stores/{_store}/proposals")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(static p => p.GetProperty("reason").GetString());
        Assert.Equal(["rule deletions", "rule unsure", "rule few witnesses", "high-stakes path /payments/**"], reasons);
    }

    [Fact]
    public async Task High_stakes_paths_ask_in_every_mode()
    {
        await SetAsync(new { high_stakes_paths = new[] { "keys/*.md" } });

        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "keys/a.md"), PlantedDream.Create("c2", "keys/deep/a.md"));

        Assert.Equal(new() { ["c1"] = "proposed", ["c2"] = "applied" }, await _server.StatusesAsync(dream));
    }

    [Fact]
    public async Task A_copy_that_a_dream_makes_has_the_policy_of_its_store()
    {
        await SetAsync(new { mode = "ask", expires_after_days = 3 });
        await AddAsync("/a.md", "text\n");
        var sessions = await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), "hello"));

        var asked = (await _server.PostAsync("/v1/dreams", new { model = "reverie/local", inputs = new object[] { new { type = "memory_store", memory_store_id = _store }, new { type = "sessions", session_ids = sessions } } })).Expect(HttpStatusCode.OK);
        var copy = (await _server.EndedAsync(asked.Id)).GetProperty("outputs")[0].GetProperty("memory_store_id").GetString();

        var policy = (await _server.GetAsync($"/v1/reverie/memory_stores/{copy}/review_policy")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("ask", 3, copy), (policy.GetProperty("mode").GetString(), policy.GetProperty("expires_after_days").GetInt32(), policy.GetProperty("memory_store_id").GetString()));
    }

    [Fact]
    public async Task Only_reviewers_decide_and_undo_and_only_owners_change_the_policy()
    {
        var (reviewer, owner, stranger) = (await _server.NewKeyAsync(), await _server.NewKeyAsync(), await _server.NewKeyAsync());
        await SetAsync(new { mode = "ask", owners = new[] { owner.Id }, reviewers = new[] { reviewer.Id } });
        var dream = await PlantedDream.LandAsync(_server, _store, PlantedDream.Create("c1", "a.md"));
        var approve = new { verdicts = new[] { new { change_id = "c1", verdict = "approve" } } };

        var refused = (await _server.PostAsAsync(owner.Secret, $"/v1/reverie/dreams/{dream}/verdicts", approve)).ExpectError(403, "permission_error");
        (await _server.PostAsAsync(stranger.Secret, $"/v1/reverie/dreams/{dream}/undo", new { })).ExpectError(403, "permission_error");
        var notOwner = (await _server.PostAsAsync(reviewer.Secret, Policy, new { mode = "auto" })).ExpectError(403, "permission_error");
        Assert.Equal("proposed", (await _server.StatusesAsync(dream))["c1"]);
        (await _server.PostAsAsync(reviewer.Secret, $"/v1/reverie/dreams/{dream}/verdicts", approve)).Expect(HttpStatusCode.OK);
        (await _server.PostAsAsync(owner.Secret, Policy, new { owners = Array.Empty<string>() })).Expect(HttpStatusCode.OK);
        (await _server.PostAsAsync(stranger.Secret, Policy, new { mode = "auto" })).Expect(HttpStatusCode.OK);

        Assert.Contains("is no reviewer", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reviewer.Id, refused.Message, StringComparison.Ordinal);
        Assert.Contains("is no owner", notOwner.Message, StringComparison.Ordinal);
        Assert.Equal("applied", (await _server.StatusesAsync(dream))["c1"]);
    }

    [Fact]
    public async Task What_is_left_out_stays_and_null_clears_the_expiry()
    {
        await SetAsync(new { mode = "rules", rules = new[] { new { name = "all facts", kinds = new[] { "fact" } } }, expires_after_days = 7 });

        await SetAsync(new { high_stakes_paths = new[] { "a/**" } });
        var policy = await SetAsync(new { expires_after_days = (int?)null });

        Assert.Equal("rules", policy.Json.GetProperty("mode").GetString());
        Assert.Equal("all facts", policy.Json.GetProperty("rules")[0].GetProperty("name").GetString());
        Assert.Equal("a/**", policy.Json.GetProperty("high_stakes_paths")[0].GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, policy.Json.GetProperty("expires_after_days").ValueKind);
    }

    [Theory]
    [InlineData("""{"mode":"never"}""", "mode must be auto or ask or rules")]
    [InlineData("""{"mode":"rules"}""", "rules must hold at least one rule")]
    [InlineData("""{"owners":["laptop"]}""", "owners holds \"laptop\", which is no key id")]
    [InlineData("""{"owners":["apikey_unknown"]}""", "owners holds \"apikey_unknown\", which is no key in use")]
    [InlineData("""{"reviewers":["apikey_a","apikey_a"]}""", "reviewers holds \"apikey_a\" twice")]
    [InlineData("""{"rules":[{"name":"x"}]}""", "rules[0] has no condition")]
    [InlineData("""{"rules":[{"name":"x","deletions":false}]}""", "rules[0] has no condition")]
    [InlineData("""{"rules":[{"deletions":true}]}""", "rules[0].name is required")]
    [InlineData("""{"rules":[{"name":"x","kinds":["rumour"]}]}""", "rules[0].kinds holds \"rumour\"")]
    [InlineData("""{"rules":[{"name":"x","kinds":[]}]}""", "rules[0].kinds is empty")]
    [InlineData("""{"rules":[{"name":"x","confidence_below":0}]}""", "rules[0].confidence_below must be")]
    [InlineData("""{"rules":[{"name":"x","confidence_below":1e999}]}""", "rules[0].confidence_below must be")]
    [InlineData("""{"rules":[{"name":"x","principals_below":1}]}""", "rules[0].principals_below must be a whole number from 2 to 1000")]
    [InlineData("""{"rules":[{"name":"x","paths":["../a"]}]}""", "rules[0].paths holds \"../a\", which is no pattern of paths")]
    [InlineData("""{"rules":[{"name":"x","paths":["{a"]}]}""", "rules[0].paths holds \"{a\", which is no pattern of paths")]
    [InlineData("""{"rules":[{"name":"x","weather":1,"deletions":true}]}""", "weather")]
    [InlineData("""{"high_stakes_paths":["[a"]}""", "high_stakes_paths holds")]
    [InlineData("""{"expires_after_days":0}""", "expires_after_days must be a whole number from 1 to 3650")]
    public async Task What_cannot_be_a_policy_is_refused_by_the_name_of_the_field(string body, string reason) =>
        Assert.Contains(reason, (await _server.PostAsync(Policy, body)).ExpectError(400, "invalid_request_error").Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_policy_goes_with_its_store_and_is_not_seen_from_elsewhere()
    {
        await SetAsync(new { mode = "ask" });
        using var elsewhere = TestServer.Request(HttpMethod.Get, Policy, await _server.CreateKeyAsync("wrkspc_review"));

        (await _server.SendAsync(elsewhere)).ExpectError(404, "not_found_error");
        (await _server.DeleteAsync($"/v1/memory_stores/{_store}")).Expect(HttpStatusCode.OK);
        (await _server.GetAsync(Policy)).ExpectError(404, "not_found_error");
        (await _server.PostAsync(Policy, new { mode = "auto" })).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task An_archived_store_keeps_its_policy()
    {
        await SetAsync(new { mode = "ask" });
        (await _server.PostAsync($"/v1/memory_stores/{_store}/archive")).Expect(HttpStatusCode.OK);

        (await _server.PostAsync(Policy, new { mode = "auto" })).ExpectError(400, "invalid_request_error");
        Assert.Equal("ask", (await _server.GetAsync(Policy)).Expect(HttpStatusCode.OK).Json.GetProperty("mode").GetString());
    }

    private async Task<Reply> SetAsync(object policy) => (await _server.PostAsync(Policy, policy)).Expect(HttpStatusCode.OK);

    private async Task AddAsync(string path, string content) => (await _server.PostAsync($"/v1/memory_stores/{_store}/memories", new { path, content })).Expect(HttpStatusCode.OK);
}
