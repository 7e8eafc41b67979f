using System.Net;
using System.Text.Json;
using Reverie.Server.Tests.Hosting;
using static Reverie.Server.Tests.Dreams.Schedules.ScheduleWorld;

namespace Reverie.Server.Tests.Dreams.Schedules;

/// <summary>Schedules as resources, and what sets them off. Each test has sessions of a source and a store of its own.</summary>
public abstract class ScheduleTests(TestServer server)
{
    public sealed class OnSqlite(SqliteServer server) : ScheduleTests(server), IClassFixture<SqliteServer>;

    public sealed class OnPostgres(PostgresServer server) : ScheduleTests(server), IClassFixture<PostgresServer>;

    private readonly TestServer _server = server.OrSkip();

    private static readonly string[] Untouched = ["name", "memory_store_id", "trigger", "model", "mode", "output_behavior", "no_op_alarm_after", "created_at"];

    [Fact]
    public async Task A_schedule_is_made_with_every_default_resolved()
    {
        var world = await NewAsync(_server);

        var made = (await _server.PostAsync(ScheduleWorld.Path, new { name = "weekly", memory_store_id = world.Store, model = "reverie/local", trigger = Cron("0 3 * * 1", "Europe/Berlin") })).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(("dream_schedule", "weekly", "active", "auto"), (Text(made, "type"), Text(made, "name"), Text(made, "status"), Text(made, "mode")));
        Assert.StartsWith("dsch_", Text(made, "id"), StringComparison.Ordinal);
        Assert.Equal(("update_existing", world.Store), (Text(made.GetProperty("output_behavior"), "type"), Text(made.GetProperty("output_behavior"), "memory_store_id")));
        Assert.Equal((1000, "newest", 3), (made.GetProperty("sessions").GetProperty("limit").GetInt32(), Text(made.GetProperty("sessions"), "sampling"), made.GetProperty("no_op_alarm_after").GetInt32()));
        var upcoming = made.GetProperty("upcoming_runs_at").EnumerateArray().Select(static m => m.GetDateTimeOffset()).ToList();
        Assert.Equal(5, upcoming.Count);
        Assert.All(upcoming, m => Assert.True(m > _server.Clock.GetUtcNow() && TimeZoneInfo.ConvertTimeBySystemTimeZoneId(m, "Europe/Berlin") is { DayOfWeek: DayOfWeek.Monday, Hour: 3, Minute: 0 }));
        Assert.All(["paused_reason", "last_run_at", "alarm", "archived_at", "instructions"], name => Assert.Equal(JsonValueKind.Null, made.GetProperty(name).ValueKind));
        Assert.Equal(made.GetRawText(), (await world.ScheduleAsync(Text(made, "id"))).GetRawText());
    }

    [Fact]
    public async Task What_an_update_leaves_out_stays()
    {
        var world = await NewAsync(_server);
        var id = await world.CreateAsync(Cron("0 3 * * *"));
        var before = await world.ScheduleAsync(id);

        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = (await _server.PostAsync($"{ScheduleWorld.Path}/{id}", new { instructions = "Only SQL.", sessions = new { limit = 7 } })).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(("Only SQL.", 7), (Text(after, "instructions"), after.GetProperty("sessions").GetProperty("limit").GetInt32()));
        Assert.All(Untouched, name => Assert.Equal(before.GetProperty(name).GetRawText(), after.GetProperty(name).GetRawText()));
        Assert.NotEqual(before.GetProperty("updated_at").GetRawText(), after.GetProperty("updated_at").GetRawText());
    }

    [Fact]
    public async Task Lists_are_newest_first_filtered_and_paged()
    {
        var world = await NewAsync(_server);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Insert(0, await world.CreateAsync(new { type = "manual" }));
        }
        await _server.PostAsync($"{ScheduleWorld.Path}/{ids[1]}/archive");
        await _server.PostAsync($"{ScheduleWorld.Path}/{ids[3]}/pause");

