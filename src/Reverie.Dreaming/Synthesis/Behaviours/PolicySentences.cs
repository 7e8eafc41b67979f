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
    private const int SharedWordsMin = 2;
    private const int PrefixChars = 5;

    private readonly List<(Quote Quote, List<string> Words)> _sentences = [];

    public PolicySentences(IReadOnlyList<SessionReview> sessions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var policies = sessions.Where(static s => s.SystemMessages.Count > 0).GroupBy(static s => s.SystemMessages[0].Text, StringComparer.Ordinal)
            .Where(static g => g.Count() >= SessionsMin).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            var session = policy.First();
            foreach (var match in Sentence().EnumerateMatches(policy.Key))
            {
                var text = policy.Key.AsSpan(match.Index, match.Length).Trim(" -*#\t").ToString();
                if (text.Length is < SentenceCharsMin or > SentenceCharsMax || !Rules().IsMatch(text) || !seen.Add(text)) continue;
                if (Secrets.In(text) || Instructions.Score(text) >= Instructions.PlantedScoreMin) continue;
                _sentences.Add((new Quote(session.Key, session.SystemMessages[0].EventKey, text), Words.Content(text)));
            }
        }
    }

    /// <summary>The sentence that speaks of what the behaviour does and to what; null when none names both.</summary>
    public Quote? About(Behaviour behaviour)
    {
        var about = Words.OfIdentifier(behaviour.Tool).Where(static w => w.Length > 3).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        var rest = behaviour.Kind switch
        {
            BehaviourKind.DespiteFact => Words.OfIdentifier(JsonFacts.FieldOf(behaviour.Value) + " " + JsonFacts.ValueOf(behaviour.Value)),
            BehaviourKind.ArgumentValue or BehaviourKind.Guessed => Words.OfIdentifier(behaviour.Detail + " " + behaviour.Value),
            BehaviourKind.Unheard or BehaviourKind.Used or BehaviourKind.Ended => ["confirm", "confirmation"],
            _ => [],
        };
        about.UnionWith(rest.Where(static w => w.Length > 3).Select(Words.Stem));
        if (rest.Count == 0) return null;
        Quote? best = null;
        var most = SharedWordsMin - 1;
        foreach (var (quote, words) in _sentences)
        {
            var shared = about.Count(a => words.Exists(w => Alike(a, w)));
            var hitsRest = rest.Exists(r => words.Exists(w => Alike(Words.Stem(r), w)));
            if (shared > most && hitsRest) (best, most) = (quote, shared);
        }
        return best;
    }

    private static bool Alike(string a, string b) =>
        a == b || (a.Length >= PrefixChars && b.Length >= PrefixChars && a.AsSpan(0, PrefixChars).SequenceEqual(b.AsSpan(0, PrefixChars)));

    [GeneratedRegex(@"[^\n.!?]+[.!?]?")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b(?:must|never|only|cannot|can not|can't|should not|shouldn't|may not|do not|don't|not allowed|required?|forbidden|prohibited|unless|make sure|has to|have to|need to)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rules();
}
