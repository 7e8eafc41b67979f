using System.Text.Json;
using Reverie.Testing.Models;

namespace Reverie.Cli.Tests.Running;

/// <summary>Sessions in the terminal, each with the built program.</summary>
public sealed class RunTests : IDisposable
{
    private readonly RunWorld _world = new RunWorld().With("hello.yaml", RunWorld.Hello).With("careful.yaml", RunWorld.Careful).With("slow.yaml", RunWorld.Slow);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_session_runs_without_a_server_and_shows_what_was_said_and_called()
    {
        var ran = await _world.RunAsync("run", "hello.yaml", "you");

        Assert.Equal((0, "> you\nI look.\n● bash echo found-it\n  └ found-it\nFor you: found-it\n"), (ran.Code, ran.Out));
        Assert.StartsWith("sesn_", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_of_a_file_is_saved_once_and_again_when_the_file_changes()
    {
        await _world.RunAsync("run", "hello.yaml", "one");
        await _world.RunAsync("run", "hello.yaml", "two");
        var same = await AgentVersionsAsync();
        _world.With("hello.yaml", RunWorld.Hello + "\ndescription: Says hello.\n");
        await _world.RunAsync("run", "hello.yaml", "three");

        Assert.Equal([1], same);
        Assert.Equal([2], await AgentVersionsAsync());
    }

    [Fact]
    public async Task A_session_goes_on_with_resume()
    {
        await _world.RunAsync("run", "hello.yaml", "first");

        var ran = await _world.RunAsync("run", "--resume", await _world.SessionAsync(), "second");

        Assert.Equal(0, ran.Code);
        Assert.Contains("For second: found-it\n", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("first", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_task_may_be_piped_in_and_the_events_out()
    {
        using var process = CliProcess.Start(_world.Root, "run", "hello.yaml", "--format", "json");
        await process.StandardInput.WriteAsync("piped\n");
        process.StandardInput.Close();
        var ran = await CliProcess.EndAsync(process);

        var types = ran.Out.TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()).ToList();
        Assert.Equal(0, ran.Code);
        Assert.Equal(("user.message", "session.status_idle"), (types[0], types[^1]));
        Assert.Contains("agent.tool_result", types);
    }

    [Fact]
    public async Task Memory_is_made_by_name_and_read_by_the_next_session()
    {
        _world.With("writer.yaml", RunWorld.Hello.Replace("echo found-it", "echo remembered > /mnt/memory/notes/fact.md; echo written", StringComparison.Ordinal))
            .With("reader.yaml", RunWorld.Hello.Replace("echo found-it", "cat /mnt/memory/notes/fact.md", StringComparison.Ordinal)).With("data.txt", "in a file");

        var wrote = await SandboxedAsync("run", "writer.yaml", "go", "--memory", "notes", "--file", "data.txt");
        var read = await SandboxedAsync("run", "reader.yaml", "go", "--memory", "notes:ro");

        Assert.Contains("made the memory store notes", wrote.Error, StringComparison.Ordinal);
        Assert.EndsWith("For go: remembered\n", read.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_asks_ends_a_piped_run_with_3_and_says_how_to_answer()
    {
        var asked = await _world.RunAsync("run", "careful.yaml", "go");
        var session = await _world.SessionAsync();
        var listed = await _world.RunAsync("sessions", "list");
        var allowed = await _world.RunAsync("sessions", "confirm", session, "--allow");

        Assert.Equal(3, asked.Code);
        Assert.Contains("waits for permission: bash echo ran", asked.Error, StringComparison.Ordinal);
        Assert.Contains($"reverie sessions confirm {session} --allow", asked.Error, StringComparison.Ordinal);
        Assert.Contains("idle, asks", listed.Out, StringComparison.Ordinal);
        Assert.Equal((0, "> (allowed)\n  └ ran\nThen: ran\n"), (allowed.Code, allowed.Out));
    }

    [Fact]
    public async Task A_call_that_was_judged_says_why_it_asks()
    {
        _world.With("judged.yaml", RunWorld.Careful.Replace("always_ask", "auto", StringComparison.Ordinal));

        var asked = await _world.RunAsync("run", "judged.yaml", "go");

        Assert.Contains("waits for permission: bash echo ran\n  it asks because: No model judges calls on this server (REVERIE_JUDGE_MODEL).\n", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_call_tells_the_agent_why()
    {
        await _world.RunAsync("run", "careful.yaml", "go");

        var denied = await _world.RunAsync("sessions", "confirm", await _world.SessionAsync(), "--deny", "not on a Friday");

        Assert.Equal(0, denied.Code);
        Assert.Contains("> (denied) not on a Friday", denied.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("└ ran", denied.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_custom_tool_is_answered_from_the_command_line()
    {
        _world.With("custom.yaml", """
            name: custom
            model: reverie/scripted
            system: |
              answers:
                - call: {tool: ask_sensor, input: {room: attic}}
                - say: "The sensor says {{result}}"
            tools:
              - {type: custom, name: ask_sensor, description: Reads a sensor., input_schema: {type: object, properties: {room: {type: string}}}}
            """);
        var asked = await _world.RunAsync("run", "custom.yaml", "go");
        var call = asked.Error.Split(' ')[0];

        var answered = await _world.RunAsync("sessions", "answer", await _world.SessionAsync(), call, "21 degrees");

        Assert.Equal(3, asked.Code);
        Assert.EndsWith("The sensor says 21 degrees\n", answered.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_server_the_session_is_the_servers_and_survives_its_death()
    {
        using var server = await _world.ServeAsync();
        using var run = CliProcess.Start(_world.Root, "run", "slow.yaml", "go");
        run.StandardInput.Close();
        await CliProcess.LineAsync(run, "● bash");

        await server.KillAsync();
        var ran = await CliProcess.EndAsync(run);

        Assert.Equal(0, ran.Code);
        Assert.Contains("Then: The server stopped while this call was under way", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_stops_the_turn_and_leaves_the_session_idle()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("signals are POSIX");
        using var run = CliProcess.StartInterruptible(_world.Root, "run", "slow.yaml", "go");
        run.StandardInput.Close();
        await CliProcess.LineAsync(run, "● bash");

        await CliProcess.SignalAsync(run, "INT");
        var ran = await CliProcess.EndAsync(run);

        Assert.Equal(130, ran.Code);
        Assert.Contains("> (interrupted)", ran.Out, StringComparison.Ordinal);
        Assert.Contains("  idle  ", (await _world.RunAsync("sessions", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_terminated_leaves_the_session_to_whoever_comes_next()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("signals are POSIX");
        using var run = CliProcess.Start(_world.Root, "run", "slow.yaml", "go");
        run.StandardInput.Close();
        await CliProcess.LineAsync(run, "● bash");

        await CliProcess.SignalAsync(run, "TERM");
        var ran = await CliProcess.EndAsync(run);

        Assert.Equal(130, ran.Code);
        Assert.Contains("left sesn_", ran.Error, StringComparison.Ordinal);
        Assert.Contains("  running  ", (await _world.RunAsync("sessions", "list", "--status", "running")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_leaves_no_key_behind_and_the_server_still_makes_its_first()
    {
        await _world.RunAsync("run", "hello.yaml", "go");
        var keys = await _world.RunAsync("keys", "list");
        var access = Path.Combine(_world.Root, "reverie-data", "server.json");
        var isLeft = File.Exists(access);
        using var server = CliProcess.Start(_world.Root, "serve", "--urls", "http://127.0.0.1:0");
        await CliProcess.LineAsync(server, "A key was made for you");
        await CliProcess.LineAsync(server, "Listening on");

        Assert.Equal("There are no keys yet.\n", keys.Out);
        Assert.False(isLeft);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(access));
        server.Kill();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_model_behind_the_messages_api_is_asked_and_shown()
    {
        await using var models = await FakeModelServer.StartAsync();
        models.Enqueue(FakeAnswer.Text("It \u001b[31mworks\u001b[0m."));
        _world.With("claude.yaml", "name: c\nmodel: claude-sonnet-5-5\nsystem: Be brief.\n");
        using var process = CliProcess.StartProgram(_world.Root, "dotnet", [typeof(ReverieApp).Assembly.Location, "run", "claude.yaml", "hi"],
            ("ANTHROPIC_API_KEY", models.Key), ("ANTHROPIC_BASE_URL", models.Url));
        process.StandardInput.Close();

        var ran = await CliProcess.EndAsync(process);

        Assert.Equal((0, "> hi\nIt [31mworks[0m.\n"), (ran.Code, ran.Out));
        Assert.DoesNotContain(models.Key, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_for_good_ends_the_run_with_1()
    {
        _world.With("claude.yaml", "name: c\nmodel: claude-sonnet-5-5\n");

        var ran = await _world.RunAsync("run", "claude.yaml", "hi");

        Assert.Equal(1, ran.Code);
        Assert.Contains("ANTHROPIC_API_KEY", ran.Out, StringComparison.Ordinal);
    }

    private async Task<Ran> SandboxedAsync(params string[] args)
    {
        if (!File.Exists("/usr/bin/bwrap")) Assert.Skip("bubblewrap is not installed: apt-get install bubblewrap");
        using var process = CliProcess.StartProgram(_world.Root, "dotnet", [typeof(ReverieApp).Assembly.Location, .. args], ("REVERIE_SANDBOX", ""));
        process.StandardInput.Close();
        return await CliProcess.EndAsync(process);
    }

    /// <summary>The newest version of each agent, as the database has them.</summary>
    private async Task<List<int>> AgentVersionsAsync()
    {
        await using var database = Storage.SqliteDatabase.Open(Storage.DataDirectory.FileIn(Path.Combine(_world.Root, "reverie-data")));
        return await database.ReadAsync(static db => db.QueryAsync("SELECT max(version) FROM agent_versions GROUP BY agent_id", static r => (int)r.GetInt64(0)), TestContext.Current.CancellationToken);
    }
}
