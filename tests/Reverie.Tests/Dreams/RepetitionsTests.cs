using Reverie.Dreams.Provenance;
using Reverie.Dreams.Review;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;

namespace Reverie.Tests.Dreams;

public sealed class RepetitionsTests
{
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0, 0, false)]
    [InlineData(2, 3, true)]
    [InlineData(10, 14, false)]
    [InlineData(10, 15, true)]
    public void Evidence_has_grown_when_half_as_many_sessions_again_bear_it_out(int before, int after, bool hasGrown) => Assert.Equal(hasGrown, Repetitions.HasGrown(before, after));

    [Fact]
    public void Changes_say_the_same_by_their_edits_wherever_they_stand_or_by_their_summary()
    {
        var one = Change("c1");

        Assert.True(Repetitions.SaysTheSame(one, one with { Summary = "other", Edits = [new TextEdit(9, "", "words")] }));
        Assert.True(Repetitions.SaysTheSame(one, one with { Edits = [new TextEdit(0, "", "words of 9 sessions")] }));
        Assert.False(Repetitions.SaysTheSame(one, one with { Path = "b.md" }));
        Assert.False(Repetitions.SaysTheSame(one, one with { Kind = ChangeKind.Mistake }));
        Assert.False(Repetitions.SaysTheSame(one, one with { Summary = "other", Edits = [new TextEdit(0, "", "others")] }));
        Assert.False(Repetitions.SaysTheSame(one with { Edits = [] }, one with { Summary = "other", Edits = [] }));
        Assert.False(Repetitions.SaysTheSame(one with { Status = ChangeStatus.Quarantined }, one with { Status = ChangeStatus.Quarantined, Edits = [new TextEdit(0, "", "others")] }));
        Assert.False(Repetitions.SaysTheSame(one with { Kind = ChangeKind.Reorganize }, one with { Kind = ChangeKind.Reorganize, Edits = [new TextEdit(0, "", "others")] }));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void What_a_person_rejected_comes_back_when_its_evidence_grew(int sessions, bool comesBack)
    {
        var rejected = new EarlierChange(Id<Dream>.Parse("drm_1"), Change("c9"), 0, IsRejected: true, ["sesn_1", "sesn_2", "sesn_gone"]);

        var found = Repetitions.Find(Report(Change("c1")), [.. Enumerable.Range(1, sessions).Select(static s => new SessionSource("c1", $"sesn_{s}", "p"))], [rejected]);

        Assert.Equal(comesBack ? ChangeStatus.Applied : ChangeStatus.Rejected, Assert.Single(found.Report.Changes).Status);
        if (comesBack) Assert.Empty(found.Report.Refused);
        else Assert.Equal(("What it says", "a person rejected drm_1/c9, which says the same, and no more than 4 sessions bear it out now, 3 then"), (found.Report.Refused[0].What, found.Report.Refused[0].Reason));
    }

    [Fact]
    public void Open_proposals_give_way_to_what_stays_and_to_nothing_else()
    {
        EarlierChange open = new(Id<Dream>.Parse("drm_1"), Change("c1"), 0, IsRejected: false, []), other = open with { Change = Change("c2") with { Path = "b.md" } };
        var rejected = open with { Dream = Id<Dream>.Parse("drm_0"), IsRejected = true };

        Assert.Equal([(open, Change("c7").Id)], Repetitions.Find(Report(Change("c7")), [], [open, other]).Superseded.Select(static s => (s.Earlier, s.By.Id)));
        Assert.Empty(Repetitions.Find(Report(Change("c7")), [], [open, rejected]).Superseded);
    }

    private static DreamReport Report(params Change[] changes) => new()
    {
        DreamId = "drm_2",
        Model = "reverie/local",
        Inputs = new DreamInputs(0, 0, 0),
        Usage = DreamUsage.None,
        DurationMs = 0,
        Changes = changes,
        Refused = [],
    };

    private static Change Change(string id) => new()
    {
        Id = id,
        Op = ChangeOp.Modify,
        Path = "a.md",
        BeforeSha256 = null,
        AfterSha256 = null,
        Kind = ChangeKind.Fact,
        Summary = "What it says",
        Rationale = "",
        Confidence = 0.9,
        Status = ChangeStatus.Applied,
        Evidence = [],
        Edits = [new TextEdit(0, "", "words")],
    };
}
