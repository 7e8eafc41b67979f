using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>A call that has to come first.</summary>
/// <param name="Anchor">The action it has to come before; null for the call in question.</param>
/// <param name="Action">The action that has to come first.</param>
/// <param name="Reach">Where it is looked for.</param>
internal readonly record struct Precondition(string? Anchor, string Action, Reach Reach);

/// <summary>Where an earlier call is looked for.</summary>
internal enum Reach
{
    /// <summary>Earlier in the session and about the same thing.</summary>
    SameThing,

    /// <summary>Since the second call was last made.</summary>
    Recent,

    /// <summary>Anywhere earlier in the session.</summary>
    Session,
}

/// <summary>What stands before calls of one tool.</summary>
/// <param name="tool">The tool.</param>
/// <param name="commonValues">Values too common to tie two calls together.</param>
internal sealed class Precedence(string tool, IReadOnlySet<string> commonValues)
{
    private const int NearSteps = 5;

    /// <summary>The actions that worked before a call, each once.</summary>
    public static IEnumerable<string> Before(Occurrence call)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var steps = call.Session.Steps;
        for (var i = 0; i < call.Step.Index; i++)
            if (steps[i].Succeeded && seen.Add(steps[i].Action)) yield return steps[i].Action;
    }

    /// <summary>Those of other tools that stand near the call or were about the same thing.</summary>
    public IEnumerable<string> Near(Occurrence call)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var steps = call.Session.Steps;
        for (var i = 0; i < call.Step.Index; i++)
        {
            var step = steps[i];
            if (!step.Succeeded || step.Tool == tool || seen.Contains(step.Action)) continue;
            if ((call.Step.Index - i <= NearSteps || Shares(step, call.Step)) && seen.Add(step.Action)) yield return step.Action;
        }
    }

    /// <summary>For each action, for how many of the calls it is named.</summary>
    public static Dictionary<string, int> Count(IEnumerable<Occurrence> calls, Func<Occurrence, IEnumerable<string>> named)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var call in calls)
            foreach (var action in named(call)) counts[action] = counts.GetValueOrDefault(action) + 1;
        return counts;
    }

    /// <summary>How many calls meet a condition and how many do not; those without its anchor are in neither.</summary>
    public (int With, int Without) Count(IReadOnlyList<Occurrence> calls, Precondition condition)
    {
        int with = 0, without = 0;
        foreach (var call in calls)
        {
            if (Meets(call, condition) is not { } meets) continue;
            if (meets) with++;
            else without++;
        }
        return (with, without);
    }

    /// <summary>Null when the call has no anchor to stand before.</summary>
    private bool? Meets(Occurrence occurrence, Precondition condition)
    {
        var steps = occurrence.Session.Steps;
        var (anchor, action, reach) = condition;
        var target = anchor is null ? occurrence.Step : null;
        for (var i = occurrence.Step.Index - 1; target is null && i >= 0; i--)
            if (steps[i].Action == anchor && steps[i].Succeeded && Shares(steps[i], occurrence.Step)) target = steps[i];
        for (var i = occurrence.Step.Index - 1; target is null && i >= Math.Max(0, occurrence.Step.Index - 3 * NearSteps); i--)
            if (steps[i].Action == anchor && steps[i].Succeeded) target = steps[i];
        if (target is null) return null;
        for (var i = target.Index - 1; i >= 0; i--)
        {
            var step = steps[i];
            if (step.Action == action && step.Succeeded && (reach != Reach.SameThing || Shares(step, target))) return true;
            if (reach == Reach.Recent && step.Action == target.Action) return false;
        }
        return false;
    }

    /// <summary>Two calls are about the same thing: they hold a value that is not common.</summary>
    private bool Shares(Step a, Step b)
    {
        foreach (var x in a.Arguments)
            foreach (var y in b.Arguments)
                if (x.Text == y.Text && x.Text.Length >= 2 && !commonValues.Contains(x.Text)) return true;
        return false;
    }
}
