using System.Text.Json;
using Reverie.Evaluations;

namespace Reverie.Cli.Tests.Evaluations;

/// <summary>Evaluations that run their sessions, each with the built program.</summary>
public sealed class EvalTests : IDisposable
{
    private readonly EvalWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_memory_that_helps_is_called_better()
    {
        var ran = await _world.EvalAsync("--memory", "./notes", "--trials", "6");

        Assert.Equal(0, ran.Code);
        Assert.Contains("port                                         0/6           6/6", ran.Out, StringComparison.Ordinal);
        Assert.Contains("colour                                       6/6           6/6", ran.Out, StringComparison.Ordinal);
        Assert.Contains("95 % interval                            25–75 %      76–100 %", ran.Out, StringComparison.Ordinal);
        Assert.Contains("p = 0.0137 over the trials", ran.Out, StringComparison.Ordinal);
        Assert.Contains("After is better on these tasks: 100 % against 50 %", ran.Out, StringComparison.Ordinal);
        Assert.Contains("24/24 ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_with_an_outcome_succeeds_when_the_work_is_judged_good()
    {
        _world.Run.With("agent.yaml", """
            name: writing
            model: reverie/scripted
            system: |
              answers:
                - call: {tool: read, input: {file_path: /mnt/memory/notes/ports.md}}
                - choose:
                    - if_result_says: "8443"
                      call: {tool: write, input: {file_path: /mnt/session/outputs/port.txt, content: "8443"}}
                    - say: Unknown.
                - say: Done.
            tools: [{type: agent_toolset_20260401}]
            """).With("tasks.yaml", """
            - name: port
              task: Write the port into port.txt.
              outcome:
                max_iterations: 2
                rubric: |
                  ```checks
                  - {file: port.txt, contains: "8443"}
                  ```
            """);

        var ran = await _world.EvalAsync("--memory", "./notes", "--trials", "2", "--report", "report.json");

        Assert.Equal(0, ran.Code);
        Assert.Equal((new Share(0, 2), new Share(2, 2)), (_world.Report().Comparison.Before, _world.Report().Comparison.After));
        Assert.Equal(["max_iterations_reached", "satisfied"], _world.Report().Trials.OrderBy(static t => t.Arm).Select(static t => t.Outcome).Distinct());
    }

    [Fact]
    public async Task Few_trials_are_called_too_few()
    {
        var ran = await _world.EvalAsync("--memory", "./notes", "--trials", "1");

        Assert.Equal(0, ran.Code);
        Assert.Contains("Too small to tell: with 2 trials each", ran.Out, StringComparison.Ordinal);
        Assert.Contains("run about ", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_has_every_trial_and_is_what_json_prints()
    {
        var ran = await _world.EvalAsync("--memory", "./notes", "--trials", "2", "--format", "json", "--report", "report.json");

        var failed = _world.Report().Trials.Single(static t => t is { Task: "port", Arm: Arm.Before, Number: 2 });
        Assert.Equal(_world.Json().GetRawText(), JsonElement.Parse(ran.Out).GetRawText());
        Assert.Equal(8, _world.Report().Trials.Count);
        Assert.Equal(("end_turn", 2, 1), (failed.Ended, failed.Measures.ModelRequests, failed.Measures.ToolCalls));
        Assert.Equal([new CheckResult("the answer contains \"8443\"", false, "it says: The port is 80.")], failed.Checks);
        Assert.StartsWith("sesn_", failed.Session, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stores_are_found_under_one_path_and_left_as_they_were()
    {
        _world.Memory("other", "ports.md", "Unknown.");
        await _world.ImportAsync("other", "notes");
        await _world.ImportAsync("notes", "dreamed");
        var stores = (await _world.Run.RunAsync("memory", "list")).Out;

        var ran = await _world.EvalAsync("--memory", "notes", "--memory", "dreamed", "--trials", "2", "--report", "report.json");

        Assert.Equal(0, ran.Code);
        Assert.Equal((2, 4), (_world.Report().Comparison.Before.Successes, _world.Report().Comparison.After.Successes));
        Assert.StartsWith("memver_", _world.Report().After.At, StringComparison.Ordinal);
        Assert.Equal(stores, (await _world.Run.RunAsync("memory", "list")).Out);
        Assert.Equal("There are no such sessions.\n", (await _world.Run.RunAsync("sessions", "list")).Out);
    }

    [Fact]
    public async Task A_store_is_compared_with_an_earlier_version_of_itself()
    {
        _world.Memory("other", "a.md", "Unknown.");
        _world.Memory("other", "ports.md", "8443");
        await _world.ImportAsync("other", "notes");
        var first = await FirstVersionAsync();

        await _world.EvalAsync("--memory", $"notes@{first}", "--memory", "notes", "--trials", "1", "--report", "report.json");

        var port = _world.Report().Comparison.Tasks.Single(static t => t.Task == "port");
        Assert.Equal((new Share(0, 1), new Share(1, 1)), (port.Before, port.After));
        Assert.Equal(first, _world.Report().Before.At);
    }

    [Fact]
    public async Task What_one_trial_writes_into_memory_the_next_does_not_find()
    {
        _world.Run.With("agent.yaml", """
            name: writer
            model: reverie/scripted
            system: |
              answers:
                - call: {tool: read, input: {file_path: /mnt/memory/notes/seen.md}}
                - choose:
                    - if_result_says: I was here
                      say: Again.
                    - call: {tool: write, input: {file_path: /mnt/memory/notes/seen.md, content: I was here}}
                - say: First.
            tools: [{type: agent_toolset_20260401}]
            """).With("tasks.yaml", "- {name: once, task: Go., check: {contains: First}}");

        await _world.EvalAsync("--memory", "./notes", "--trials", "3", "--report", "report.json");

        Assert.Equal(new Share(3, 3), _world.Report().Comparison.After);
    }

    [Fact]
    public async Task Outputs_are_checked_as_text_as_json_and_by_command()
    {
        _world.Run.With("agent.yaml", """
            name: maker
            model: reverie/scripted
            system: |
              answers:
                - call: {tool: write, input: {file_path: /mnt/session/outputs/a.json, content: "{\"items\": [1, 2.0]}"}}
                - say: Done.
            tools: [{type: agent_toolset_20260401}]
            """).With("data.txt", "mounted").With("tasks.yaml", """
            - name: made
              task: Make it.
              files: [data.txt]
              check: [{file: a.json}, {file: a.json, contains: items}, {file: a.json, json: /items/1, equals: 2}, {command: "grep -q items a.json"}]
            - name: not-made
              task: Make it.
              check: [{file: data.txt}, {file: a.json, lacks: items}, {file: a.json, json: /items/2, equals: 2}, {command: "echo no; exit 7"}]
            """);

        await _world.EvalAsync("--memory", "./notes", "--trials", "1", "--report", "report.json");

        var trials = _world.Report().Trials.Where(static t => t.Arm == Arm.After).ToDictionary(static t => t.Task);
        Assert.True(trials["made"].Success);
        Assert.Equal(
            ["there is no such output; there are a.json", "it says: {\"items\": [1, 2.0]}", "it says: {\"items\": [1, 2.0]}", "it exited with 7: no"],
            trials["not-made"].Checks.Select(static c => c.Why));
    }

    [Fact]
    public async Task Resuming_runs_only_what_is_missing()
    {
        await _world.EvalAsync("--memory", "./notes", "--trials", "1", "--report", "report.json");
        var first = _world.Report().Trials.Select(static t => t.Session).ToList();

        var ran = await _world.EvalAsync("--memory", "./notes", "--trials", "2", "--report", "report.json", "--resume", "--parallel", "3");

        var sessions = _world.Report().Trials.Select(static t => t.Session).ToList();
        Assert.Equal((0, 8), (ran.Code, sessions.Distinct().Count()));
        Assert.Subset(sessions.ToHashSet(), first.ToHashSet());
    }

    [Fact]
    public async Task An_evaluation_of_something_else_is_not_gone_on_with()
    {
        await _world.EvalAsync("--memory", "./notes", "--trials", "1", "--report", "report.json");
        var again = await _world.EvalAsync("--memory", "./notes", "--trials", "1", "--report", "report.json");
        _world.Memory("notes", "more.md", "Something new.");
        var changed = await _world.EvalAsync("--memory", "./notes", "--trials", "2", "--report", "report.json", "--resume");

        Assert.Equal((2, 2), (again.Code, changed.Code));
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
        Assert.Contains("other memories", changed.Error, StringComparison.Ordinal);
        Assert.Equal(4, _world.Report().Trials.Count);
    }

    [Fact]
    public async Task An_interrupted_evaluation_keeps_what_is_finished_and_stops_the_session()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("signals are POSIX");
        _world.Run.With("agent.yaml", """
            name: sometimes-slow
            model: reverie/scripted
            system: |
              answers:
                - choose:
                    - if_user_says: slow
                      call: {tool: bash, input: {command: sleep 600}}
                    - say: Done.
            tools: [{type: agent_toolset_20260401}]
            """).With("tasks.yaml", "- {name: fast, task: Be fast., check: {contains: Done}}\n- {name: slow, task: Be slow., check: {contains: Done}}");
        using var run = CliProcess.StartInterruptible(_world.Run.Root, "eval", "tasks.yaml", "--agent", "agent.yaml", "--memory", "./notes", "--trials", "1", "--seed", FastFirst(), "--report", "report.json");
        run.StandardInput.Close();
        while (await run.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("2/4", StringComparison.Ordinal)) { }

        await CliProcess.SignalAsync(run, "INT");
        var ran = await CliProcess.EndAsync(run);

        Assert.Equal(130, ran.Code);
        Assert.Contains("stopped after 2 of 4 trials, which are in report.json", ran.Error, StringComparison.Ordinal);
        Assert.Contains("2 of 4 trials were run", ran.Out, StringComparison.Ordinal);
        Assert.Equal(["fast", "fast"], _world.Report().Trials.Select(static t => t.Task));
    }

    [Fact]
    public async Task A_session_that_takes_too_long_is_stopped_and_counts_as_failed()
    {
        _world.Run.With("agent.yaml", Running.RunWorld.Slow).With("tasks.yaml", "- {name: slow, task: Go., check: {lacks: nothing}}");

        var ran = await _world.EvalAsync("--memory", "./notes", "--trials", "1", "--time-limit", "1", "--parallel", "2", "--report", "report.json");

        Assert.Equal(0, ran.Code);
        Assert.All(_world.Report().Trials, static t => Assert.Equal(("timed_out", false), (t.Ended, t.Success)));
        Assert.Contains("2 trials did not come to an end and count as failed: 2 timed_out", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_asks_for_permission_fails_and_the_person_is_told_why()
    {
        _world.Run.With("agent.yaml", Running.RunWorld.Careful).With("tasks.yaml", "- {name: ask, task: Go., check: {contains: ran}}");

        var ran = await _world.EvalAsync("--memory", "./notes", "--trials", "1");

        Assert.Equal(0, ran.Code);
        Assert.Contains("2 requires_action", ran.Out, StringComparison.Ordinal);
        Assert.Contains("an evaluation answers no questions", ran.Out, StringComparison.Ordinal);
    }

    /// <summary>A seed that runs the first task first.</summary>
    private static string FastFirst()
    {
        Cli.Evaluations.EvalTask[] tasks = [new("fast", "", [], [], null), new("slow", "", [], [], null)];
        return Enumerable.Range(0, 100).First(seed => Cli.Evaluations.TrialPlan.Of(tasks, 1, seed)[0].Task.Name == "fast").ToString();
    }

    private async Task<string> FirstVersionAsync()
    {
        await using var database = Storage.SqliteDatabase.Open(Storage.DataDirectory.FileIn(Path.Combine(_world.Run.Root, "reverie-data")));
        return (await database.ReadAsync(static db => db.QueryAsync("SELECT id FROM memory_versions ORDER BY seq LIMIT 1", static r => r.GetString(0)), TestContext.Current.CancellationToken))[0];
    }
}