        Assert.Equal([ids[0], ids[2], ids[3], ids[4]], await IdsAsync("limit=3"));
        Assert.Equal(ids, await IdsAsync("limit=2&include_archived=true"));
        Assert.Equal([ids[3]], await IdsAsync("status=paused"));

        async Task<List<string>> IdsAsync(string query)
        {
            var all = new List<string>();
            for (var page = ""; page is not null;)
            {
                var json = (await _server.GetAsync($"{ScheduleWorld.Path}?memory_store_id={world.Store}&{query}{page}")).Expect(HttpStatusCode.OK).Json;
                all.AddRange(json.GetProperty("data").EnumerateArray().Select(static s => Text(s, "id")));
                page = json.GetProperty("next_page").GetString() is { } next ? $"&page={next}" : null;
            }
            return all;
        }
    }

    [Fact]
    public async Task At_its_moment_a_schedule_dreams_over_what_the_filter_finds_and_says_what_came_of_it()
    {
        var world = await NewAsync(_server);
        var sessions = await _server.ImportAsync(SampleSessions.WithLessons());
        var source = Text(JsonElement.Parse(SampleSessions.WithLessons().Split('\n')[0]), "source");
        var id = await world.CreateAsync(Cron("0 3 * * *"), source);
        var moment = (await world.ScheduleAsync(id)).GetProperty("upcoming_runs_at")[0].GetDateTimeOffset();

        Until(moment);
        var run = await world.EndedAsync(id, 1);

        Assert.Equal(("completed", "cron"), (Text(run, "status"), Text(run.GetProperty("trigger"), "type")));
        Assert.Equal(moment, run.GetProperty("trigger").GetProperty("scheduled_at").GetDateTimeOffset());
        Assert.Equal((sessions.Count, sessions.Count), (run.GetProperty("sessions").GetInt32(), run.GetProperty("new_sessions").GetInt32()));
        Assert.True(run.GetProperty("changes").GetProperty("applied").GetInt32() > 0);
        var read = (await _server.GetAsync($"/v1/reverie/dreams/{Text(run, "dream_id")}/sessions?limit=1000")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(sessions.Order(StringComparer.Ordinal), read.GetProperty("data").EnumerateArray().Select(static s => s.GetString()));
        Assert.Equal(source, read.GetProperty("filter").GetProperty("sources")[0].GetString());
        Assert.NotEqual(JsonValueKind.Null, (await world.ScheduleAsync(id)).GetProperty("last_run_at").ValueKind);
    }

    [Fact]
    public async Task A_run_without_anything_new_is_skipped_and_says_so()
    {
        var world = await NewAsync(_server);
        await Import("skips", 3);
        var id = await world.CreateAsync(Cron("0 3 * * *"), "skips");

        var first = await world.RunAsync(id);
        var second = await world.RunAsync(id);
        await Import("skips", 1, from: 3);
        var third = await world.RunAsync(id);

        Assert.Equal(("completed", "skipped", "completed"), (Text(first, "status"), Text(second, "status"), Text(third, "status")));
        Assert.StartsWith("nothing new: 0 of 3 sessions are new to this store since 20", Text(second, "reason"), StringComparison.Ordinal);
        Assert.Equal((JsonValueKind.Null, 3, 0), (second.GetProperty("dream_id").ValueKind, second.GetProperty("sessions").GetInt32(), second.GetProperty("new_sessions").GetInt32()));
        Assert.Equal((4, 1), (third.GetProperty("sessions").GetInt32(), third.GetProperty("new_sessions").GetInt32()));
        Assert.Equal("no session meets the filter", Text(await world.RunAsync(await world.CreateAsync(Cron("0 3 * * *"), "nobody")), "reason"));
    }

    [Fact]
    public async Task While_a_dream_on_the_store_is_open_a_run_is_skipped()
    {
        var world = await NewAsync(_server);
        var sessions = await Import("busy", 1);
        var id = await world.CreateAsync(Cron("0 3 * * *"), "busy");
        await using var held = await HeldDream.PendingAsync(_server, world.Store, sessions, updatesExisting: true);

        var run = await world.RunAsync(id);

        Assert.Equal(("skipped", $"a dream on this store has not ended: {held.Id}"), (Text(run, "status"), Text(run, "reason")));
    }

    [Fact]
    public async Task Moments_missed_while_nobody_looked_make_one_run()
    {
        var world = await NewAsync(_server);
        await Import("missed", 1);
        var id = await world.CreateAsync(Cron("*/5 * * * *"), "missed");
        var first = (await world.ScheduleAsync(id)).GetProperty("upcoming_runs_at")[0].GetDateTimeOffset();

        _server.Clock.Advance(TimeSpan.FromHours(30));
        var run = await world.EndedAsync(id, 1);

        Assert.Equal(first, run.GetProperty("trigger").GetProperty("scheduled_at").GetDateTimeOffset());
        Assert.True((await world.ScheduleAsync(id)).GetProperty("upcoming_runs_at")[0].GetDateTimeOffset() > _server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_paused_schedule_waits_can_be_run_by_hand_and_does_not_catch_up()
    {
        var world = await NewAsync(_server);
        await Import("paused", 1);
        var id = await world.CreateAsync(Cron("*/5 * * * *"), "paused");

        var paused = (await _server.PostAsync($"{ScheduleWorld.Path}/{id}/pause")).Expect(HttpStatusCode.OK).Json;
        _server.Clock.Advance(TimeSpan.FromHours(1));
        var byHand = await world.RunAsync(id);
        var resumed = (await _server.PostAsync($"{ScheduleWorld.Path}/{id}/resume")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(("paused", "manual"), (Text(paused, "status"), Text(paused.GetProperty("paused_reason"), "type")));
        Assert.Equal(("manual", "completed"), (Text(byHand.GetProperty("trigger"), "type"), Text(byHand, "status")));
        Assert.Equal(("active", JsonValueKind.Null), (Text(resumed, "status"), resumed.GetProperty("paused_reason").ValueKind));
        Until(resumed.GetProperty("upcoming_runs_at")[0].GetDateTimeOffset());
        await world.EndedAsync(id, 2);
    }

    [Fact]
    public async Task An_archived_schedule_can_only_be_read_and_a_deleted_one_not_even_that()
    {
        var world = await NewAsync(_server);
        var id = await world.CreateAsync(Cron("*/5 * * * *"));

        var archived = (await _server.PostAsync($"{ScheduleWorld.Path}/{id}/archive")).Expect(HttpStatusCode.OK).Json;
        foreach (var path in new[] { "/run", "/pause", "" }) (await _server.PostAsync($"{ScheduleWorld.Path}/{id}{path}", path.Length == 0 ? new { name = "x" } : null)).ExpectError(400, "invalid_request_error");
        var again = (await _server.PostAsync($"{ScheduleWorld.Path}/{id}/archive")).Expect(HttpStatusCode.OK).Json;

        Assert.Empty(archived.GetProperty("upcoming_runs_at").EnumerateArray());
        Assert.Equal(archived.GetProperty("archived_at").GetRawText(), again.GetProperty("archived_at").GetRawText());
        (await _server.DeleteAsync($"{ScheduleWorld.Path}/{id}")).Expect(HttpStatusCode.OK);
        (await _server.GetAsync($"{ScheduleWorld.Path}/{id}")).ExpectError(404, "not_found_error");
        (await _server.GetAsync($"{ScheduleWorld.Path}/{id}/runs")).ExpectError(404, "not_found_error");
    }

    [Fact]
    public async Task A_store_that_is_archived_fails_the_run_and_pauses_the_schedule()
    {
        var world = await NewAsync(_server);
        await Import("gone", 1);
        var id = await world.CreateAsync(Cron("0 3 * * *"), "gone");
        await _server.PostAsync($"/v1/memory_stores/{world.Store}/archive");

        var run = await world.RunAsync(id);

        Assert.Equal(("failed", "memory_store_unavailable"), (Text(run, "status"), Text(run.GetProperty("error"), "type")));
        var reason = (await world.ScheduleAsync(id)).GetProperty("paused_reason");
        Assert.Equal(("error", "memory_store_unavailable"), (Text(reason, "type"), Text(reason.GetProperty("error"), "type")));
    }

    [Fact]
    public async Task Sessions_that_have_ended_set_off_a_run_once_they_were_quiet_and_are_enough()
    {
        var world = await NewAsync(_server);
        await Import("ends", 2);
        var id = await world.CreateAsync(new { type = "session_end", quiet_seconds = 600, min_new_sessions = 3, min_new_events = 4 }, "ends");

        _server.Clock.Advance(TimeSpan.FromMinutes(11));
        await LookedAsync(world, id);
        await Import("ends", 1, from: 2, texts: 2);
        _server.Clock.Advance(TimeSpan.FromMinutes(5));
        await LookedAsync(world, id);
        Assert.Empty(await world.RunsAsync(id));

        _server.Clock.Advance(TimeSpan.FromMinutes(6));
        var run = await world.EndedAsync(id, 1);

        Assert.Equal(("session_end", "completed", 3), (Text(run.GetProperty("trigger"), "type"), Text(run, "status"), run.GetProperty("new_sessions").GetInt32()));
        _server.Clock.Advance(TimeSpan.FromHours(1));
        await LookedAsync(world, id);
        Assert.Single(await world.RunsAsync(id));
    }

    [Fact]
    public async Task A_store_that_has_grown_sets_off_a_run_and_is_measured_anew()
    {
        var world = await NewAsync(_server);
        await Import("grows", 1);
        var id = await world.CreateAsync(new { type = "store_growth", memories_added = 2 }, "grows");

        await WriteAsync(1);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await LookedAsync(world, id);
        Assert.Empty(await world.RunsAsync(id));
        await WriteAsync(2);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await world.EndedAsync(id, 1);
        await WriteAsync(3);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await LookedAsync(world, id);
        Assert.Single(await world.RunsAsync(id));
        await WriteAsync(4);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await world.EndedAsync(id, 2);

        Assert.Equal(("store_growth", "completed"), (Text(run.GetProperty("trigger"), "type"), Text(run, "status")));
        Assert.Equal(("completed", 0), (Text(second, "status"), second.GetProperty("new_sessions").GetInt32()));

        async Task WriteAsync(int number) => (await _server.PostAsync($"/v1/memory_stores/{world.Store}/memories", new { path = $"/{number}.md", content = $"- Note {number}\n" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Dreams_that_change_nothing_raise_an_alarm_that_a_change_or_a_person_clears()
    {
        var world = await NewAsync(_server);
        var id = await world.CreateAsync(Cron("0 3 * * *"), "idle", alarmAfter: 2);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(JsonValueKind.Null, (await world.ScheduleAsync(id)).GetProperty("alarm").ValueKind);
            await Import("idle", 1, from: i);
            Assert.Equal(0, (await world.RunAsync(id)).GetProperty("changes").GetProperty("applied").GetInt32());
        }

        var alarm = (await world.ScheduleAsync(id)).GetProperty("alarm");
        Assert.Equal(2, alarm.GetProperty("streak").GetInt32());
        Assert.StartsWith("2 dreams in a row changed nothing", Text(alarm, "reason"), StringComparison.Ordinal);
        var listed = Assert.Single(await AlarmsAsync(""));
        Assert.Equal(("dream_schedule.no_op_streak", Text(alarm, "id"), id), (Text(listed, "type"), Text(listed, "id"), Text(listed.GetProperty("data"), "id")));

        await Import("idle", 1, from: 2);
        await world.RunAsync(id);
        Assert.Equal(3, (await AlarmsAsync(""))[0].GetProperty("data").GetProperty("streak").GetInt32());
        (await _server.PostAsync($"{ScheduleWorld.Path}/{id}/acknowledge")).Expect(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, (await world.ScheduleAsync(id)).GetProperty("alarm").ValueKind);
        Assert.Empty(await AlarmsAsync(""));
        Assert.NotEqual(JsonValueKind.Null, Assert.Single(await AlarmsAsync("&include_cleared=true")).GetProperty("cleared_at").ValueKind);
        await Import("idle", 1, from: 3);
        await world.RunAsync(id);
        Assert.Equal(JsonValueKind.Null, (await world.ScheduleAsync(id)).GetProperty("alarm").ValueKind);

        async Task<List<JsonElement>> AlarmsAsync(string query) => [.. (await _server.GetAsync($"/v1/reverie/alarms?limit=1000{query}")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Where(a => Text(a.GetProperty("data"), "id") == id)];
    }

    [Theory]
    [InlineData("""{"memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"manual"}}""", "name")]
    [InlineData("""{"name":"","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"manual"}}""", "name")]
    [InlineData("""{"name":"n","model":"reverie/local","trigger":{"type":"manual"}}""", "memory_store_id")]
    [InlineData("""{"name":"n","memory_store_id":"memstore_none","model":"reverie/local","trigger":{"type":"manual"}}""", "memory_store_id:")]
    [InlineData("""{"name":"n","memory_store_id":7,"model":"reverie/local","trigger":{"type":"manual"}}""", "memory_store_id")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","trigger":{"type":"manual"}}""", "model")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local"}""", "trigger")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"daily"}}""", "trigger.type")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"cron","expression":"@daily","timezone":"UTC"}}""", "trigger.expression")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"cron","expression":"0 0 31 2 *","timezone":"UTC"}}""", "trigger.expression")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"cron","expression":"0 0 * * *","timezone":"Berlin"}}""", "trigger.timezone")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"cron","expression":"0 0 * * *"}}""", "trigger.timezone")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"session_end","quiet_seconds":-1}}""", "trigger.quiet_seconds")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"store_growth"}}""", "trigger")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"manual","expression":"x"}}""", "trigger.\"expression\"")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":{"id":"reverie/local","effort":"high"},"trigger":{"type":"manual"}}""", "model.\"effort\"")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"manual"},"sessions":{"limit":0}}""", "sessions.limit")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"manual"},"sessions":{"not_dreamt_by_store":"memstore_other"}}""", "sessions.not_dreamt_by_store")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"manual"},"output_behavior":{"type":"update_existing","memory_store_id":"memstore_other"}}""", "output_behavior.memory_store_id")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"reverie/local","trigger":{"type":"manual"},"no_op_alarm_after":0}""", "no_op_alarm_after")]
    [InlineData("""{"name":"n","memory_store_id":"{store}","model":"gpt","trigger":{"type":"manual"}}""", "model")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var world = await NewAsync(_server);

        var error = (await _server.PostAsync(ScheduleWorld.Path, body.Replace("{store}", world.Store, StringComparison.Ordinal))).ExpectError(400, "invalid_request_error");

        Assert.StartsWith(field, error.Message, StringComparison.Ordinal);
    }

    private void Until(DateTimeOffset moment) => _server.Clock.Advance(moment - _server.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));

    /// <summary>Has been looked at since now and found not due: the next look is ahead of the clock.</summary>
    private async Task LookedAsync(ScheduleWorld world, string id)
    {
        await using var database = _server.OpenDatabase();
        var now = Reverie.Storage.DbTime.ToMicros(_server.Clock.GetUtcNow());
        for (var tries = 0; tries < 3000; tries++)
        {
            var next = await database.ReadAsync(db => db.FirstAsync("SELECT next_at FROM dream_schedules WHERE id = @id", static r => r.GetInt64(0), ("@id", id)), TestContext.Current.CancellationToken);
            if (next > now && (await world.RunsAsync(id)).TrueForAll(static r => r.GetProperty("ended_at").ValueKind != JsonValueKind.Null)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.Fail("nobody looked at the schedule");
    }

    private Task<List<string>> Import(string source, int count, int from = 0, int texts = 1) => _server.ImportAsync(string.Concat(Enumerable.Range(from, count).Select(i =>
        SampleSessions.Said($"{source}-{i}", _server.Clock.GetUtcNow(), [.. Enumerable.Range(0, texts).Select(t => $"hello {t}")]).Replace("\"source\":\"test\"", $"\"source\":\"{source}\"", StringComparison.Ordinal))));
}
