using FsCheck;
using FsCheck.Fluent;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests.Dreams;

public sealed class ReplayLaws
{
    [Fact]
    public void Applying_a_report_gives_what_the_dream_made() => ForAll(seed =>
    {
        var draft = RandomReport.Of(seed, ChangeStatus.Applied);
        Same(draft.After, Replayed(ReportReplay.Apply(draft.Report(), draft.Before)));
    });

    [Fact]
    public void Reverting_what_was_applied_gives_the_same_bytes() => ForAll(seed =>
    {
        var draft = RandomReport.Of(seed, ChangeStatus.Applied);
        Same(draft.Before, Replayed(ReportReplay.Revert(draft.Report(), draft.After)));
    });

    [Fact]
    public void The_inverse_of_edits_leads_back() => ForAll(seed =>
    {
        foreach (var change in RandomReport.Of(seed, ChangeStatus.Applied).Report().Changes)
            Assert.Equal(change.Edits, ChangeReplay.Invert(ChangeReplay.Invert(change.Edits)));
    });

    [Fact]
    public void Accepting_everything_is_applying_everything() => ForAll(seed =>
    {
        var draft = RandomReport.Of(seed, ChangeStatus.Proposed);
        var report = draft.Report();
        var outcome = ReportReview.Decide(report, draft.Before, report.Changes.ToDictionary(change => change.Id, Verdict (_) => Verdict.Accept.AsIs));
        Assert.Empty(outcome.Dropped);
        Assert.Empty(outcome.Rebased);
        Same(draft.After, outcome.Memory);
    });

    [Fact]
    public void Whatever_is_accepted_in_whatever_sittings_can_be_replayed_and_reverted_exactly() => ForAll(seed =>
    {
        var draft = RandomReport.Of(seed, ChangeStatus.Proposed);
        var random = new Random(seed);
        var (report, memory) = (draft.Report(), draft.Before);
        for (var sitting = 0; sitting < 3; sitting++)
        {
            var outcome = ReportReview.Decide(report, memory, SomeVerdicts(report, random));
            (report, memory) = (outcome.Report, outcome.Memory);
        }
        Same(memory, Replayed(ReportReplay.Apply(report, draft.Before)));
        Same(draft.Before, Replayed(ReportReplay.Revert(report, memory)));
    });

    [Fact]
    public void Every_accepted_change_either_lands_or_is_named() => ForAll(seed =>
    {
        var report = RandomReport.Of(seed, ChangeStatus.Proposed) is var draft ? draft.Report() : null!;
        var verdicts = SomeVerdicts(report, new Random(seed));
        var outcome = ReportReview.Decide(report, draft.Before, verdicts);
        var expected = verdicts.Where(pair => pair.Value is not Verdict.Reject).Select(pair => pair.Key).Order(StringComparer.Ordinal);
        Assert.Equal(expected, outcome.Accepted.Concat(outcome.Dropped.Select(drop => drop.ChangeId)).Order(StringComparer.Ordinal));
        Assert.Equal(report.Changes.Count, outcome.Report.Changes.Count);
    });

    private static Dictionary<string, Verdict> SomeVerdicts(DreamReport report, Random random)
    {
        var verdicts = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var change in report.Changes.Where(ReportReview.IsOpen))
        {
            Verdict? verdict = random.Next(4) switch
            {
                0 => Verdict.Reject.Plain,
                1 => null,
                2 => new Verdict.AcceptEdited([.. change.Edits.Select(edit => edit.Insert.Length == 0 ? "" : "reworded\n")]),
                _ => Verdict.Accept.AsIs,
            };
            if (verdict is not null) verdicts[change.Id] = verdict;
        }
        return verdicts;
    }

    private static MemoryTree Replayed(ReplayOutcome outcome) => Assert.IsType<ReplayOutcome.Replayed>(outcome).Memory;

    private static void Same(MemoryTree expected, MemoryTree actual) => Assert.Equal(expected.Texts, actual.Texts);

    private static void ForAll(Action<int> holds) => Prop.ForAll(ArbMap.Default.ArbFor<int>().Generator.Resize(1_000_000).ToArbitrary(), holds)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(new Replay(new Rnd(20260101, 1), null)));
}
