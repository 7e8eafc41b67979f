using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis.Behaviours;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>Picks the events that show a rule: sessions that kept to it and were satisfied, then some that did not.</summary>
internal static class RuleQuotes
{
    private const int KeptMax = 2;
    private const int BrokeMax = 1;

    public static List<Quote> Of(Proof proof, Cohort cohort) =>
        [.. proof.Kept.Where(i => cohort.Good[i]).Take(KeptMax).Concat(proof.Broke.Where(i => !cohort.Good[i]).Take(BrokeMax)).SelectMany(i => OfSession(proof.Rule, cohort.Sessions[i], i))];

    private static IEnumerable<Quote> OfSession(Rule rule, SessionReview session, int number)
    {
        var call = rule.Decision.Calls[number]!;
        if (rule.Condition is { Cut: var when } && OfAnswer(session, call, when.Feature) is { } known) yield return known;
        var choice = rule.Choice.Cut;
        var chosen = choice.Feature.Kind switch
        {
            FeatureKind.Subject => OfAnswer(session, call, choice.Feature),
            FeatureKind.Calls => session.Steps.Take(call.Index).LastOrDefault(s => s.Tool == choice.Feature.Tool) is { ResultKey: { } key } last ? Shown(session, key, last.Result) : null,
            _ => call.Value(choice.Feature.Field) is { } value ? Shown(session, call.UseKey, choice.Word is null ? $"\"{choice.Feature.Field[(choice.Feature.Field.LastIndexOf('.') + 1)..]}\":{value}" : value) : null,
        };
        if (chosen is not null) yield return chosen;
    }

    /// <summary>The field with its value, as the answer states it.</summary>
    private static Quote? OfAnswer(SessionReview session, Step call, Feature feature)
    {
        var answers = session.Steps.Take(call.Index).Reverse().Where(s => s.Tool == feature.Tool && !s.Failed).ToList();
        if ((answers.Find(a => BehaviourReader.SameThing(a, call)) ?? answers.FirstOrDefault()) is not { ResultKey: { } key } answer) return null;
        var said = answer.Result;
        var start = said.IndexOf($"\"{feature.Field}\"", StringComparison.Ordinal);
        if (start < 0) return null;
        var end = said.AsSpan(start).IndexOfAny(",}");
        return end < 0 ? null : Shown(session, key, said.Substring(start, end).TrimEnd());
    }

    private static Quote? Shown(SessionReview session, string @event, string text) =>
        Secrets.In(text) || Instructions.Score(text) >= Instructions.PlantedScoreMin ? null : new Quote(session.Key, @event, Clip.Prefix(text, Quotes.CharsMax));
}
