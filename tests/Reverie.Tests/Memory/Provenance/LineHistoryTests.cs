using Reverie.Memory.Provenance;
using Reverie.Protocol.Memory;

namespace Reverie.Tests.Memory.Provenance;

/// <summary>Where the lines of a memory come from.</summary>
public sealed class LineHistoryTests
{
    private const string Old = "- Quiet hours are from 22 to 6";
    private const string New = "- Quiet hours are from 23 to 5 since May";

    [Fact]
    public void A_line_that_is_rewritten_goes_back_to_the_one_before()
    {
        var line = LineHistory.Trace(Texts(Old, New))[0];

        Assert.Equal((1, Old), (line.Number, Assert.Single(line.Ancestors).Text));
    }

    [Fact]
    public void A_line_that_comes_back_is_the_line_it_was()
    {
        var line = LineHistory.Trace(Texts(Old, New, Old))[0];

        Assert.Equal(0, line.Number);
        Assert.Empty(line.Ancestors);
    }

    [Fact]
    public void A_line_that_comes_back_keeps_what_it_was_rewritten_from()
    {
        var line = LineHistory.Trace(Texts(Old, New, "", New))[0];

        Assert.Equal((1, Old), (line.Number, Assert.Single(line.Ancestors).Text));
    }

    [Fact]
    public void Only_what_was_made_of_a_dreams_line_rests_on_it()
    {
        var written = new Passage(LineHash.Of(Old)!, "drm_1", "c1", PassageRelation.Wrote, DateTimeOffset.UnixEpoch);

        Assert.Equal([written with { LineHash = LineHash.Of(New)!, Relation = PassageRelation.Rewritten }], RewrittenLines.Of(Texts(Old, New), [written]));
        Assert.Empty(RewrittenLines.Of(Texts(Old, New, Old), [written with { LineHash = LineHash.Of(New)! }]));
    }

    private static List<PastText> Texts(params string[] texts) => [.. texts.Select(static (text, i) => new PastText(i, text))];
}
