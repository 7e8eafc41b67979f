using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>
/// The call with which an agent closes when it succeeds: the one nearly all its satisfied sessions end with. A session
/// without it gave up, or ran out of steps.
/// </summary>
internal sealed class ClosingCalls
{
    private const double ShareMin = 0.8;
    private const int GoodMin = 8;

    private readonly Cohort _cohort;
    private readonly Dictionary<int, Behaviour> _ofAgent = [];

    public ClosingCalls(Cohort cohort)
    {
        _cohort = cohort;
        foreach (var agent in Enumerable.Range(0, cohort.Sessions.Count).GroupBy(i => cohort.Agents[i]))
            if (Closing(agent.Select(i => cohort.Sessions[i]).ToList()) is { } closing) _ofAgent.Add(agent.Key, closing);
    }

    /// <summary>What closes sessions like this one, as the behaviour of leaving it out; null when nothing does.</summary>
    public Behaviour? Of(int session) => _ofAgent.TryGetValue(_cohort.Agents[session], out var closing) ? closing : null;

    /// <summary>True when the call is a closing one.</summary>
    public static bool Is(Step step, Behaviour closing) => step.Tool == closing.Tool && (closing.Detail.Length == 0 || step.Value(closing.Detail) == closing.Value);

    private static Behaviour? Closing(List<SessionReview> sessions)
    {
        var last = sessions.Where(static s => s.Satisfied == true && s.Steps.Count > 0).Select(static s => s.Steps[^1]).ToList();
        if (last.Count < GoodMin || sessions.SelectMany(static s => s.Steps).Select(static s => s.Tool).Distinct(StringComparer.Ordinal).Take(2).Count() < 2) return null;
        var tool = last.GroupBy(static s => s.Tool, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).First();
        if (tool.Count() < ShareMin * last.Count) return null;
        var value = tool.SelectMany(static s => s.Arguments).Where(static a => BehaviourReader.IsChoice(a)).GroupBy(static a => (a.Path, a.Text))
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key.Path, StringComparer.Ordinal).ThenBy(static g => g.Key.Text, StringComparer.Ordinal).FirstOrDefault();
        return value is not null && value.Count() >= ShareMin * last.Count
            ? new Behaviour(BehaviourKind.NeverClosed, tool.Key, value.Key.Path, value.Key.Text)
            : new Behaviour(BehaviourKind.NeverClosed, tool.Key);
    }
}
