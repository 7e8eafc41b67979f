using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Apply_then_revert_leaves_the_same_files()
    {
        var draft = Applied();
        _world.Given(draft.Before, draft.Report());

        Assert.Equal(0, (await _world.RunAsync("apply", _world.Report, "--memory", _world.MemoryDir)).Code);
        Assert.Equal(draft.After.Texts, _world.Memory().Texts);
        Assert.Equal(0, (await _world.RunAsync("revert", _world.Report, "--memory", _world.MemoryDir)).Code);
        Assert.Equal(draft.Before.Texts, _world.Memory().Texts);
    }

    [Fact]
    public async Task Every_memory_that_moved_is_named_with_both_hashes_and_nothing_is_written()
    {
        var draft = Applied();
        var moved = ReportDraft.Tree(("a.md", "- somebody else's\n"), ("old.md", "- old\n"));
        _world.Given(moved, draft.Report());

        var ran = await _world.RunAsync("apply", _world.Report, "--memory", _world.MemoryDir);

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("a.md was edited since", ran.Error, StringComparison.Ordinal);
        Assert.Contains(Dreaming.MemoryTree.Sha256("- a\n"), ran.Error, StringComparison.Ordinal);
        Assert.Contains(Dreaming.MemoryTree.Sha256("- somebody else's\n"), ran.Error, StringComparison.Ordinal);
        Assert.Equal(moved.Texts, _world.Memory().Texts);
    }

    [Theory]
    [InlineData("\"confidence\": 0.9", "\"confidence\": 1e308", "changes[0].confidence must lie between 0 and 1")]
    [InlineData("\"confidence\": 0.9", "\"confidence\": -1", "changes[0].confidence must lie between 0 and 1")]
    [InlineData("\"confidence\": 0.9", "\"confidence\": \"high\"", "changes[0].confidence does not hold the kind of value")]
    [InlineData("\"sessions\": 3", "\"sessions\": -5", "inputs.sessions must be 0 or more, not -5")]
    [InlineData("\"events\": 30", "\"events\": -1", "inputs.events must be 0 or more")]
    [InlineData("\"duration_ms\": 5", "\"duration_ms\": -5", "duration_ms must be 0 or more")]
    [InlineData("\"sessions\": 1", "\"sessions\": -1", "refused[0].sessions must be 0 or more")]
    [InlineData("\"at\": 4", "\"at\": -4", "changes[0].edits[0].at must be 0 or more")]
    [InlineData("\"quote\": \"hello\"", "\"quote\": null", "changes[0].evidence[0].quote must not be null")]
    [InlineData("\"before_sha256\": \"", "\"before_sha256\": \"x", "changes[0].before_sha256 must be null or 64")]
    [InlineData("\"op\": \"modify\"", "\"op\": \"chmod\"", "changes[0].op does not hold")]
    [InlineData("\"model\": \"reverie/local\",", "", "the file lacks model")]
    public async Task A_field_that_breaks_its_rule_is_named(string field, string broken, string named)
    {
        var draft = Applied();
        _world.Given(draft.Before, draft.Report());
        var report = File.ReadAllText(_world.Report);
        var at = report.IndexOf(field, StringComparison.Ordinal);
        File.WriteAllText(_world.Report, report[..at] + broken + report[(at + field.Length)..]);

        var ran = await _world.RunAsync("apply", _world.Report, "--memory", _world.MemoryDir);

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Protocol", ran.Error, StringComparison.Ordinal);
        Assert.Equal(draft.Before.Texts, _world.Memory().Texts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task A_file_that_is_no_report_is_named(string content)
    {
        File.WriteAllText(_world.Report, content);

        var ran = await _world.RunAsync("apply", _world.Report, "--memory", _world.MemoryDir);

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("is not a dream report", ran.Error, StringComparison.Ordinal);
    }

    private static ReportDraft Applied() => new ReportDraft(ReportDraft.Tree(("a.md", "- a\n"), ("old.md", "- old\n"))) { Status = ChangeStatus.Applied }
        .InsertAfter("a.md", "- a", "- b")
        .Delete("old.md")
        .Create("new/b.md", "- new\n")
        .Rename("a.md", "new/a.md");
}
