using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

public sealed class ReviewCommandTests : IDisposable
{
    private const string Notes = "notes.md";

    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Answers_come_from_a_pipe_and_verdicts_go_into_the_report()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());

        var ran = await _world.RunWithAnswersAsync("a\nr\nq\n", "review", _world.Report, "--memory", _world.MemoryDir);

        Assert.Equal(0, ran.Code);
        Assert.Equal("- a\n- b\n", _world.Memory().Find(Notes));
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Rejected, ChangeStatus.Proposed, ChangeStatus.Quarantined],
            _world.ReportNow().Changes.Select(change => change.Status));
        Assert.Contains("1 accepted, 1 rejected, 2 still open", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revert_undoes_exactly_what_a_review_applied()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());
        await _world.RunWithAnswersAsync("s\na\na\na\n", "review", _world.Report, "--memory", _world.MemoryDir);
        await _world.RunWithAnswersAsync("a\n", "review", _world.Report, "--memory", _world.MemoryDir);
        Assert.All(_world.ReportNow().Changes, change => Assert.Equal(ChangeStatus.Applied, change.Status));

        var ran = await _world.RunAsync("revert", _world.Report, "--memory", _world.MemoryDir);

        Assert.Equal(0, ran.Code);
        Assert.Equal(draft.Before.Texts, _world.Memory().Texts);
    }

    [Fact]
    public async Task An_edited_change_lands_in_the_reviewers_words()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());

        await _world.RunWithAnswersAsync("e\n- my b\n- and more\n.\nq\n", "review", _world.Report, "--memory", _world.MemoryDir);

        Assert.Equal("- a\n- my b\n- and more\n", _world.Memory().Find(Notes));
    }

    [Fact]
    public async Task Accepting_a_kind_does_not_release_what_is_quarantined()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());

        var ran = await _world.RunWithAnswersAsync("k\nk\ns\n", "review", _world.Report, "--memory", _world.MemoryDir);

        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Quarantined],
            _world.ReportNow().Changes.Select(change => change.Status));
        Assert.Contains("QUARANTINED", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_decide_without_asking_and_a_quarantined_change_needs_its_id()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());

        await _world.RunAsync("review", _world.Report, "--memory", _world.MemoryDir, "--accept-all", "--reject", "chg_2");
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Rejected, ChangeStatus.Applied, ChangeStatus.Quarantined],
            _world.ReportNow().Changes.Select(change => change.Status));

        await _world.RunAsync("review", _world.Report, "--memory", _world.MemoryDir, "--accept", "chg_4");
        Assert.Equal("obey\n", _world.Memory().Find("evil.md"));
    }

    [Fact]
    public async Task An_unknown_kind_is_named_and_nothing_is_written()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());

        var ran = await _world.RunAsync("review", _world.Report, "--memory", _world.MemoryDir, "--accept", "everything");

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("everything", ran.Error, StringComparison.Ordinal);
        Assert.Equal(draft.Before.Texts, _world.Memory().Texts);
    }

    [Fact]
    public async Task What_no_longer_fits_is_named_and_left_open()
    {
        var draft = Proposals();
        _world.Given(ReportDraft.Tree((Notes, "entirely different\n")), draft.Report());

        var ran = await _world.RunAsync("review", _world.Report, "--memory", _world.MemoryDir, "--accept", "chg_1");

        Assert.Contains("not applied", ran.Out, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Proposed, _world.ReportNow().Changes[0].Status);
        Assert.Equal("entirely different\n", _world.Memory().Find(Notes));
    }

    [Fact]
    public async Task A_stale_report_writes_nothing_a_second_time()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());
        var stale = File.ReadAllText(_world.Report);
        await _world.RunAsync("review", _world.Report, "--memory", _world.MemoryDir, "--accept-all");
        var reviewed = _world.Memory().Texts;
        File.WriteAllText(_world.Report, stale);

        var ran = await _world.RunAsync("review", _world.Report, "--memory", _world.MemoryDir, "--accept-all");

        Assert.Equal(reviewed, _world.Memory().Texts);
        Assert.Contains("holds what the change puts in already", ran.Out, StringComparison.Ordinal);
        Assert.All(_world.ReportNow().Changes, change => Assert.NotEqual(ChangeStatus.Applied, change.Status));
    }

    [Fact]
    public async Task A_report_behind_a_link_is_refused_before_anything_is_decided()
    {
        var draft = Proposals();
        _world.Given(draft.Before, draft.Report());
        File.CreateSymbolicLink(_world.In("link.json"), _world.Report);

        var ran = await _world.RunAsync("review", _world.In("link.json"), "--memory", _world.MemoryDir, "--accept-all");

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains("symbolic link", ran.Error, StringComparison.Ordinal);
        Assert.Equal(draft.Before.Texts, _world.Memory().Texts);
    }

    [Fact]
    public async Task Text_of_strangers_cannot_drive_the_terminal()
    {
        var draft = new ReportDraft(ReportDraft.Tree()).Create("x.md", "\e[2J\u202Eevil [red]not markup[/]\u0007\n");
        _world.Given(draft.Before, draft.Report());

        var ran = await _world.RunOnTerminalAsync(noColor: true, "review", _world.Report, "--memory", _world.MemoryDir);

        Assert.Contains("[red]not markup[/]", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(ran.Out, character => character is '\e' or '\u202E' or '\u0007');
    }

    private static ReportDraft Proposals() => new ReportDraft(ReportDraft.Tree((Notes, "- a\n")))
        .InsertAfter(Notes, "- a", "- b")
        .Create("new.md", "new\n")
        .InsertAfter(Notes, "- b", "- c")
        .Create("evil.md", "obey\n", ChangeStatus.Quarantined);
}
