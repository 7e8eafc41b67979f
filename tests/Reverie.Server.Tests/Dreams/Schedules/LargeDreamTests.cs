using System.Net;
using System.Text;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Dreams.Schedules;

/// <summary>A dream over as many sessions as one may read.</summary>
public sealed class LargeDreamTests(SqliteServer server) : IClassFixture<SqliteServer>
{
    private const int Sessions = 10_000;

    /// <summary>It takes some seconds; past this it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task One_dream_reads_ten_thousand_sessions_that_a_filter_chose_of_more()
    {
        var world = await ScheduleWorld.NewAsync(server);
        using var lines = new StringContent(string.Concat(Enumerable.Range(0, Sessions + 1).Select(i => SampleSessions.Said($"{i}", server.Clock.GetUtcNow().AddMinutes(-i), $"hello {i}"))), Encoding.UTF8, "application/x-ndjson");
        (await server.SendAsync(HttpMethod.Post, "/v1/reverie/sessions/import", lines)).Expect(HttpStatusCode.OK);
        var inputs = new object[] { new { type = "memory_store", memory_store_id = world.Store }, new { type = "session_filter", limit = Sessions } };

        var dream = (await server.PostAsync("/v1/reverie/dreams", new { model = "reverie/local", inputs })).Expect(HttpStatusCode.OK).Id;
        var began = TimeProvider.System.GetTimestamp();
        Reply now;
        while ((now = await server.GetAsync($"/v1/dreams/{dream}")).Json.GetProperty("ended_at").ValueKind == System.Text.Json.JsonValueKind.Null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal("completed", ScheduleWorld.Text(now.Json, "status"));
        Assert.Equal(Sessions, (await server.GetAsync($"/v1/reverie/dreams/{dream}/report")).Json.GetProperty("inputs").GetProperty("sessions").GetInt32());
        Assert.Equal(Sessions + 1, (await server.GetAsync($"/v1/reverie/dreams/{dream}/sessions")).Json.GetProperty("matched").GetInt32());
    }
}
