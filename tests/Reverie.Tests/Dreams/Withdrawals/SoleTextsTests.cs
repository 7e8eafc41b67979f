using Reverie.Dreams.Withdrawals;
using Reverie.Protocol.Dreams;

namespace Reverie.Tests.Dreams.Withdrawals;

/// <summary>Words of one session alone, and whether enough is left behind a change.</summary>
public sealed class SoleTextsTests
{
    [Theory]
    [InlineData("the Zephyrine was moored", true)]
    [InlineData("{\"text\":\"ZEPHYRINE\\nmoored\"}", true)]
    [InlineData("{\"text\":\"zephyr\\u0069ne\"}", true)]
    [InlineData("nothing of the kind", false)]
    public void What_may_stand_in_a_text_is_told_without_taking_it_apart(string text, bool mayStand) => Assert.Equal(mayStand, Of("zephyrine berth").MayStandIn(text));

    [Fact]
    public void A_text_in_which_something_is_struck_out_is_one_in_which_it_may_stand()
    {
        var sole = Of("zephyrine berthing seven lanterns brightly");
        foreach (var text in new[] { "a Zephyrine.", "seven LANTERNS", "x_zephyrine", "Lanterns", "lantern", "" })
        {
            if (!ReferenceEquals(sole.Strike(text), text)) Assert.True(sole.MayStandIn(text), text);
        }
    }

    [Theory]
    [InlineData(20, 5, 2, 2, true)]
    [InlineData(20, 5, 2, 1, false)]
    [InlineData(20, 5, 1, 1, false)]
    [InlineData(3, 1, 2, 1, true)]
    [InlineData(1, 1, 0, 0, false)]
    public void A_change_stands_on_two_sessions_of_two_principals_or_on_as_many_as_it_had(int sessions, int principals, int sessionsLeft, int principalsLeft, bool stands) =>
        Assert.Equal(stands, Standing.Holds(new ChangeSupport(sessions, principals), new ChangeSupport(sessionsLeft, principalsLeft)));

    private static SoleTexts Of(string text)
    {
        var sole = new SoleTexts();
        sole.Add(text);
        return sole;
    }
}
