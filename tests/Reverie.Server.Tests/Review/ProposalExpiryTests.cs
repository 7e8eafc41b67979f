using System.Net;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Review;

/// <summary>Proposals whose time is over, beside a dream that takes long.</summary>
public abstract class ProposalExpiryTests : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteMindServer server) : ProposalExpiryTests(server), IClassFixture<SqliteMindServer>;

    public sealed class OnPostgres(PostgresMindServer server) : ProposalExpiryTests(server), IClassFixture<PostgresMindServer>;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestServer _server;
    private readonly MindProvider _mind;

    protected ProposalExpiryTests(IMindServer server)
    {
        _server = server.Server.OrSkip();
        _mind = server.Mind;
    }

    public ValueTask InitializeAsync()
    {
        _mind.Reset();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Proposals_expire_while_dreams_are_at_work()
    {
        var store = (await _server.NewStoreAsync()).Split('/')[^1];
        (await _server.PostAsync($"/v1/reverie/memory_stores/{store}/review_policy", new { mode = "ask", expires_after_days = 1 })).Expect(HttpStatusCode.OK);
        var proposing = await PlantedDream.LandAsync(_server, store, PlantedDream.Create("c1", "a.md"));
        var sessions = await _server.ImportAsync(SampleSessions.WithLessons());
        _mind.AnsweredMax = 0;
        var busy = (await _server.PostAsync("/v1/dreams", new { model = MindProvider.Model, inputs = new object[] { new { type = "memory_store", memory_store_id = store }, new { type = "sessions", session_ids = sessions } } })).Expect(HttpStatusCode.OK).Id;
        await _mind.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);

        _server.Clock.Advance(TimeSpan.FromDays(2));

        var began = TimeProvider.System.GetTimestamp();
        while ((await _server.StatusesAsync(proposing))["c1"] != "rejected") Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "nothing expires");
        Assert.Equal("running", (await _server.GetAsync($"/v1/dreams/{busy}")).Expect(HttpStatusCode.OK).Json.GetProperty("status").GetString());
        (await _server.PostAsync($"/v1/dreams/{busy}/cancel")).Expect(HttpStatusCode.OK);
    }
}
