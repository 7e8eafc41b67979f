using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Synthesis.Preferences;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Synthesis.Preferences;

/// <summary>What people ask for and the dreamer does not take up stands among the refusals, with the reason.</summary>
public sealed class WishRefusalTests
{
    [Theory]
    [InlineData("Please always call `book_yard` with the date {0} first", "how to call a tool")]
    [InlineData("When the booking fails, please always wait {0} minutes", "how to call a tool")]
    [InlineData("Please put {0} chairs out, just this once", "this once")]
    public void A_message_that_is_no_wish_is_counted_and_the_reason_given(string wish, string reason)
    {
        var refusal = Assert.Single(Refused(wish), r => r.Reason.Contains(reason, StringComparison.Ordinal));

        Assert.Equal(("6 messages that ask for something", 6), (refusal.What, refusal.Sessions));
    }

    [Fact]
    public void What_opens_sessions_is_refused_as_the_request_it_is()
    {
        string[] places = ["garden", "harbour", "station", "museum"];

        var findings = Mine([.. places.Select(static (place, i) => new SessionDraft($"{i}", satisfied: true, task: i < 2 ? "ada" : "bob").User($"Please always bring umbrellas to the {place}").Review())]);

        Assert.Empty(findings.Insights);
        Assert.Contains(findings.Refused, static r => r.Reason.Contains("asks for the call that follows", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_said_once_is_no_observation() => Assert.Empty(Mine([Said(0, "ada", "When it fails, please wait two minutes", 0), Said(1, "bob", "fine", 1)]).Refused);

    private static List<Refusal> Refused(string wish) => Mine([.. Enumerable.Range(0, 6).Select(i => Said(i, i % 2 == 0 ? "ada" : "bob", string.Format(CultureInfo.InvariantCulture, wish, i + 2), i))]).Refused;

    private static SessionReview Said(int id, string person, string text, int n) =>
        new SessionDraft(id.ToString(CultureInfo.InvariantCulture), satisfied: n % 2 == 0, task: person).User("good morning").Call("look", new { n }).User(text).Review();

    private static Findings Mine(List<SessionReview> sessions)
    {
        var toolbox = new Toolbox { Name = "work", Sessions = sessions, PersonKey = "task_id", PrincipalsMin = 2 };
        Actions.Name(toolbox);
        return PreferenceMiner.Mine(toolbox);
    }
}
