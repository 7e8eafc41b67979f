namespace Reverie.Cli.Tests.Running;

/// <summary>Reading sessions beside whoever runs them.</summary>
public sealed class SessionsTests : IDisposable
{
    private readonly RunWorld _world = new RunWorld().With("hello.yaml", RunWorld.Hello).With("slow.yaml", RunWorld.Slow);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task What_ran_is_listed_shown_archived_and_deleted()
    {
        await _world.RunAsync("run", "hello.yaml", "go");
        var session = await _world.SessionAsync();

        var shown = await _world.RunAsync("sessions", "show", session);
        var archived = await _world.RunAsync("sessions", "archive", session);
        var listed = await _world.RunAsync("sessions", "list");
        var deleted = await _world.RunAsync("sessions", "delete", session);
        var gone = await _world.RunAsync("sessions", "show", session);

        Assert.Equal((0, "> go\nI look.\n● bash echo found-it\n  └ found-it\nFor go: found-it\n"), (shown.Code, shown.Out));
        Assert.Equal($"{session} is archived.\n", archived.Out);
        Assert.Equal("There are no such sessions.\n", listed.Out);
        Assert.Equal($"{session} is deleted.\n", deleted.Out);
        Assert.Equal(2, gone.Code);
    }

    [Fact]
    public async Task A_session_is_followed_until_it_is_idle_while_another_process_runs_it()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("signals are POSIX");
        using var run = CliProcess.StartInterruptible(_world.Root, "run", "slow.yaml", "go");
        run.StandardInput.Close();
        await CliProcess.LineAsync(run, "● bash");
        using var tail = CliProcess.Start(_world.Root, "sessions", "tail", await _world.SessionAsync());
        await CliProcess.LineAsync(tail, "● bash");

        await CliProcess.SignalAsync(run, "INT");
        var followed = await CliProcess.EndAsync(tail);

        Assert.Equal(0, followed.Code);
        Assert.Contains("> (interrupted)", followed.Out, StringComparison.Ordinal);
        await CliProcess.EndAsync(run);
    }

    [Fact]
    public async Task Reading_starts_nothing()
    {
        using (var run = CliProcess.Start(_world.Root, "run", "slow.yaml", "go"))
        {
            run.StandardInput.Close();
            await CliProcess.LineAsync(run, "● bash");
            run.Kill();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var session = await _world.SessionAsync();
        var before = await _world.RunAsync("sessions", "show", session, "--format", "json");

        await _world.RunAsync("sessions", "list", "--status", "running");
        var after = await _world.RunAsync("sessions", "show", session, "--format", "json");

        Assert.NotEmpty(before.Out);
        Assert.Equal(before.Out, after.Out);
    }
}
