using Reverie.Cli.Tests.Running;

namespace Reverie.Cli.Tests.Schedules;

/// <summary>Schedules from the command line, on a data directory without a server.</summary>
public sealed class SchedulesTests : IDisposable
{
    private readonly RunWorld _world = new RunWorld().With("hello.yaml", RunWorld.Hello);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_schedule_is_made_run_paused_and_deleted()
    {
        await _world.RunAsync("run", "hello.yaml", "go");
        var id = await CreateAsync("--cron", "0 3 * * 1-5", "--timezone", "Europe/Berlin");

        var listed = await _world.RunAsync("schedules", "list");
        var ran = await _world.RunAsync("schedules", "run", id);
        var again = await _world.RunAsync("schedules", "run", id);
        var history = await _world.RunAsync("schedules", "history", id, "--limit", "1");
        var paused = await _world.RunAsync("schedules", "pause", id);
        var shown = await _world.RunAsync("schedules", "show", id);
        var resumed = await _world.RunAsync("schedules", "resume", id);
        var deleted = await _world.RunAsync("schedules", "delete", id);

        Assert.Equal($"{id}  active    nightly  at 0 3 * * 1-5 in Europe/Berlin\n", listed.Out);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\dZ  manual        completed  drm_\w+ over 1 sessions, 1 new\n  0 applied, 0 proposed, 0 quarantined\n$", ran.Out);
        Assert.Contains("skipped    nothing new: 0 of 1 sessions are new to this store since", again.Out, StringComparison.Ordinal);
        Assert.Equal(again.Out, history.Out);
        Assert.Equal($"{id} is paused.\n", paused.Out);
        Assert.Contains("  paused    nightly", shown.Out, StringComparison.Ordinal);
        Assert.Equal(5, shown.Out.Split("  next  ").Length - 1);
        Assert.Equal($"{id} is active.\n", resumed.Out);
        Assert.Equal($"{id} is deleted.\n", deleted.Out);
        Assert.StartsWith("There are no schedules", (await _world.RunAsync("schedules", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_may_come_from_a_file()
    {
        _world.With("filter.json", """{"agents":["hello"],"created_at":{"last_days":7}}""");

        var id = await CreateAsync("--after-sessions", "2", "--quiet", "60", "--filter", "@" + Path.Combine(_world.Root, "filter.json"));

        Assert.Equal($"{id}  active    nightly  when 2 sessions have ended and been quiet for 60 s\n", (await _world.RunAsync("schedules", "list")).Out);
    }

    [Theory]
    [InlineData("a schedule has one trigger", "--cron", "0 3 * * *", "--after-sessions", "3")]
    [InlineData("--quiet goes with --after-sessions", "--quiet", "60")]
    [InlineData("--timezone goes with --cron", "--timezone", "UTC")]
    [InlineData("--filter cannot be read", "--filter", "{")]
    [InlineData("--filter must be a JSON object", "--filter", "[]")]
    [InlineData("trigger.expression", "--cron", "@daily")]
    [InlineData("trigger.timezone", "--cron", "0 3 * * *", "--timezone", "Berlin")]
    [InlineData("sessions.limit", "--filter", "{\"limit\":0}")]
    public async Task What_cannot_be_used_is_named(string problem, params string[] args)
    {
        var ran = await _world.RunAsync(["schedules", "create", "--name", "n", "--store", "memstore_x", .. args]);

        Assert.Equal(2, ran.Code);
        Assert.Contains(problem, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_of_something_else_is_refused()
    {
        var ran = await _world.RunAsync("schedules", "show", "sesn_1");

        Assert.Equal(2, ran.Code);
        Assert.Contains("is no schedule id; it begins with dsch_", ran.Error, StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(params string[] args)
    {
        Directory.CreateDirectory(Path.Combine(_world.Root, "notes"));
        await File.WriteAllTextAsync(Path.Combine(_world.Root, "notes", "team.md"), "- Speak plainly\n", TestContext.Current.CancellationToken);
        // Makes the database.
        await _world.RunAsync("schedules", "list");
        await _world.RunAsync("memory", "import", "notes");
        var store = (await _world.RunAsync("memory", "list")).Out.Split(' ')[0];
        var made = await _world.RunAsync(["schedules", "create", "--name", "nightly", "--store", store, .. args]);
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.EndsWith(" is made.\n", made.Out, StringComparison.Ordinal);
        return made.Out.Split(' ')[0];
    }
}
