using System.Net;
using System.Text.Json;
using Reverie.Audit;
using Reverie.Keys;
using Reverie.Protocol.Audit;
using Reverie.Protocol.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Audit;

/// <summary>What the audit log says of what was done over HTTP.</summary>
public abstract class AuditTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : AuditTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : AuditTests(server), IClassFixture<PostgresServer>;

    private const string Secret = "The vault opens with tulip-42.";

    private readonly TestServer _server = server.OrSkip();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_life_of_a_store_is_told_without_what_its_memories_say()
    {
        var path = await _server.NewStoreAsync();
        var store = path.Split('/')[^1];
        var memory = (await _server.PostAsync($"{path}/memories", new { path = "/a.md", content = Secret })).Expect(HttpStatusCode.OK);
        var version = memory.Json.GetProperty("memory_version_id").GetString();
        (await _server.PostAsync($"{path}/memories/{memory.Id}", new { content = "harmless" })).Expect(HttpStatusCode.OK);
        for (var i = 0; i < 2; i++) (await _server.PostAsync($"{path}/memory_versions/{version}/redact")).Expect(HttpStatusCode.OK);
        (await _server.PostAsync($"/v1/reverie/memory_stores/{store}/rollback", new { to = version, dry_run = true })).Expect(HttpStatusCode.OK);
        (await _server.DeleteAsync($"{path}/memories/{memory.Id}")).Expect(HttpStatusCode.OK);
        for (var i = 0; i < 2; i++) (await _server.PostAsync($"{path}/archive")).Expect(HttpStatusCode.OK);
        (await _server.DeleteAsync(path)).Expect(HttpStatusCode.OK);

        Assert.Equal(["memory_store.created", "memory_store.archived", "memory_store.deleted"], Actions(await ListAsync($"subject_id={store}")));
        var redaction = Assert.Single(await ListAsync($"subject_id={version}"));
        Assert.Equal((AuditActions.VersionRedacted, store, memory.Id), (redaction.Action, redaction.Details["memory_store_id"], redaction.Details["memory_id"]));
        var deletion = Assert.Single(await ListAsync($"subject_id={memory.Id}"));
        Assert.Equal((AuditActions.MemoryDeleted, "/a.md"), (deletion.Action, deletion.Details["path"]));
        Assert.Equal("api_actor", deletion.Actor!.Type);
        Assert.DoesNotContain("tulip", await AllTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_life_of_a_dream_is_told_change_by_change()
    {
        var store = (await _server.NewStoreAsync()).Split('/')[^1];
        (await _server.PostAsync($"/v1/reverie/memory_stores/{store}/review_policy", new { mode = "rules", rules = new[] { new { name = "unsure", confidence_below = 0.5 } } })).Expect(HttpStatusCode.OK);
        var dream = await PlantedDream.LandAsync(_server, store, PlantedDream.Create("c1", "a.md", Secret), PlantedDream.Create("c2", "b.md") with { Confidence = 0.3 }, PlantedDream.Create("c3", "c.md") with { Confidence = 0.3 });
        var approved = new { verdicts = new object[] { new { change_id = "c2", verdict = "approve", inserts = new[] { Secret }, comment = Secret }, new { change_id = "c3", verdict = "reject" } } };
        (await _server.PostAsync($"/v1/reverie/dreams/{dream}/verdicts", approved)).Expect(HttpStatusCode.OK);
        (await _server.PostAsync($"/v1/reverie/dreams/{dream}/undo", new { })).Expect(HttpStatusCode.OK);
        (await _server.PostAsync($"/v1/dreams/{dream}/archive")).Expect(HttpStatusCode.OK);

        var told = await ListAsync($"subject_id={dream}");

        Assert.Equal(["change.applied c1", "change.proposed c2 rule unsure", "change.proposed c3 rule unsure", "dream.completed", "change.applied c2 approved with edits", "change.rejected c3", "change.undone c2", "change.undone c1", "dream.archived"],
            told.Select(static r => $"{r.Action} {r.Details.GetValueOrDefault("change_id")} {r.Details.GetValueOrDefault("reason")}".Trim()));
        Assert.Equal(["session_actor", "api_actor"], told.Select(static r => r.Actor!.Type).Distinct(StringComparer.Ordinal));
        Assert.Equal("rules", Assert.Single(await ListAsync($"subject_id={store}&action=review_policy.changed")).Details["mode"]);
        Assert.DoesNotContain("tulip", await AllTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dreams_sessions_imports_agents_and_environments_are_told()
    {
        var store = (await _server.NewStoreAsync()).Split('/')[^1];
        var session = (await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), Secret)))[0];
        var asked = new { model = "reverie/local", inputs = new object[] { new { type = "memory_store", memory_store_id = store }, new { type = "sessions", session_ids = new[] { session } } } };
        var dream = (await _server.PostAsync("/v1/dreams", asked)).Expect(HttpStatusCode.OK).Id;
        var copy = (await _server.EndedAsync(dream)).GetProperty("outputs")[0].GetProperty("memory_store_id").GetString();
        await using var held = await HeldDream.PendingAsync(_server, store, [session]);
        (await _server.PostAsync($"/v1/dreams/{held.Id}/cancel")).Expect(HttpStatusCode.OK);
        (await _server.DeleteAsync($"/v1/sessions/{session}")).Expect(HttpStatusCode.OK);
        var agent = (await _server.PostAsync("/v1/agents", new { name = "a", model = "m" })).Expect(HttpStatusCode.OK).Id;
        (await _server.PostAsync($"/v1/agents/{agent}/archive")).Expect(HttpStatusCode.OK);
        var environment = (await _server.PostAsync("/v1/environments", new { name = $"{Guid.NewGuid():N}", config = new { type = "cloud" } })).Expect(HttpStatusCode.OK).Id;
        (await _server.PostAsync($"/v1/environments/{environment}/archive")).Expect(HttpStatusCode.OK);
        (await _server.DeleteAsync($"/v1/environments/{environment}")).Expect(HttpStatusCode.OK);

        Assert.Equal(["dream.created", "dream.completed"], Actions(await ListAsync($"subject_id={dream}")));
        Assert.Equal("api_actor", Assert.Single(await ListAsync($"subject_id={held.Id}&action=dream.canceled")).Actor!.Type);
        Assert.Equal(store, Assert.Single(await ListAsync($"subject_id={copy}")).Details["copy_of"]);
        Assert.Equal("0", Assert.Single(await ListAsync($"subject_id={session}&action=session.deleted")).Details["memories_rewritten"]);
        Assert.Equal(["agent.created", "agent.archived"], Actions(await ListAsync($"subject_id={agent}")));
        Assert.Equal(["environment.created", "environment.archived", "environment.deleted"], Actions(await ListAsync($"subject_id={environment}")));
        var import = (await ListAsync("action=sessions.import_ended"))[^1];
        Assert.Equal(["sessions.import_begun", "sessions.import_ended"], Actions(await ListAsync($"subject_id={import.Subject.Id}")));
        Assert.Equal("1", import.Details["imported"]);
    }

    [Fact]
    public async Task What_was_refused_is_not_told()
    {
        var head = await HeadAsync();

        (await _server.DeleteAsync("/v1/memory_stores/memstore_none")).ExpectError(404, "not_found_error");
        (await _server.PostAsync("/v1/memory_stores", new { name = "" })).ExpectError(400, "invalid_request_error");

        Assert.Equal(head, await HeadAsync());
    }

    [Fact]
    public async Task Records_are_paged_in_both_orders_and_filtered()
    {
        for (var i = 0; i < 5; i++) await _server.NewStoreAsync();
        var since = _server.Clock.GetUtcNow().AddSeconds(1);
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        await _server.NewStoreAsync();

        var forward = await ListAsync("limit=2&order=asc", isAscending: true);
        var back = await ListAsync("limit=2");

        Assert.Equal(Enumerable.Range(1, forward.Count).Select(static n => (long)n), forward.Select(static r => r.Seq));
        Assert.Equal(forward.Select(static r => r.Hash), back.Select(static r => r.Hash));
        Assert.Single(await ListAsync($"action=memory_store.created&created_at[gte]={Uri.EscapeDataString(since.ToString("O"))}"));
        var key = forward.Last(static r => r.Actor?.Type == "api_actor").Actor!.Id;
        Assert.All(await ListAsync($"actor_id={key}"), r => Assert.Equal(key, r.Actor!.Id));
        Assert.Empty(await ListAsync("actor_id=apikey_none"));
        Assert.Equal(new AuditHead(forward[^1].Seq, forward[^1].Hash), await HeadAsync());
        (await _server.GetAsync("/v1/reverie/audit?order=sideways")).ExpectError(400, "invalid_request_error");
        (await _server.GetAsync($"/v1/reverie/audit?order=asc&page={(await _server.GetAsync("/v1/reverie/audit?limit=1")).NextPage}")).ExpectError(400, "invalid_request_error");
    }

    [Fact]
    public async Task Each_workspace_has_a_log_of_its_own()
    {
        await _server.NewStoreAsync();
        var secret = await _server.CreateKeyAsync("wrkspc_audit");
        using var before = TestServer.Request(HttpMethod.Get, "/v1/reverie/audit/head", secret);
        var empty = (await _server.SendAsync(before)).Expect(HttpStatusCode.OK).Json;

        (await _server.PostAsAsync(secret, "/v1/memory_stores", new { name = "theirs" })).Expect(HttpStatusCode.OK);

        using var after = TestServer.Request(HttpMethod.Get, "/v1/reverie/audit", secret);
        var told = Assert.Single((await _server.SendAsync(after)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()).Deserialize(WireJson.Wire.AuditRecord)!;
        Assert.Equal((0, new string('0', 64)), (empty.GetProperty("seq").GetInt64(), empty.GetProperty("hash").GetString()));
        Assert.Equal((1, new string('0', 64), "memory_store.created"), (told.Seq, told.PreviousHash, told.Action));
    }

    [Fact]
    public async Task Many_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var path = await _server.NewStoreAsync();
            if (i % 2 == 0) (await _server.DeleteAsync(path)).Expect(HttpStatusCode.OK);
        }));

        await using var database = _server.OpenDatabase();
        var (head, problem) = await database.ReadAsync(static db => AuditLog.VerifyAsync(db, ApiKeyRepository.DefaultWorkspace, null), Cancelled);
        Assert.Null(problem);
        Assert.True(head.Seq >= 60);
    }

    [Fact]
    public async Task The_command_verifies_and_lists_on_the_data_directory_and_from_elsewhere()
    {
        var store = (await _server.NewStoreAsync()).Split('/')[^1];
        var head = await HeadAsync();
        await _server.NewStoreAsync();
        var now = await HeadAsync();

        foreach (var way in new string[][] { ["--data", _server.DataDirectory], ["--url", _server.Url] })
        {
            var verified = await RunAsync(["audit", "verify", "--expect-head", $"{head.Seq}:{head.Hash}", .. way]);
            var rewritten = await RunAsync(["audit", "verify", "--expect-head", $"{head.Seq}:{new string('a', 64)}", .. way]);
            var truncated = await RunAsync(["audit", "verify", "--expect-head", $"{now.Seq + 1}:{new string('a', 64)}", .. way]);
            var unusable = await RunAsync(["audit", "verify", "--expect-head", "12", .. way]);
            var listed = await RunAsync(["audit", "list", "--subject", store, .. way]);

            Assert.Equal((0, $"{now.Seq:N0} records fit; head {now.Seq}:{now.Hash}"), (verified.Code, verified.Out.Trim()));
            Assert.Equal((1, 1, 2), (rewritten.Code, truncated.Code, unusable.Code));
            Assert.Contains($"record {head.Seq} has the hash {head.Hash}", rewritten.Out, StringComparison.Ordinal);
            Assert.Contains($"record {now.Seq + 1} is missing", truncated.Out, StringComparison.Ordinal);
            Assert.Contains($"memory_store.created {store} by apikey_", Assert.Single(listed.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
        Assert.Equal(2, (await RunAsync("audit", "verify", "--url", "nowhere")).Code);
        foreach (var way in new[] { "list", "verify" })
        {
            var (code, _, error) = await RunAsync("audit", way, "--url", _server.Url, "--workspace", "wrkspc_other");
            Assert.Equal(2, code);
            Assert.Contains("--workspace does not go with --url", error, StringComparison.Ordinal);
        }
    }

    private Task<(int Code, string Out, string Error)> RunAsync(params string[] args) => ReverieProcess.RunAsync(_server.Postgres, args);

    private static IEnumerable<string> Actions(IEnumerable<AuditRecord> records) => records.Select(static r => r.Action);

    /// <summary>Every page, oldest first.</summary>
    private async Task<List<AuditRecord>> ListAsync(string query, bool isAscending = false)
    {
        var found = new List<AuditRecord>();
        for (string? page = ""; page is not null;)
        {
            var reply = (await _server.GetAsync($"/v1/reverie/audit?{query}{(page.Length > 0 ? $"&page={page}" : "")}")).Expect(HttpStatusCode.OK);
            found.AddRange(reply.Json.GetProperty("data").EnumerateArray().Select(static r => r.Deserialize(WireJson.Wire.AuditRecord)!));
            page = reply.NextPage;
        }
        if (!isAscending) found.Reverse();
        return found;
    }

    private async Task<AuditHead> HeadAsync() => (await _server.GetAsync("/v1/reverie/audit/head")).Expect(HttpStatusCode.OK).Json.Deserialize(WireJson.Wire.AuditHead)!;

    private async Task<string> AllTextAsync() => (await _server.GetAsync("/v1/reverie/audit?limit=1000")).Expect(HttpStatusCode.OK).Text;
}
