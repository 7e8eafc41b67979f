using System.Text;
using FsCheck.Fluent;
using Reverie.Dreaming.Tests.Defence;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Tests.Laws;

/// <summary>Texts are cut, compared and searched without breaking them.</summary>
public sealed class TextLaws
{
    [Fact]
    public void Clipping_never_splits_a_character_and_never_lengthens()
    {
        OnTexts(300, static (text, random) =>
        {
            var most = random.Next(1, 60);
            var prefix = Clip.Prefix(text, most);
            Assert.StartsWith(prefix, text, StringComparison.Ordinal);
            Assert.InRange(prefix.Length, Math.Min(text.Length, most) - 1, most);
            Whole(prefix);
            var line = Clip.Line(text, most);
            Assert.InRange(line.Length, 0, most);
            Assert.DoesNotContain('\n', line);
            Whole(line);
        });
    }

    [Fact]
    public void Words_are_whole_and_lower_case_and_stem_to_something()
    {
        OnTexts(300, static (text, _) =>
        {
            foreach (var word in Words.Split(text).Concat(Words.OfIdentifier(text)))
            {
                Assert.NotEqual("", word);
                Assert.NotEqual("", Words.Stem(word));
                Whole(word);
            }
        });
    }

    [Fact]
    public void Secrets_are_found_in_order_without_overlap()
    {
        OnTexts(400, static (text, random) =>
        {
            var sample = SecretSamples.Of(SecretSamples.Kinds[random.Next(SecretSamples.Kinds.Count)], random);
            var at = 0;
            var whole = text + sample.Text + text;
            foreach (var (start, end) in Secrets.Find(whole))
            {
                Assert.True(at <= start && start < end && end <= whole.Length);
                at = end + 1;
            }
        });
    }

    [Fact]
    public void Stripped_text_holds_nothing_hidden_and_keeps_what_is_seen()
    {
        OnTexts(400, static (text, _) =>
        {
            var stripped = HiddenText.Strip(text);
            Assert.False(HiddenText.In(stripped), $"{Convert.ToHexString(Encoding.UTF8.GetBytes(stripped))}");
            Assert.Equal(stripped, HiddenText.Strip(stripped));
            Assert.Equal(text.Where(char.IsAsciiLetterOrDigit), stripped.Where(char.IsAsciiLetterOrDigit));
        });
    }

    [Fact]
    public void Emoji_are_seen() => Assert.False(HiddenText.In("fine 😀 🚢 🏴 ⚓"));

    private static void OnTexts(int cases, Action<string, Random> holds) => Law.Of(cases, Gen.Choose(0, int.MaxValue - 1), seed =>
    {
        var random = new Random(seed);
        holds(string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(6)).Select(_ => HostileTranscripts.Text(random))), random);
    });

    private static void Whole(string text) => Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
}
