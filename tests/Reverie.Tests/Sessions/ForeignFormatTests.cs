using System.Text.Json;
using Reverie.Protocol.Sessions;
using Reverie.Sessions;
using static Reverie.Tests.Sessions.Files;

namespace Reverie.Tests.Sessions;

public sealed class ForeignFormatTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Tau_bench_results_become_sessions_with_the_reward_as_outcome()
    {
        var (sessions, tally) = await ReadAsync(Fixture("tau-bench/gpt-4o-airline.3-trajectories.json"));

        Assert.Equal(3, tally.Sessions);
        Assert.Equal([true, false, false], sessions.Select(session => session.Outcome!.Satisfied));
        Assert.All(sessions, session => Assert.Equal("gpt-4o-airline.3-trajectories", session.Agent));
        Assert.Equal("gpt-4o-airline.3-trajectories/task-11/trial-0", sessions[0].ExternalId);
        Assert.Equal("system.message", sessions[0].Events[0].Type);
        Assert.All(sessions.SelectMany(session => session.Events).Where(found => found.IsToolUse),
            use => Assert.Equal(JsonValueKind.Object, use.Input!.Value.ValueKind));
        Assert.Contains(sessions[1].Events, found => found.IsToolResult && found.IsError);
        Assert.DoesNotContain(sessions.SelectMany(session => session.Events), found => found.Text.Contains("###STOP###"));
    }

    [Fact]
    public async Task Tau2_bench_results_name_their_agent_and_keep_their_times()
    {
        var (sessions, _) = await ReadAsync(Fixture("tau2-bench/gpt-4.1_retail.2-simulations.json"));

        Assert.Equal(["retail-support-gpt-4.1", "retail-support-gpt-4.1"], sessions.Select(session => session.Agent));
        Assert.Equal([true, false], sessions.Select(session => session.Outcome!.Satisfied));
        Assert.Equal(new DateTimeOffset(2025, 8, 1, 16, 17, 51, 293, TimeSpan.Zero), sessions[0].CreatedAt);
        Assert.StartsWith("# Retail agent policy", sessions[0].Events[0].Text);
        Assert.Single(sessions[0].Events, found => found.IsError);
        Assert.Equal("68", sessions[0].Metadata["task_id"]);
    }

    [Fact]
    public async Task A_swe_agent_trajectory_becomes_one_session()
    {
        var (sessions, _) = await ReadAsync(Fixture("swe-agent/function_calling_simple.traj"));

        var session = Assert.Single(sessions);
        Assert.Equal("function_calling_simple", session.ExternalId);
        Assert.StartsWith("SyntaxError: invalid syntax", session.Title);
        Assert.Equal(["find_file", "open", "edit", "bash", "submit"], session.Events.Select(found => found.ToolName).OfType<string>());
        Assert.Equal(session.Events.Where(found => found.IsToolUse).Select(use => use.Id), session.Events.Where(found => found.IsToolResult).Select(result => result.ToolUseId));
    }

    [Fact]
    public async Task A_swe_agent_trajectory_without_function_calls_pairs_commands_with_answers()
    {
        var file = _temporary.Write("old.traj", """
            {"history":[{"role":"system","content":"s"},{"role":"user","content":"demo","is_demo":true},{"role":"user","content":"fix it"},
             {"role":"assistant","content":"x","thought":"look","action":"ls\n"},{"role":"user","content":"bash: lss: command not found"}],"info":{"exit_status":"submitted"}}
            """);

        var session = Assert.Single((await ReadAsync(file)).Sessions);

        Assert.Equal(["system.message", "user.message", "agent.message", "agent.tool_use", "agent.tool_result"], session.Events.Select(found => found.Type));
        Assert.Equal("ls", session.Events[3].Input!.Value.GetProperty("command").GetString());
        Assert.True(session.Events[4].IsError);
        Assert.Equal("submitted", session.Metadata["ended_by"]);
    }

    [Fact]
    public async Task The_agent_of_formats_that_name_none_can_be_given()
    {
        var (sessions, _) = await ReadAsync(new TranscriptReadOptions { Agent = "airline" }, Fixture("tau-bench/gpt-4o-airline.3-trajectories.json"));

        Assert.All(sessions, session => Assert.Equal("airline", session.Agent));
    }

    [Fact]
    public async Task Files_of_every_format_are_told_apart_also_as_gzip()
    {
        var files = Directory.EnumerateFiles(Fixture(""), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".jsonl" or ".traj").Order(StringComparer.Ordinal).ToList();
        var zipped = files.Select(file => _temporary.Write(Path.GetFileName(file), Gzip(File.ReadAllBytes(file)))).ToArray();

        var (sessions, _) = await SkipBadAsync([.. zipped, _temporary.Write("own.jsonl", Line("a"))]);

        Assert.Equal(["claude-code", "swe-agent", "tau-bench", "tau2-bench", "test"], sessions.Select(session => session.Source).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_damaged_trajectory_is_named_and_the_others_are_kept()
    {
        var file = _temporary.Write("r.json", """
            [{"task_id":1,"traj":[{"role":"user","content":"hi"}]},
             {"task_id":2},
             {"task_id":3,"traj":[{"role":"user","content":"a \" } ] b"}]}]
            """);

        await RefusedAsync(file, "r.json:2", "traj");
        var (sessions, tally) = await SkipBadAsync(file);

        Assert.Equal(["r/task-1/trial-0", "r/task-3/trial-0"], sessions.Select(session => session.ExternalId));
        Assert.Equal(1, tally.Skipped);
        Assert.Equal("a \" } ] b", sessions[1].Events[0].Text);
    }

    [Theory]
    [InlineData("""[{"task_id":1,"traj":[]},{"task_id":2,"tr""")]
    [InlineData("""[{"task_id":1,"traj":[]},""")]
    [InlineData("""[{"task_id":1,"traj":[]}""")]
    [InlineData("""[{"task_id":1,"traj":[]} {"task_id":2}]""")]
    public async Task A_cut_off_array_is_refused_and_its_whole_elements_are_kept(string text)
    {
        var file = _temporary.Write("r.json", text);

        await RefusedAsync(file, "r.json:1");
        Assert.Single((await SkipBadAsync(file)).Sessions);
    }

    [Fact]
    public async Task An_element_past_the_limit_is_skipped_without_being_held()
    {
        var file = _temporary["long.json"];
        await using (var stream = File.Create(file))
        {
            stream.Write("[{\"task_id\":1,\"traj\":[]},{\"task_id\":2,\"x\":\""u8);
            var block = new byte[1024 * 1024];
            block.AsSpan().Fill((byte)'x');
            for (var index = 0; index < 70; index++) stream.Write(block);
            stream.Write("\"},{\"task_id\":3,\"traj\":[]}]"u8);
        }

        await RefusedAsync(file, "64 MiB");
        Assert.Equal(2, (await SkipBadAsync(file)).Sessions.Count);
    }

    [Fact]
    public async Task A_named_format_is_not_guessed()
    {
        var file = _temporary.Write("x.jsonl", Line("a"));

        var error = await Assert.ThrowsAsync<TranscriptFileException>(() => ReadAsync(new TranscriptReadOptions { Format = TranscriptFormat.TauBench }, file));

        Assert.StartsWith($"{file}:1: ", error.Message);
    }

    [Fact]
    public async Task What_a_converter_writes_keeps_the_rules_of_the_format()
    {
        var broken = """{"traj":[{"role":"assistant","content":"","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{broken"}},{"id":"c","function":{"name":"g","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c","content":"Error: no"}],"task_id":"LONG"}""";
        var file = _temporary.Write("r.json", $"[{broken.Replace("LONG", new string('t', 700))}]");

        var session = Assert.Single((await ReadAsync(file)).Sessions);

        Assert.Equal(SessionTranscript.ExternalIdCharsMax, session.ExternalId.Length);
        Assert.Equal(["c", "c-2"], session.Events.Where(found => found.IsToolUse).Select(use => use.Id));
        Assert.Equal("{broken", session.Events[0].Input!.Value.GetProperty("arguments").GetString());
        Assert.Equal("c-2", session.Events[2].ToolUseId);
        Assert.True(session.Events[2].IsError);
        Assert.All(session.Metadata.Values, value => Assert.InRange(value.Length, 1, 512));
    }
}
