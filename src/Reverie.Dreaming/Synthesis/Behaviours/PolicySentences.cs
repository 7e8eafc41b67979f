using System.Text.RegularExpressions;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>The sentences of the operator's policy that forbid or demand something, to be put beside what was found.</summary>
internal sealed partial class PolicySentences
{
    private const int SentenceCharsMin = 20;
    private const int SentenceCharsMax = 240;
    private const int SessionsMin = 5;
    private const int PrefixChars = 5;

    private readonly List<(Quote Quote, List<string> Words, bool IsRule)> _sentences = [];

    /// <summary>How many tools a word names: "cancel" tells which call a sentence means, "reservation" does not.</summary>
    private readonly Dictionary<string, int> _toolsPerWord = new(StringComparer.Ordinal);

    public PolicySentences(IReadOnlyList<SessionReview> sessions)
    {
        foreach (var tool in sessions.SelectMany(static s => s.Steps).Select(static s => s.Tool).Distinct(StringComparer.Ordinal))
            foreach (var word in Telling(tool).Distinct(StringComparer.Ordinal)) _toolsPerWord[word] = _toolsPerWord.GetValueOrDefault(word) + 1;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var policies = sessions.Where(static s => s.SetUpHash is not null).GroupBy(static s => s.SetUpHash).Where(static g => g.Count() >= SessionsMin)
            .Select(static g => (Session: g.First(), Text: g.First().SystemMessages[0].Text, Count: g.Count())).OrderByDescending(static p => p.Count).ThenBy(static p => p.Text, StringComparer.Ordinal);
        foreach (var (session, policy, _) in policies)
        {
            foreach (var match in Sentence().EnumerateMatches(policy))
            {
                var text = policy.AsSpan(match.Index, match.Length).Trim(" -*#\t").ToString();
                if (text.Length is < SentenceCharsMin or > SentenceCharsMax || !seen.Add(text)) continue;
                if (Secrets.In(text) || Instructions.Score(text) >= Instructions.PlantedScoreMin) continue;
                _sentences.Add((new Quote(session.Key, session.SystemMessages[0].EventKey, text), Words.Content(text), Rules().IsMatch(text)));
            }
        }
    }

    /// <summary>
    /// The sentence that speaks both of what the behaviour does and of what it does it to; a sentence that forbids or
    /// demands is preferred, then the shorter one. Null when no sentence names both.
    /// </summary>
    public Quote? About(Behaviour behaviour)
    {
        var acts = Telling(behaviour.Tool).Where(w => _toolsPerWord[w] == 1).ToList();
        var things = Telling(behaviour.Kind switch
        {
            BehaviourKind.DespiteFact => JsonFacts.FieldOf(behaviour.Value),
            BehaviourKind.ArgumentValue => behaviour.Detail + " " + behaviour.Value,
            BehaviourKind.Guessed => behaviour.Detail,
            BehaviourKind.Unheard => "confirmation",
            _ => "",
        });
        return _sentences.Where(s => acts.Exists(a => Names(s.Words, a)) && things.Exists(t => Names(s.Words, t)))
            .OrderByDescending(s => acts.Count(a => Names(s.Words, a)) + things.Count(t => Names(s.Words, t)))
            .ThenByDescending(static s => s.IsRule).ThenBy(static s => s.Quote.Text.Length).ThenBy(static s => s.Quote.Text, StringComparer.Ordinal)
            .Select(static s => s.Quote).FirstOrDefault();
    }

    private static List<string> Telling(string identifier) => Words.OfIdentifier(identifier).Where(static w => w.Length > 3 && !Words.IsFunctionWord(w)).Select(Words.Stem).ToList();

    private static bool Names(List<string> words, string wanted) => words.Exists(w => Alike(w, wanted));

    private static bool Alike(string a, string b) =>
        a == b || (a.Length >= PrefixChars && b.Length >= PrefixChars && a.AsSpan(0, PrefixChars).SequenceEqual(b.AsSpan(0, PrefixChars)));

    [GeneratedRegex(@"[^\n.!?]+[.!?]?")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b(?:must|never|only|cannot|can not|can't|should not|shouldn't|may not|do not|don't|not allowed|required?|forbidden|prohibited|unless|make sure|has to|have to|need to)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rules();
}
