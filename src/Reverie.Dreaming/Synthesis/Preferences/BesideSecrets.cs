using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Preferences;

/// <summary>
/// What people said of words that open something. A word in plain letters is told from others only by what stands beside
/// it, and who said it once says it again elsewhere: messages that repeat such a message are as little to be written down.
/// </summary>
internal sealed class BesideSecrets
{
    private const int SharedMin = 2;

    private readonly List<HashSet<string>> _said = [];
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    /// <param name="toolbox">Whose people are heard.</param>
    /// <param name="charsMax">Longest message that is read: a long one speaks of much else.</param>
    public BesideSecrets(Toolbox toolbox, int charsMax)
    {
        foreach (var text in toolbox.Sessions.SelectMany(static s => s.UserMessages).Where(m => m.Length <= charsMax).Select(static m => m.Text).Where(WishWords.SpeaksOfSecret).Distinct(StringComparer.Ordinal))
        {
            var words = Topic(text);
            _said.Add(words);
            _words.UnionWith(words);
        }
    }

    /// <summary>True when the message speaks of a secret, or half of what it is about, and two words at least where there are two, stands in one that does.</summary>
    public bool Repeats(string text)
    {
        if (WishWords.SpeaksOfSecret(text)) return true;
        if (_said.Count == 0) return false;
        var words = Topic(text);
        if (words.Count == 0 || !words.Overlaps(_words)) return false;
        return _said.Exists(said => words.Count(said.Contains) is var shared && shared >= Math.Min(SharedMin, words.Count) && shared * 2 >= words.Count);
    }

    /// <summary>The stems of what the message is about, without those of neighbouring words joined.</summary>
    private static HashSet<string> Topic(string text)
    {
        var words = WishWords.TopicStems(Words.Split(text));
        words.IntersectWith(Words.Content(text));
        return words;
    }
}
