using Reverie.Dreams;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

public sealed class ReviewRebase
{
    private const string Path = "notes.md";

    [Fact]
    public void A_line_added_below_a_rejected_line_moves_up_to_the_neighbour_that_is_there()
    {
        var draft = Draft("# Notes\n\n- first\n\n## Other\n").InsertAfter(Path, "- first", "- second").InsertAfter(Path, "- second", "- third");

        Assert.Equal("# Notes\n\n- first\n- third\n\n## Other\n", Accept(draft, "chg_2").Text);
    }

    [Fact]
    public void A_line_below_a_rejected_heading_is_dropped_not_put_under_another_one()
    {
        var draft = Draft("# Notes\n- first\n").InsertAfter(Path, "- first", "## Shipping").InsertAfter(Path, "## Shipping", "- by boat");

        var (text, outcome) = Accept(draft, "chg_2");

        Assert.Equal("# Notes\n- first\n", text);
        Assert.Equal("chg_2", Assert.Single(outcome.Dropped).ChangeId);
        Assert.Equal(ChangeStatus.Proposed, outcome.Report.Changes[1].Status);
    }

    [Fact]
    public void A_section_behind_a_rejected_one_stands_on_its_own()
    {
        var draft = Draft("# Notes\n\n## Air\n\n- by plane\n").InsertAfter(Path, "- by plane", "\n## Sea\n\n- by boat").InsertAfter(Path, "- by boat", "\n## Land\n\n- by train");

        Assert.Equal("# Notes\n\n## Air\n\n- by plane\n\n## Land\n\n- by train\n", Accept(draft, "chg_2").Text);
    }

    [Fact]
    public void A_section_below_a_rejected_heading_of_a_higher_level_is_dropped()
    {
        var draft = Draft("# Notes\n\n- a\n").InsertAfter(Path, "- a", "\n# Travel").InsertAfter(Path, "# Travel", "\n## Land\n\n- by train");

        Assert.Equal("chg_2", Assert.Single(Accept(draft, "chg_2").Outcome.Dropped).ChangeId);
    }

    [Fact]
    public void A_section_that_is_put_in_takes_no_line_of_the_one_before()
    {
        var draft = Draft("## Air\n\n- by plane\n- by balloon\n\n## Sea\n").Replace(Path, "- by balloon\n", "").InsertAfter(Path, "- by plane", "\n## Land\n\n- by train");

        Assert.Equal("## Air\n\n- by plane\n- by balloon\n\n## Land\n\n- by train\n\n## Sea\n", Accept(draft, "chg_2").Text);
    }

    [Fact]
    public void A_correction_of_one_line_survives_the_rejection_of_another()
    {
        var draft = Draft("- a is 1\n- b is 2\n").Replace(Path, "a is 1", "a is one of many").Replace(Path, "b is 2", "b is 3");

        var (text, outcome) = Accept(draft, "chg_2");

        Assert.Equal("- a is 1\n- b is 3\n", text);
        Assert.Equal(["chg_2"], outcome.Rebased);
    }

    [Fact]
    public void A_correction_of_a_line_that_someone_reworded_is_dropped()
    {
        var draft = Draft("- a is 1\n").Replace(Path, "a is 1", "a is 2");
        var outcome = ReportReview.Decide(draft.Report(), ReportDraft.Tree((Path, "- a is 1, mostly\n")), All(draft));

        Assert.Equal("chg_1", Assert.Single(outcome.Dropped).ChangeId);
        Assert.Equal("- a is 1, mostly\n", outcome.Memory.Find(Path));
    }

    [Fact]
    public void A_line_that_became_ambiguous_is_not_guessed()
    {
        var draft = Draft("- salt\n- oil\n").InsertAfter(Path, "- oil", "- salt").Replace(Path, "- salt\n- oil", "- pepper\n- oil");
        var twice = ReportDraft.Tree((Path, "- salt\n- oil\n- salt\n- oil\n"));

        Assert.Equal(2, ReportReview.Decide(draft.Report(), twice, All(draft)).Dropped.Count);
    }

    [Fact]
    public void A_memory_edited_since_the_dream_is_never_deleted()
    {
        var draft = Draft("- old\n").Delete(Path);
        var outcome = ReportReview.Decide(draft.Report(), ReportDraft.Tree((Path, "- old\n- but somebody needs it\n")), All(draft));

        Assert.Contains("edited since", Assert.Single(outcome.Dropped).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_memory_is_not_created_over_another_or_where_a_directory_is()
    {
        var draft = new ReportDraft(ReportDraft.Tree()).Create("notes", "x\n");

        Assert.Single(ReportReview.Decide(draft.Report(), ReportDraft.Tree(("notes", "mine\n")), All(draft)).Dropped);
        Assert.Single(ReportReview.Decide(draft.Report(), ReportDraft.Tree(("notes/today.md", "mine\n")), All(draft)).Dropped);
    }

    [Fact]
    public void The_reviewers_words_replace_the_dreams()
    {
        var draft = Draft("- a\n").InsertAfter(Path, "- a", "- b").InsertAfter(Path, "- b", "- c");
        var outcome = ReportReview.Decide(draft.Report(), draft.Before, new Dictionary<string, Verdict>(StringComparer.Ordinal)
        {
            ["chg_1"] = new Verdict.AcceptEdited(["- better b\n"]),
            ["chg_2"] = Verdict.Accept.AsIs,
        });

        Assert.Equal("- a\n- c\n- better b\n", outcome.Memory.Find(Path));
        Assert.Equal(ChangeStatus.Applied, outcome.Report.Changes[0].Status);
    }

    [Fact]
    public void A_path_that_leaves_the_store_is_refused()
    {
        var draft = new ReportDraft(ReportDraft.Tree()).Create("../../etc/passwd", "x\n");

        Assert.Single(ReportReview.Decide(draft.Report(), ReportDraft.Tree(), All(draft)).Dropped);
    }

    private static ReportDraft Draft(string text) => new(ReportDraft.Tree((Path, text)));

    private static Dictionary<string, Verdict> All(ReportDraft draft) =>
        draft.Report().Changes.ToDictionary(change => change.Id, Verdict (_) => Verdict.Accept.AsIs);

    private static (string? Text, ReviewOutcome Outcome) Accept(ReportDraft draft, string id)
    {
        var verdicts = draft.Report().Changes.ToDictionary(change => change.Id,
            Verdict (change) => change.Id == id ? Verdict.Accept.AsIs : Verdict.Reject.Plain);
        var outcome = ReportReview.Decide(draft.Report(), draft.Before, verdicts);
        return (outcome.Memory.Find(Path), outcome);
    }
}
