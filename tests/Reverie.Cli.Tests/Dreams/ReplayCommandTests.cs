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
