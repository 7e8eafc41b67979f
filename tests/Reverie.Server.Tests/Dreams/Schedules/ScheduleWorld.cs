using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Dreams.Schedules;

/// <summary>Schedules of one store through HTTP, and waiting for their runs.</summary>
internal sealed class ScheduleWorld(TestServer server, string store)
{
    public const string Path = "/v1/reverie/dream_schedules";

    /// <summary>A run takes about a second; past this it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Store => store;

    public static async Task<ScheduleWorld> NewAsync(TestServer server) => new(server, (await server.NewStoreAsync()).Split('/')[^1]);

    /// <summary>The id of a new schedule over the sessions of one source.</summary>
    public async Task<string> CreateAsync(object trigger, string source = "test", int alarmAfter = 3, string mode = "auto") => (await server.PostAsync(Path, new
    {
        name = "nightly",
        memory_store_id = store,
        model = "reverie/local",
        mode,
        trigger,
        no_op_alarm_after = alarmAfter,
        sessions = new { sources = new[] { source } },
    })).Expect(HttpStatusCode.OK).Id;

    public async Task<JsonElement> ScheduleAsync(string id) => (await server.GetAsync($"{Path}/{id}")).Expect(HttpStatusCode.OK).Json;

    /// <summary>Newest first.</summary>
    public async Task<List<JsonElement>> RunsAsync(string id) => [.. (await server.GetAsync($"{Path}/{id}/runs?limit=1000")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()];

    /// <summary>The newest run, once there are so many and all are over.</summary>
    public async Task<JsonElement> EndedAsync(string id, int runs)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var all = await RunsAsync(id);
            if (all.Count >= runs && all.TrueForAll(static r => r.GetProperty("ended_at").ValueKind != JsonValueKind.Null))
            {
                Assert.Equal(runs, all.Count);
                return all[0];
            }
            if (TimeProvider.System.GetElapsedTime(began) > Patience) Assert.Fail($"the runs did not end: {JsonSerializer.Serialize(all)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs it by hand and waits for the end.</summary>
    public async Task<JsonElement> RunAsync(string id)
    {
        var before = (await RunsAsync(id)).Count;
        var asked = (await server.PostAsync($"{Path}/{id}/run")).Expect(HttpStatusCode.OK).Id;
        await EndedAsync(id, before + 1);
        // Runs of one moment have no order.
        return (await RunsAsync(id)).Single(r => Text(r, "id") == asked);
    }

    public static object Cron(string expression, string timezone = "UTC") => new { type = "cron", expression, timezone };

    public static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
