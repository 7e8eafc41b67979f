using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>What happened between a failed call and the next one that worked.</summary>
internal static class Episodes
{
    /// <summary>How many steps after a failure still belong to it.</summary>
    public const int StepsMax = 14;

    /// <summary>True when two calls speak of the same thing: one carries a telling value of the other.</summary>
    public static bool ShareValue(Step a, Step b)
    {
        foreach (var x in a.Arguments)
        {
            if (!Tells(x)) continue;
            foreach (var y in b.Arguments)
            {
                if (Tells(y) && (x.Text == y.Text || Overlap(x.Text, y.Text))) return true;
            }
        }
        return false;
    }

    /// <summary>True when the same was called with the same input, however long it is.</summary>
    public static bool SameInput(Step a, Step b) => a.Tool == b.Tool && a.InputHash == b.InputHash;

    /// <summary>
    /// The call that settled a failure: the next call of the same tool that worked, preferably on the same thing; null
    /// when there was none in reach.
    /// </summary>
    public static Step? SameToolSuccess(SessionReview session, Step failed)
    {
        Step? first = null;
        foreach (var step in After(session, failed))
        {
            if (step.Tool != failed.Tool || !step.Succeeded) continue;
            if (ShareValue(step, failed) || failed.Arguments.Length == 0) return step;
            first ??= step;
        }
        return first;
    }

    /// <summary>The steps that may still answer a failure.</summary>
    public static IEnumerable<Step> After(SessionReview session, Step failed)
    {
        for (var i = failed.Index + 1; i < Math.Min(session.Steps.Count, failed.Index + 1 + StepsMax); i++) yield return session.Steps[i];
    }

    /// <summary>Seconds from the failure's answer to a later call; null when the log has no times.</summary>
    public static double? SecondsBetween(Step failed, Step later) =>
        (failed.AnsweredAtMs ?? failed.CalledAtMs) is { } from && later.CalledAtMs is { } to && to >= from ? (to - from) / 1000.0 : null;

    private static bool Tells(in Argument argument) =>
        argument.Kind is ValueKind.Text && argument.Text.Length >= 3 || argument.Kind is ValueKind.Number && argument.Text.Length >= 3;

    /// <summary>A word with a digit that both texts hold, e.g. <c>map ms1307</c> and <c>ms1307</c>.</summary>
    private static bool Overlap(string a, string b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        if (shorter.Length >= 4 && AnyCase.Contains(longer, shorter)) return true;
        foreach (var range in shorter.AsSpan().SplitAny(" ,;:/"))
        {
            var word = shorter.AsSpan(range);
            if (word.Length >= 4 && word.ContainsAnyInRange('0', '9') && AnyCase.Contains(longer, word)) return true;
        }
        return false;
    }
}
