using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>Picks the events that show a finding: first from sessions that bear it out, then one from the other side.</summary>
internal static class BehaviourQuotes
{
    private const int BackingMax = 4;
    private const int OtherSideMax = 2;
    private const int CharsMin = 4;
    private const int CharsMax = 160;

    public static List<Quote> Of(Finding finding, Cohort cohort)
    {
        var quotes = new List<Quote>();
        var backing = finding.With.Where(i => cohort.Good[i] == finding.Helps).Select(i => cohort.Sessions[i]);
        Take(backing, finding.Behaviour, BackingMax, quotes);
        var otherSide = finding.Without.Where(i => cohort.Good[i] != finding.Helps).Select(i => cohort.Sessions[i]);
        if (OtherSideOf(finding.Behaviour) is { } counterpart) Take(otherSide, counterpart, OtherSideMax, quotes);
        return quotes;
    }

    /// <summary>What to show of sessions that did it differently; null where a call of theirs would tell nothing.</summary>
    private static Behaviour? OtherSideOf(Behaviour behaviour) => behaviour.Kind switch
    {
        BehaviourKind.DespiteFact => null,
        BehaviourKind.NeverClosed when behaviour.Detail.Length > 0 => behaviour with { Kind = BehaviourKind.ArgumentValue },
        _ => new Behaviour(BehaviourKind.Used, behaviour.Tool),
    };

    /// <summary>The first call that shows the behaviour; null when it was shown by something left undone.</summary>
    public static Step? TellingStep(SessionReview session, Behaviour behaviour)
    {
        Step? previous = null;
        var counts = new Dictionary<ulong, int>();
        var calls = 0;
        foreach (var step in session.Steps)
        {
            if (behaviour.Within > 0 && step.Index >= behaviour.Within) return null;
            var isTool = step.Tool == behaviour.Tool;
            if (isTool) calls++;
            var shows = isTool && behaviour.Kind switch
            {
                BehaviourKind.DespiteFact => FactBefore(session, step, behaviour) is not null,
                BehaviourKind.Guessed => Has(step, a => a.Path == behaviour.Detail && !a.Grounded),
                BehaviourKind.OwnWords => Has(step, a => a.Path == behaviour.Detail && BehaviourReader.IsOwnWords(a)),
                BehaviourKind.Prose => Has(step, a => a.Path == behaviour.Detail && ArgumentProfiles.IsProse(a.Text)),
                BehaviourKind.RepeatedFailure => step.Failed && Seen(step) >= behaviour.Count,
                BehaviourKind.Repeated => Seen(step) >= behaviour.Count,
                BehaviourKind.ArgumentValue => Has(step, a => a.Path == behaviour.Detail && a.Text == behaviour.Value),
                BehaviourKind.ArgumentGiven => Has(step, a => a.Path == behaviour.Detail),
                BehaviourKind.Opening => Has(step, a => a.Path == behaviour.Detail && ArgumentProfiles.Opening(a.Text).SequenceEqual(behaviour.Value)),
                BehaviourKind.Keyword => Has(step, a => a.Path == behaviour.Detail && a.Text.Contains(behaviour.Value, StringComparison.Ordinal)),
                BehaviourKind.Directly => previous?.Tool == behaviour.Detail,
                BehaviourKind.Ended => step.Index == session.Steps.Count - 1,
                BehaviourKind.Often => calls == behaviour.Count,
                BehaviourKind.NeverClosed => false,
                _ => true,
            };
            if (shows) return step;
            previous = step;
        }
        return behaviour.Kind == BehaviourKind.NeverClosed ? previous : null;

        int Seen(Step step) => counts[step.InputHash] = counts.GetValueOrDefault(step.InputHash) + 1;
    }

    private static void Take(IEnumerable<SessionReview> sessions, Behaviour behaviour, int sessionsMax, List<Quote> quotes)
    {
        var taken = 0;
        foreach (var session in sessions)
        {
            if (taken == sessionsMax) return;
            if (TellingStep(session, behaviour) is not { } step) continue;
            var before = quotes.Count;
            if (behaviour.Kind == BehaviourKind.DespiteFact && FactBefore(session, step, behaviour) is { ResultKey: { } factKey })
                Add(session, factKey, behaviour.Value, quotes);
            if (OfCall(step, behaviour) is { } call) Add(session, step.UseKey, call, quotes);
            else if (step.ResultKey is { } resultKey) Add(session, resultKey, Clip.Prefix(step.Result, CharsMax), quotes);
            if (quotes.Count > before) taken++;
        }
    }

    /// <summary>The latest answer before the call that had stated the fact about the same thing, or the call's own.</summary>
    private static Step? FactBefore(SessionReview session, Step step, Behaviour behaviour)
    {
        if (behaviour.Detail == behaviour.Tool) return step.Facts.Contains(behaviour.Value, StringComparer.Ordinal) ? step : null;
        for (var i = step.Index - 1; i >= 0; i--)
        {
            var earlier = session.Steps[i];
            if (earlier.Tool == behaviour.Detail && !earlier.Failed && BehaviourReader.SameThing(earlier, step))
                return earlier.Facts.Contains(behaviour.Value, StringComparer.Ordinal) ? earlier : null;
        }
        return null;
    }

    /// <summary>A piece of the call's input as canonical JSON writes it.</summary>
    private static string? OfCall(Step step, Behaviour behaviour)
    {
        if (behaviour.Kind == BehaviourKind.ArgumentValue)
        {
            var leaf = behaviour.Detail[(behaviour.Detail.LastIndexOf('.') + 1)..];
            foreach (var argument in step.Arguments)
                if (argument.Path == behaviour.Detail && argument.Text == behaviour.Value)
                    return argument.Kind == ValueKind.Text ? $"\"{leaf}\":\"{argument.Text}\"" : $"\"{leaf}\":{argument.Text}";
        }
        string? best = null;
        foreach (var argument in step.Arguments)
        {
            if (argument.Kind != ValueKind.Text || Secrets.IsSecretField(argument.Path)) continue;
            if (behaviour.Kind is BehaviourKind.Guessed && (argument.Path != behaviour.Detail || argument.Grounded)) continue;
            if (behaviour.Kind is BehaviourKind.OwnWords && (argument.Path != behaviour.Detail || !BehaviourReader.IsOwnWords(argument))) continue;
            var piece = Unescaped(argument.Text, behaviour.Kind is BehaviourKind.Opening or BehaviourKind.Keyword ? behaviour.Value : "");
            if (piece.Length >= CharsMin && (best is null || argument.Path == behaviour.Detail)) best = piece;
        }
        return best;
    }

    /// <summary>The longest stretch that holds <paramref name="word"/> and that JSON writes without escapes.</summary>
    private static string Unescaped(string text, string word)
    {
        var best = "";
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not ('"' or '\\' or < ' ')) continue;
            var piece = text[start..i].Trim();
            if (piece.Length > best.Length && piece.Contains(word, StringComparison.Ordinal)) best = piece;
            start = i + 1;
        }
        return Clip.Prefix(best, CharsMax);
    }

    private static void Add(SessionReview session, string @event, string text, List<Quote> quotes)
    {
        if (text.Length < CharsMin || Secrets.In(text) || Instructions.Score(text) >= Instructions.PlantedScoreMin) return;
        quotes.Add(new Quote(session.Key, @event, text));
    }

    private static bool Has(Step step, Func<Argument, bool> wanted)
    {
        foreach (var argument in step.Arguments)
            if (wanted(argument)) return true;
        return false;
    }
}
