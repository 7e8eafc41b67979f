using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Preferences;

/// <summary>Messages that ask for something and are not heard as wishes, counted by the reason. What they say is not repeated.</summary>
internal sealed class LeftOutMessages
{
    public const string HowToCall = "they say how to call a tool or what cures an error: that is learnt from calls and their answers, not from what people say";
    public const string Hidden = "they hold hidden characters, or secrets, or speak of one";
    public const string Foreign = "they read like instructions to software, or pass on somebody else's words";
    public const string OnlyNow = "they ask for it this once";
    public const string Report = "they report how things are: that needs the environment's word";
    public const string OneThing = "they are about one particular thing";

    private const int SessionsMin = 2;

    private readonly Dictionary<string, Tally> _tallies = new(StringComparer.Ordinal);

    public void Add(SessionReview session, string text, string reason)
    {
        // Most of what people say asks for nothing that would hold another time.
        if (reason != HowToCall && WishWords.Directive(text) == 0) return;
        if (!_tallies.TryGetValue(reason, out var tally)) _tallies.Add(reason, tally = new Tally());
        tally.Messages++;
        tally.Sessions.Add(session.Key);
    }

    /// <summary>A refusal for each reason that recurs.</summary>
    public void Refuse(Findings findings)
    {
        foreach (var (reason, tally) in _tallies.OrderBy(static t => t.Key, StringComparer.Ordinal))
        {
            if (tally.Sessions.Count >= SessionsMin) findings.Refuse($"{tally.Messages} messages that ask for something", reason, tally.Sessions.Count);
        }
    }

    private sealed class Tally
    {
        public int Messages { get; set; }

        public HashSet<string> Sessions { get; } = new(StringComparer.Ordinal);
    }
}
