using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Tests.Synthesis;

/// <summary>Which metadata key names people.</summary>
public sealed class PersonKeyTests
{
    private static readonly string[] People = ["sigrun", "olav", "mehwish", "torbj", "anneli", "pawel"];

    [Fact]
    public void Of_unknown_keys_the_one_with_a_crowd_of_recurring_values_names_people() =>
        Assert.Equal("fora", KeyOf(36, static (s, i) => s.About("fora", People[i % 6]).About("boat", i % 5 < 2 ? "Terna" : "Skarv").About("degrees", (6 + i % 9 * 0.1).ToString(CultureInfo.InvariantCulture))));

    [Fact]
    public void Single_letters_name_nobody() =>
        Assert.Equal("initiator", KeyOf(36, static (s, i) => s.About("crew", "abcd".Substring(i * 7 % 4, 1)).About("initiator", "op-" + (10 + i % 6)).Asks("hello").Asks(i % 4 == 0 ? $"by crane please, way {i}" : "thanks")));

    private static string? KeyOf(int count, Action<SessionScript, int> tell)
    {
        var texts = new TextPool();
        var reviews = new List<SessionReview>();
        for (var i = 0; i < count; i++)
        {
            var script = new SessionScript(i + 1);
            tell(script, i);
            using var transcript = script.ToTranscript();
            reviews.Add(SessionReviewer.Review(transcript, texts));
        }
        return Toolboxes.PersonKeyOf(reviews);
    }
}
