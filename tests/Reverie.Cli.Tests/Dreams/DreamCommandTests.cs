using System.Text;
using Reverie.Dreams;
using Reverie.Memory;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

public sealed class DreamCommandTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_dream_writes_the_store_that_its_report_leads_to()
    {
        File.WriteAllText(Path.Combine(_world.MemoryDir, "a.md"), "- a\r\n- no newline at the end");

        var ran = await _world.RunAsync([.. _world.Dream, "--report", _world.Report]);

        Assert.Equal((0, ""), (ran.Code, ran.Error.Contains("reverie:", StringComparison.Ordinal) ? ran.Error : ""));
        var replayed = Assert.IsType<ReplayOutcome.Replayed>(ReportReplay.Apply(_world.ReportNow(), _world.Memory()));
        Assert.Equal(replayed.Memory.Texts, MemoryDirectory.Load(_world.Out).Texts);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Root, "*.tmp"));
    }

    [Fact]
    public async Task The_report_is_signed_with_id_model_and_inputs()
    {
        await _world.RunAsync([.. _world.Dream, "--report", _world.Report]);

        var report = _world.ReportNow();
        Assert.StartsWith("drm_", report.DreamId, StringComparison.Ordinal);
        Assert.Equal("reverie/local", report.Model);
        Assert.Equal(new DreamInputs(0, 1, 1), report.Inputs);
    }

    [Fact]
    public async Task Review_mode_leaves_the_store_as_it_was()
    {
        File.WriteAllText(Path.Combine(_world.MemoryDir, "a.md"), "- a\n- a\n");

        var ran = await _world.RunAsync([.. _world.Dream, "--mode", "review", "--report", _world.Report]);

        Assert.Equal(0, ran.Code);
        Assert.Equal(_world.Memory().Texts, MemoryDirectory.Load(_world.Out).Texts);
        Assert.DoesNotContain(_world.ReportNow().Changes, change => change.Status == ChangeStatus.Applied);
    }

    [Fact]
    public async Task A_dream_that_changes_nothing_says_why()
    {
        var ran = await _world.RunAsync(_world.Dream);

        Assert.Contains("Nothing to change", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_output_is_the_report_and_nothing_else()
    {
        var ran = await _world.RunAsync([.. _world.Dream, "--format", "json", "--report", _world.Report]);

        Assert.Equal(File.ReadAllText(_world.Report), ran.Out.TrimEnd('\n'));
        Assert.Equal(1, DreamReportJson.Read(Encoding.UTF8.GetBytes(ran.Out)).Inputs.Sessions);
    }

    [Fact]
    public async Task Several_session_files_are_read_together_and_doubles_once()
    {
        File.WriteAllText(_world.In("two.jsonl"), TestWorld.Session.Replace("s1", "s2", StringComparison.Ordinal) + "\n");

        var ran = await _world.RunAsync("dream", "--sessions", _world.Sessions, _world.In("two.jsonl"), "--sessions", _world.Sessions,
            "--memory", _world.MemoryDir, "--out", _world.Out, "--format", "json");

        Assert.Equal(2, DreamReportJson.Read(Encoding.UTF8.GetBytes(ran.Out)).Inputs.Sessions);
        Assert.Contains("1 session came twice", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_session_stops_the_dream_and_is_named_with_file_and_line()
    {
        File.AppendAllText(_world.Sessions, "{\"external_id\":5}\n");

        var ran = await _world.RunAsync([.. _world.Dream, "--report", _world.Report]);

        NothingWritten(ran, $"{_world.Sessions}:2");
        Assert.Contains("--skip-bad", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skipping_what_is_bad_says_what_was_skipped()
    {
        File.AppendAllText(_world.Sessions, "{\"external_id\":5}\n");

        var ran = await _world.RunAsync([.. _world.Dream, "--skip-bad"]);

        Assert.Equal(0, ran.Code);
        Assert.Contains($"{_world.Sessions}:2", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model", "no-such-model", "--model")]
    [InlineData("--model", "reverie/scripted", "--model")]
    [InlineData("--max-cost", "1000001", "--max-cost")]
    [InlineData("--max-tokens", "0", "--max-tokens")]
    [InlineData("--max-tokens", "1e3", "--max-tokens: \"1e3\"")]
    [InlineData("--max-cost", "-1", "--max-cost")]
    [InlineData("--max-cost", "1,5", "--max-cost: \"1,5\"")]
    [InlineData("--max-delete", "0,1", "--max-delete: \"0,1\"")]
    [InlineData("--max-delete", "NaN", "--max-delete")]
    [InlineData("--threads", "x", "--threads: \"x\"")]
    [InlineData("--max-cost", "cheap", "cheap")]
    [InlineData("--max-delete", "1.5", "--max-delete")]
    [InlineData("--attacker-share", "0.6", "--attacker-share")]
    [InlineData("--threads", "0", "--threads")]
    [InlineData("--mode", "wild", "wild")]
    [InlineData("--format", "xml", "xml")]
    [InlineData("--session-format", "csv", "csv")]
    [InlineData("--instructions", "", "--instructions")]
    [InlineData("--nonsense", "1", "--nonsense")]
    public async Task A_bad_option_is_named(string option, string value, string named) =>
        NothingWritten(await _world.RunAsync([.. _world.Dream, option, value]), named);

    [Fact]
    public async Task Too_long_instructions_are_refused_with_the_limit() =>
        NothingWritten(await _world.RunAsync([.. _world.Dream, "--instructions", new string('x', 5000)]), "at most 4096");

    [Fact]
    public async Task Files_that_are_not_there_are_named()
    {
        NothingWritten(await _world.RunAsync("dream", "--sessions", _world.In("none.jsonl"), "--memory", _world.MemoryDir, "--out", _world.Out), "none.jsonl");
        NothingWritten(await _world.RunAsync("dream", "--sessions", _world.Sessions, "--memory", _world.In("none"), "--out", _world.Out), "none");
    }

    [Fact]
    public async Task What_is_in_the_way_of_the_output_is_named_before_anything_is_read()
    {
        File.WriteAllText(_world.In("file"), "");
        Directory.CreateDirectory(_world.In("full/below"));
        string[] bad = ["dream", "--sessions", _world.In("never-looked-at"), "--memory", _world.MemoryDir, "--out"];

        NothingWritten(await _world.RunAsync([.. bad, _world.In("full")]), "not empty");
        NothingWritten(await _world.RunAsync([.. bad, _world.In("file")]), "is a file");
        NothingWritten(await _world.RunAsync([.. bad, _world.In("file/out")]), "is a file");
        NothingWritten(await _world.RunAsync([.. bad, "/proc/reverie/out"]), "cannot be written");
        NothingWritten(await _world.RunAsync([.. bad, Path.Combine(_world.MemoryDir, "out")]), "lies within");
        NothingWritten(await _world.RunAsync([.. bad, _world.Out, "--report", Path.Combine(_world.Out, "r.json")]), "--report");
        NothingWritten(await _world.RunAsync([.. bad, _world.Out, "--report", _world.In("full")]), "is a directory");
    }

    [Fact]
    public async Task An_output_that_is_an_input_is_refused_by_whatever_name()
    {
        Directory.CreateSymbolicLink(_world.In("link"), _world.MemoryDir);
        Directory.CreateSymbolicLink(_world.In("here"), _world.Root);
        var session = File.ReadAllText(_world.Sessions);
        string[] dream = ["dream", "--sessions", _world.Sessions, "--memory", _world.MemoryDir, "--out"];

        NothingWritten(await _world.RunAsync([.. dream, _world.In("link/out")]), "lies within");
        NothingWritten(await _world.RunAsync([.. dream, _world.Out, "--report", _world.In("link/r.json")]), "lies within");
        NothingWritten(await _world.RunAsync([.. dream, _world.Out, "--report", _world.Sessions]), "is the session file");
        NothingWritten(await _world.RunAsync([.. dream, _world.Out, "--report", _world.In("here/one.sessions.jsonl")]), "is the session file");

        Assert.Equal(session, File.ReadAllText(_world.Sessions));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/stdout")]
    public async Task A_report_replaces_nothing_but_a_file(string path) =>
        NothingWritten(await _world.RunAsync([.. _world.Dream, "--report", path]), "would be replaced");

    [Fact]
    public async Task A_store_holding_something_that_is_no_memory_is_refused()
    {
        File.WriteAllBytes(Path.Combine(_world.MemoryDir, "image"), [0xff, 0xfe, 0x00]);

        NothingWritten(await _world.RunAsync(_world.Dream), "image");
    }

    [Fact]
    public async Task A_terminal_gets_colour_unless_it_asked_for_none()
    {
        var coloured = await _world.RunOnTerminalAsync(noColor: false, _world.Dream);
        Directory.Delete(_world.Out, recursive: true);
        var plain = await _world.RunOnTerminalAsync(noColor: true, _world.Dream);

        Assert.Contains("\e[", coloured.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", plain.Out, StringComparison.Ordinal);
    }

    private void NothingWritten(Ran ran, string named)
    {
        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.StartsWith("reverie: ", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", ran.Error, StringComparison.Ordinal);
        Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.Out);
        Assert.False(Directory.Exists(_world.Out));
        Assert.False(File.Exists(_world.Report));
    }
}
