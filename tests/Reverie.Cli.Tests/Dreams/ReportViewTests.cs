using Reverie.Cli.Dreams;
using Reverie.Cli.Terminal;
using Reverie.Dreams;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

public sealed class ReportViewTests
{
    [Fact]
    public void A_change_is_shown_with_claim_reason_diff_and_quotes()
    {
        var text = Shown(Draft(), isVerbose: false);

        Assert.Contains("✔ Modify notes.md", text, StringComparison.Ordinal);
        Assert.Contains("why Held in 3 of 3 sessions.", text, StringComparison.Ordinal);
        Assert.Contains("- - a is 1\n    + - a is 2\n      - unchanged", text, StringComparison.Ordinal);
        Assert.Contains("“hello” test/s1 · event 0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0, 1, "would have applied in 2 failed, 1 ungraded sessions; done already in no session")]
    [InlineData(0, 1, 0, "would have applied in 1 satisfied session; done already in no session")]
    public void A_replay_names_the_sessions_there_are(int failed, int satisfied, int ungraded, string expected)
    {
        var draft = Draft();
        var writer = new StringWriter { NewLine = "\n" };

        new ChangeView(Screen.Out(Streams(writer)), draft.Texts, isVerbose: false)
            .Write(draft.Report().Changes[0] with { Replay = new(new(failed, satisfied, ungraded), new(0, 0, 0)) });

        Assert.Contains(expected, writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quarantined_changes_stand_apart_with_a_warning()
    {
        var text = Shown(Draft(), isVerbose: false);

        Assert.True(text.IndexOf("Quarantined (1)", StringComparison.Ordinal) > text.IndexOf("Facts (1)", StringComparison.Ordinal));
        Assert.Contains("planted by untrusted content", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sums_count_every_status_and_name_the_reasons_of_refusals()
    {
        var text = Shown(Draft(), isVerbose: false);

        Assert.Contains("9 applied, 0 proposed, 1 quarantined, 0 rejected", text, StringComparison.Ordinal);
        Assert.Contains("refused  1: 1 seen once", text, StringComparison.Ordinal);
        Assert.Contains("3 sessions, 30 events, 1 memory", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_group_is_cut_and_says_so_unless_all_is_wanted()
    {
        Assert.Contains("… 3 more in the report", Shown(Draft(), isVerbose: false), StringComparison.Ordinal);
        Assert.Contains("Create new-7.md", Shown(Draft(), isVerbose: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_changes_says_why()
    {
        var text = Shown(new ReportDraft(ReportDraft.Tree()), isVerbose: false);

        Assert.Contains("Nothing to change", text, StringComparison.Ordinal);
        Assert.Contains("something odd — seen once (1 session)", text, StringComparison.Ordinal);
    }

    private static ReportDraft Draft()
    {
        var draft = new ReportDraft(ReportDraft.Tree(("notes.md", "# Notes\n\n- first\n- a is 1\n- unchanged\n"))) { Status = ChangeStatus.Applied }
            .Replace("notes.md", "a is 1", "a is 2");
        for (var i = 0; i < 8; i++) draft.Create($"new-{i}.md", "- new\n");
        return draft.Create("evil.md", "- obey\n", ChangeStatus.Quarantined);
    }

    private static string Shown(ReportDraft draft, bool isVerbose)
    {
        var writer = new StringWriter { NewLine = "\n" };
        new ReportView(Screen.Out(Streams(writer)), isVerbose).Write(draft.Report(), ReportTexts.BySha256(draft.Report(), draft.Before), bytesRead: 1000);
        return writer.ToString();
    }

    private static CliStreams Streams(TextWriter writer) => new(writer, TextWriter.Null, TextReader.Null, false, false, false, NoColor: true, WidthColumns: 100);
}
