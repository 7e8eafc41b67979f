using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Beta.Dreams;
using Anthropic.Models.Beta.MemoryStores.Memories;
using Anthropic.Models.Beta.MemoryStores.MemoryVersions;
using Anthropic.Services.Beta;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Dreams;

/// <summary>Dreams, through the official client.</summary>
public abstract class DreamTests(TestServer server) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteServer server) : DreamTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : DreamTests(server), IClassFixture<PostgresServer>;

    private const string Unknown = "drm_011CZkZAtmR3yMPDzynEDxu7";
    private const string UnknownStore = "memstore_011CZkZAtmR3yMPDzynEDxu7";

    /// <summary>A dream takes about a second; past this it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestServer _server = server.OrSkip();
    private string _store = "";
    private List<string> _sessions = [];

    private IDreamService Dreams => _server.Client.Beta.Dreams;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = (await _server.NewStoreAsync()).Split('/')[^1];
        _sessions = await _server.ImportAsync(SampleSessions.WithLessons());
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_new_dream_is_pending_with_every_default_resolved()
    {
        var asked = await Dreams.Create(Over(_sessions.AsEnumerable().Reverse()) with { Model = new BetaDreamModelConfigParam { ID = "reverie/local", Speed = BetaDreamModelConfigParamSpeed.Standard }, Instructions = "Only SQL." }, Cancelled);

        asked.Validate();
        Assert.StartsWith("drm_", asked.ID, StringComparison.Ordinal);
        Assert.Equal((BetaDreamStatus.Pending, "Only SQL.", "reverie/local", Speed.Standard), (asked.Status.Value(), asked.Instructions, asked.Model.ID, asked.Model.Speed!.Value()));
        Assert.IsType<BetaOutputBehaviorCreateNew>(asked.OutputBehavior!.Value);
        Assert.Equal(_store, ((BetaDreamMemoryStoreInput)asked.Inputs[0].Value!).MemoryStoreID);
        Assert.Equal(_sessions.Order(StringComparer.Ordinal), ((BetaDreamSessionsInput)asked.Inputs[1].Value!).SessionIds);
        Assert.Empty(asked.Outputs);
        Assert.Equal((null, null, null, null), (asked.SessionID, asked.Error, asked.EndedAt, asked.ArchivedAt));
        Assert.Equal((0, 0), (asked.Usage.InputTokens, asked.Usage.OutputTokens));
        await EndedAsync(asked.ID);
    }

    [Fact]
    public async Task By_default_a_dream_writes_to_a_copy()
    {
        await Memories.Create(_store, new() { Path = "/team.md", Content = "- Speak plainly\n" }, Cancelled);

        var dream = await EndedAsync((await Dreams.Create(Over(_sessions), Cancelled)).ID);

        dream.Validate();
        Assert.Equal(BetaDreamStatus.Completed, dream.Status.Value());
        var output = Assert.Single(dream.Outputs).MemoryStoreID;
        Assert.NotEqual(_store, output);
        Assert.Equal(["/team.md"], await PathsAsync(_store));
        var copied = await PathsAsync(output);
        Assert.Contains("/team.md", copied);
        Assert.True(copied.Count > 1);
    }

    [Fact]
    public async Task A_dream_may_write_to_the_store_it_reads_and_signs_what_it_writes()
    {
        var dream = await EndedAsync((await Dreams.Create(Over(_sessions) with { OutputBehavior = Onto(_store) }, Cancelled)).ID);

        Assert.Equal(_store, Assert.Single(dream.Outputs).MemoryStoreID);
        var versions = (await _server.Client.Beta.MemoryStores.MemoryVersions.List(_store, cancellationToken: Cancelled)).Items;
        Assert.NotEmpty(versions);
        Assert.All(versions, v => Assert.Equal(dream.SessionID, ((BetaManagedAgentsSessionActor)v.CreatedBy!.Value!).SessionID));
        Assert.NotNull((await _server.Client.Beta.Sessions.Retrieve(dream.SessionID!, cancellationToken: Cancelled)).ArchivedAt);
    }

    [Fact]
    public async Task Lists_are_newest_first_filtered_and_paged()
    {
        var since = _server.Clock.GetUtcNow();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            await using var held = await HeldDream.PendingAsync(_server, _store, _sessions);
            ids.Insert(0, held.Id);
        }
        await Dreams.Cancel(ids[1], cancellationToken: Cancelled);
        await Dreams.Cancel(ids[2], cancellationToken: Cancelled);
        await Dreams.Archive(ids[2], cancellationToken: Cancelled);
        var mine = new DreamListParams { CreatedAtGt = since, Limit = 2 };

        Assert.Equal([ids[0], ids[1], ids[3], ids[4]], await IdsAsync(mine));
        Assert.Equal(ids, await IdsAsync(mine with { IncludeArchived = true }));
        Assert.Equal([ids[1], ids[2]], await IdsAsync(mine with { IncludeArchived = true, Statuses = [BetaDreamStatus.Canceled, BetaDreamStatus.Failed] }));
        Assert.Equal([ids[3]], await IdsAsync(mine with { CreatedAtGt = since.AddSeconds(1), CreatedAtLt = since.AddSeconds(3) }));
        Assert.NotNull((await Dreams.Retrieve(ids[2], cancellationToken: Cancelled)).ArchivedAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dream_that_has_not_ended_can_be_canceled_once_and_for_all(bool isRunning)
    {
        await using var held = await (isRunning ? HeldDream.RunningAsync(_server, _store, _sessions) : HeldDream.PendingAsync(_server, _store, _sessions));

        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Dreams.Archive(held.Id, cancellationToken: Cancelled));
        var canceled = await Dreams.Cancel(held.Id, cancellationToken: Cancelled);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await Dreams.Cancel(held.Id, cancellationToken: Cancelled);
        var archived = await Dreams.Archive(held.Id, cancellationToken: Cancelled);
        var twice = await Dreams.Archive(held.Id, cancellationToken: Cancelled);

        canceled.Validate();
        Assert.Equal((BetaDreamStatus.Canceled, null), (canceled.Status.Value(), canceled.Error));
        Assert.Equal(canceled.EndedAt, again.EndedAt);
        Assert.Equal((BetaDreamStatus.Canceled, archived.ArchivedAt), (twice.Status.Value(), twice.ArchivedAt));
        Assert.NotNull(archived.ArchivedAt);
    }

    [Fact]
    public async Task A_completed_dream_cannot_be_canceled()
    {
        var dream = await EndedAsync((await Dreams.Create(Over(_sessions.Take(1)), Cancelled)).ID);

        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Dreams.Cancel(dream.ID, cancellationToken: Cancelled));
        Assert.NotNull((await Dreams.Archive(dream.ID, cancellationToken: Cancelled)).ArchivedAt);
    }

    [Fact]
    public async Task A_store_that_a_dream_is_to_update_is_held_and_the_client_does_not_try_again()
    {
        await using var held = await HeldDream.PendingAsync(_server, _store, _sessions, updatesExisting: true);
        var asked = Over(_sessions) with { OutputBehavior = Onto(_store) };

        var error = await Assert.ThrowsAsync<AnthropicConflictException>(() => Dreams.Create(asked, Cancelled));
        await Dreams.Create(Over(_sessions.Take(1)), Cancelled);
        await Dreams.Cancel(held.Id, cancellationToken: Cancelled);
        await EndedAsync((await Dreams.Create(asked, Cancelled)).ID);

        Assert.Contains(held.Id, error.ResponseBody, StringComparison.Ordinal);
        Assert.Contains("conflict_error", error.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dream_whose_store_was_archived_meanwhile_fails_and_says_so()
    {
        await using var held = await HeldDream.PendingAsync(_server, _store, _sessions);
        await _server.Client.Beta.MemoryStores.Archive(_store, cancellationToken: Cancelled);
        await held.LetGoAsync();

        var dream = await EndedAsync(held.Id);

        dream.Validate();
        Assert.Equal((BetaDreamStatus.Failed, "input_memory_store_unavailable"), (dream.Status.Value(), dream.Error!.Type));
        Assert.Contains(_store, dream.Error.Message, StringComparison.Ordinal);
        Assert.Empty(dream.Outputs);
    }

    [Fact]
    public async Task A_dream_whose_store_was_deleted_while_it_ran_fails_and_names_it()
    {
        await using var held = await HeldDream.RunningAsync(_server, _store, _sessions);
        await _server.Client.Beta.MemoryStores.Delete(_store, cancellationToken: Cancelled);
        await held.LetGoAsync();

        var dream = await EndedAsync(held.Id);

        Assert.Equal((BetaDreamStatus.Failed, "input_memory_store_unavailable"), (dream.Status.Value(), dream.Error!.Type));
        Assert.Contains(_store, dream.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/dreams")]
    [InlineData("/v1/reverie/dreams")]
    public async Task Fields_that_nobody_knows_are_refused_wherever_they_stand(string path)
    {
        var body = new
        {
            model = new { id = "reverie/local", effort = "high" },
            inputs = new object[] { new { type = "memory_store", memory_store_id = _store, path = "/a" }, new { type = "sessions", session_ids = _sessions.Take(1), limit = 5 } },
            output_behavior = new { type = "update_existing", memory_store_id = _store, keep = true },
        };

        var refused = (await _server.PostAsync(path, body)).ExpectError(400, "invalid_request_error").Message;

        foreach (var field in new[] { "model.\"effort\"", "inputs[0].\"path\"", "inputs[1].\"limit\"", "output_behavior.\"keep\"" }) Assert.Contains($"{field} is not a field of this request", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dream_whose_session_was_deleted_meanwhile_fails_and_says_so()
    {
        var doomed = (await _server.ImportAsync(SampleSessions.Said($"{Guid.NewGuid()}", _server.Clock.GetUtcNow(), "hello")))[0];
        await using var held = await HeldDream.PendingAsync(_server, _store, [doomed]);
        await _server.Client.Beta.Sessions.Delete(doomed, cancellationToken: Cancelled);
        await held.LetGoAsync();

        var dream = await EndedAsync(held.Id);

        Assert.Equal((BetaDreamStatus.Failed, "input_session_unavailable"), (dream.Status.Value(), dream.Error!.Type));
        Assert.Contains(doomed, dream.Error.Message, StringComparison.Ordinal);
        Assert.NotNull(dream.SessionID);
    }

    [Fact]
    public async Task What_cannot_be_dreamt_is_refused_by_the_name_of_the_field()
    {
        BetaDreamInput store = new BetaDreamMemoryStoreInput { MemoryStoreID = _store, Type = JsonSerializer.SerializeToElement("memory_store") };
        var asked = Over(_sessions.Take(1));

        await RefusedAsync("model", asked with { Model = "claude-opus-5" });
        await RefusedAsync("model", asked with { Model = new BetaDreamModelConfigParam { ID = "" } });
        await RefusedAsync("model.speed", asked with { Model = new BetaDreamModelConfigParam { ID = "reverie/local", Speed = BetaDreamModelConfigParamSpeed.Fast } });
        await RefusedAsync("instructions", asked with { Instructions = "" });
        await RefusedAsync("instructions", asked with { Instructions = new string('x', 4097) });
        await RefusedAsync("inputs", asked with { Inputs = [] });
        await RefusedAsync("inputs", asked with { Inputs = [store] });
        await RefusedAsync("inputs[1]", asked with { Inputs = [store, store] });
        await RefusedAsync("inputs[1].session_ids", Over([]));
        await RefusedAsync("inputs[1].session_ids", Over([_sessions[0], _sessions[0]]));
        await RefusedAsync("inputs[1].session_ids", Over(Enumerable.Repeat(_sessions[0], 101)));
        await RefusedAsync("inputs", Over(["sesn_011CZkZAtmR3yMPDzynEDxu7"]));
        await RefusedAsync("output_behavior.memory_store_id", asked with { OutputBehavior = Onto(UnknownStore) });
        Assert.Empty((await Dreams.List(new() { CreatedAtGt = _server.Clock.GetUtcNow() }, Cancelled)).Items);
    }

    [Fact]
    public async Task An_archived_store_cannot_be_dreamt_over()
    {
        await _server.Client.Beta.MemoryStores.Archive(_store, cancellationToken: Cancelled);

        await RefusedAsync("inputs", Over(_sessions.Take(1)));
    }

    [Fact]
    public Task An_unknown_dream_is_not_found() => NothingIsFoundAsync(Dreams, Unknown);

    [Fact]
    public async Task Another_workspace_sees_nothing_and_dreams_over_nothing_of_this_one()
    {
        await using var held = await HeldDream.PendingAsync(_server, _store, _sessions);
        var others = _server.NewClient(await _server.CreateKeyAsync("wrkspc_dreams")).Beta.Dreams;

        await NothingIsFoundAsync(others, held.Id);

        Assert.Empty((await others.List(cancellationToken: Cancelled)).Items);
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => others.Create(Over(_sessions), Cancelled));
        Assert.Equal(BetaDreamStatus.Pending, (await Dreams.Retrieve(held.Id, cancellationToken: Cancelled)).Status.Value());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("managed-agents-2026-04-01")]
    public async Task Without_its_beta_value_the_endpoint_does_not_exist(string? beta)
    {
        using var request = TestServer.Request(HttpMethod.Get, "/v1/dreams", beta: beta);

        (await _server.SendAsync(request)).ExpectError(404, "not_found_error");
    }

    private Anthropic.Services.Beta.MemoryStores.IMemoryService Memories => _server.Client.Beta.MemoryStores.Memories;

    private DreamCreateParams Over(IEnumerable<string> sessions) => new()
    {
        Inputs = [new BetaDreamMemoryStoreInput { MemoryStoreID = _store, Type = JsonSerializer.SerializeToElement("memory_store") }, new BetaDreamSessionsInput { SessionIds = [.. sessions], Type = JsonSerializer.SerializeToElement("sessions") }],
        Model = "reverie/local",
    };

    private static BetaOutputBehavior Onto(string store) => new BetaOutputBehaviorUpdateExisting { MemoryStoreID = store };

    private async Task<BetaDream> EndedAsync(string id)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var dream = await Dreams.Retrieve(id, cancellationToken: Cancelled);
            if (dream.EndedAt is not null) return dream;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"the dream is still {dream.Status.Raw()}");
        }
    }

    private async Task<List<string>> PathsAsync(string store) =>
        [.. (await Memories.List(store, new MemoryListParams { Limit = 100 }, Cancelled)).Items.Select(static m => ((BetaManagedAgentsMemory)m.Value!).Path)];

    private async Task<List<string>> IdsAsync(DreamListParams wanted)
    {
        var ids = new List<string>();
        await foreach (var dream in (await Dreams.List(wanted, Cancelled)).Paginate(Cancelled)) ids.Add(dream.ID);
        return ids;
    }

    private async Task RefusedAsync(string field, DreamCreateParams asked)
    {
        var error = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => Dreams.Create(asked, Cancelled));
        Assert.StartsWith(field, JsonElement.Parse(error.ResponseBody).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task NothingIsFoundAsync(IDreamService dreams, string id)
    {
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => dreams.Retrieve(id, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => dreams.Cancel(id, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => dreams.Archive(id, cancellationToken: Cancelled));
    }
}
