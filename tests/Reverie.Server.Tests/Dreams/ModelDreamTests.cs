using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Dreams;

/// <summary>Dreams with a model over HTTP: budget, forecast, and answers that outlive a process.</summary>
public abstract class ModelDreamTests : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteMindServer server) : ModelDreamTests(server), IClassFixture<SqliteMindServer>;

    public sealed class OnPostgres(PostgresMindServer server) : ModelDreamTests(server), IClassFixture<PostgresMindServer>;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Counts = ["input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"];

    private readonly TestServer _server;
    private readonly MindProvider _mind;
    private string _store = "";
    private List<string> _sessions = [];

    protected ModelDreamTests(IMindServer server)
    {
        _server = server.Server.OrSkip();
        _mind = server.Mind;
        _mind.Reset();
    }

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

    [Theory]
    [InlineData("/v1/dreams")]
    [InlineData("/v1/reverie/dreams")]
    public async Task A_model_words_what_was_found_and_is_paid_for(string path)
    {
        var dream = await EndedAsync((await _server.PostAsync(path, Asking())).Expect(HttpStatusCode.OK).Id);

        Assert.Equal("completed", dream.GetProperty("status").GetString());
        Assert.Equal(MindProvider.Model, dream.GetProperty("model").GetProperty("id").GetString());
        var report = await ReportAsync(dream);
        Assert.Equal(MindProvider.Model, report.GetProperty("model").GetString());
        Assert.Equal(Sum(dream.GetProperty("usage")), Sum(report.GetProperty("usage")));
        Assert.True(Sum(dream.GetProperty("usage")) > 1000);
        Assert.True(report.GetProperty("cost_usd").GetDecimal() > 0);
        Assert.Contains(report.GetProperty("changes").EnumerateArray(), static c => c.GetProperty("edits").GetRawText().Contains("Whenever", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(15_000, null)]
    [InlineData(null, 0.02)]
    [InlineData(1, null)]
    [InlineData(null, 0.0)]
    public async Task A_budget_is_kept_and_what_was_left_out_is_said(int? tokens, double? cost)
    {
        var dream = await EndedAsync((await _server.PostAsync("/v1/reverie/dreams", Asking(tokens, cost))).Expect(HttpStatusCode.OK).Id);

        var report = await ReportAsync(dream);
        Assert.Equal("completed", dream.GetProperty("status").GetString());
        Assert.InRange(Sum(dream.GetProperty("usage")), 0, tokens ?? int.MaxValue);
        Assert.InRange(report.GetProperty("cost_usd").GetDouble(), 0, cost ?? 1);
        Assert.Contains(report.GetProperty("refused").EnumerateArray(), static r => r.GetProperty("reason").GetString()!.Contains("budget", StringComparison.Ordinal));
        Assert.NotEmpty(report.GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public async Task A_forecast_creates_nothing_and_is_near_what_is_then_taken()
    {
        var before = (await _server.GetAsync("/v1/dreams?limit=100")).Json.GetProperty("data").GetArrayLength();

        var forecast = (await _server.PostAsync("/v1/reverie/dreams/forecast", Asking())).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(before, (await _server.GetAsync("/v1/dreams?limit=100")).Json.GetProperty("data").GetArrayLength());
        Assert.Empty(_mind.Asked);
        var dream = await EndedAsync((await _server.PostAsync("/v1/reverie/dreams", Asking())).Expect(HttpStatusCode.OK).Id);
        var report = await ReportAsync(dream);
        Near(_mind.Asked.Count, forecast.GetProperty("requests").GetInt32());
        Near(Sum(dream.GetProperty("usage")), Sum(forecast.GetProperty("usage")));
        Near(report.GetProperty("cost_usd").GetDouble(), forecast.GetProperty("cost_usd").GetDouble());
        Assert.False(forecast.GetProperty("reaches_budget").GetBoolean());
        var learned = (await _server.PostAsync("/v1/reverie/dreams/forecast", Asking())).Expect(HttpStatusCode.OK).Json;
        Assert.InRange(Sum(learned.GetProperty("usage")), 0.9 * Sum(dream.GetProperty("usage")), 1.1 * Sum(dream.GetProperty("usage")));
        // By the server's clock the model answered at once, and the forecast has learned it.
        Assert.InRange(learned.GetProperty("duration_ms").GetInt64(), 0, 1000);
    }

    [Fact]
    public async Task A_dream_that_another_process_goes_on_with_pays_for_nothing_twice()
    {
        const int answered = 2;
        _mind.AnsweredMax = answered;
        var id = (await _server.PostAsync("/v1/reverie/dreams", Asking())).Expect(HttpStatusCode.OK).Id;
        await _mind.Held.WaitAsync(Patience, Cancelled);
        var running = (await _server.GetAsync($"/v1/dreams/{id}")).Json;

        _mind.AnsweredMax = null;
        await using (var database = _server.OpenDatabase())
            await database.WriteAsync(db => db.ExecuteAsync("UPDATE dreams SET fence = fence + 9, lease_until = 0 WHERE id = @id", ("@id", id)), Cancelled);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var dream = await EndedAsync(id);

        Assert.True(Sum(running.GetProperty("usage")) > 0);
        Assert.Equal("completed", dream.GetProperty("status").GetString());
        var twice = _mind.Asked.GroupBy(static a => a, StringComparer.Ordinal).Where(static g => g.Skip(1).Any()).ToList();
        Assert.Equal(_mind.Asked.ElementAt(answered), Assert.Single(twice).Key);
        await using var kept = _server.OpenDatabase();
        Assert.Equal(0, await kept.ReadAsync(db => db.FirstAsync("SELECT count(*) FROM dream_answers WHERE answer IS NOT NULL", static r => r.GetInt64(0)), Cancelled));
    }

    [Fact]
    public async Task A_dream_that_ends_process_after_process_without_getting_on_is_given_up()
    {
        _mind.AnsweredMax = 0;
        var id = (await _server.PostAsync("/v1/reverie/dreams", Asking())).Expect(HttpStatusCode.OK).Id;
        await _mind.Held.WaitAsync(Patience, Cancelled);

        await using (var database = _server.OpenDatabase())
            await database.WriteAsync(db => db.ExecuteAsync("UPDATE dreams SET fence = fence + 1, idle_claims = idle_claims + 4, lease_until = 0 WHERE id = @id", ("@id", id)), Cancelled);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var dream = await EndedAsync(id);

        Assert.Equal("failed", dream.GetProperty("status").GetString());
        Assert.Contains("5 processes ended", dream.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dream_whose_model_is_slow_holds_up_no_dream_of_another_store()
    {
        _mind.AnsweredMax = 1;
        var slow = (await _server.PostAsync("/v1/reverie/dreams", Asking())).Expect(HttpStatusCode.OK).Id;
        await _mind.Held.WaitAsync(Patience, Cancelled);

        _store = (await _server.NewStoreAsync()).Split('/')[^1];
        var other = await EndedAsync((await _server.PostAsync("/v1/reverie/dreams", Asking(model: "reverie/local"))).Expect(HttpStatusCode.OK).Id);

        Assert.Equal("completed", other.GetProperty("status").GetString());
        Assert.Equal("running", (await _server.GetAsync($"/v1/dreams/{slow}")).Json.GetProperty("status").GetString());
        (await _server.PostAsync($"/v1/dreams/{slow}/cancel")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_dream_may_not_take_is_refused_by_the_name_of_the_field()
    {
        foreach (var path in new[] { "/v1/reverie/dreams", "/v1/reverie/dreams/forecast" })
        {
            await RefusedAsync(path, "max_tokens", """,  "max_tokens": 0""");
            await RefusedAsync(path, "max_tokens", """,  "max_tokens": "9" """);
            await RefusedAsync(path, "max_tokens", """,  "max_tokens": 1.5""");
            await RefusedAsync(path, "max_tokens", """,  "max_tokens": 1e30""");
            await RefusedAsync(path, "max_cost", """,  "max_cost": -1""");
            await RefusedAsync(path, "max_cost", """,  "max_cost": 0.0000001""");
            await RefusedAsync(path, "max_cost", """,  "max_cost": 1e300""");
            await RefusedAsync(path, "max_cost", """,  "max_cost": 1""", MindProvider.Unpriced);
            await RefusedAsync(path, "model", "", "reverie/scripted");
            await RefusedAsync(path, "model", "", "claude-opus-5");
            await RefusedAsync(path, "model", "", "no-such-model");
        }
        await RefusedAsync("/v1/dreams", "max_tokens", """,  "max_tokens": 5""");
    }

    [Fact]
    public async Task The_built_in_dreamer_is_forecast_to_take_nothing()
    {
        var forecast = (await _server.PostAsync("/v1/reverie/dreams/forecast", Asking(model: "reverie/local"))).Expect(HttpStatusCode.OK).Json;

        Assert.Equal((0, 0, 0), (forecast.GetProperty("requests").GetInt32(), Sum(forecast.GetProperty("usage")), forecast.GetProperty("cost_usd").GetDecimal()));
        Assert.Equal(_sessions.Count, forecast.GetProperty("inputs").GetProperty("sessions").GetInt32());
    }

    private Dictionary<string, object> Asking(int? tokens = null, double? cost = null, string model = MindProvider.Model)
    {
        var body = new Dictionary<string, object> { ["model"] = model, ["inputs"] = new object[] { new { type = "memory_store", memory_store_id = _store }, new { type = "sessions", session_ids = _sessions } } };
        if (tokens is not null) body["max_tokens"] = tokens;
        if (cost is not null) body["max_cost"] = cost;
        return body;
    }

    private async Task RefusedAsync(string path, string field, string more, string model = MindProvider.Model)
    {
        var body = JsonSerializer.Serialize(Asking(model: model)).TrimEnd('}') + more + "}";
        var reply = (await _server.PostAsync(path, body)).ExpectError(400, "invalid_request_error");
        Assert.StartsWith(field, reply.Message.TrimStart('"'), StringComparison.Ordinal);
    }

    private async Task<JsonElement> EndedAsync(string id)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var dream = (await _server.GetAsync($"/v1/dreams/{id}")).Expect(HttpStatusCode.OK).Json;
            if (dream.GetProperty("ended_at").ValueKind != JsonValueKind.Null) return dream;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"the dream is still {dream.GetProperty("status").GetString()}");
        }
    }

    private async Task<JsonElement> ReportAsync(JsonElement dream) => (await _server.GetAsync($"/v1/reverie/dreams/{dream.GetProperty("id").GetString()}/report")).Expect(HttpStatusCode.OK).Json;

    private static long Sum(JsonElement usage) => Counts.Sum(c => usage.GetProperty(c).GetInt64());

    private static void Near(double actual, double foretold) => Assert.InRange(foretold, 0.75 * actual, 1.25 * actual);
}
