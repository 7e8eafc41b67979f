using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>
/// The judged sessions of a toolbox, ordered by key, with what must be held equal when they are compared: the task, and
/// the agent with its set-up.
/// </summary>
internal sealed class Cohort
{
    /// <summary>Fewer on either side say nothing.</summary>
    public const int SideMin = 8;

    /// <summary>Text of a set-up that recurs at least this often is a set-up; other texts are the session's own.</summary>
    private const int SetUpSessionsMin = 5;

    private const double RepeatedTaskShareMin = 0.5;

    private const int CapMin = 3;
    private const double FailedAtCapMin = 0.3;
    private const double GoodAtCapMax = 0.1;

    private Cohort(Toolbox toolbox, List<SessionReview> sessions)
    {
        Toolbox = toolbox;
        Sessions = sessions;
        Good = [.. sessions.Select(static s => s.Satisfied == true)];
        GoodCount = Good.Count(static g => g);
        Confirms = [.. sessions.Select(static s => !StableHash.Discovers(s.Key))];
        Tasks = [.. Number(sessions.Select(toolbox.TaskOf))];
        TaskCount = Tasks.Distinct().Count();
        TasksRepeat = RepeatedShare(Tasks) >= RepeatedTaskShareMin;
        var setUps = sessions.GroupBy(static s => s.SetUpHash).Where(static g => g.Count() >= SetUpSessionsMin).Select(static g => g.Key).ToHashSet();
        Agents = [.. Number(sessions.Select(s => $"{s.Source}\0{s.Agent}\0{(setUps.Contains(s.SetUpHash) ? s.SetUpHash : null)}"))];
        AgentsDiffer = Agents.Distinct().Count() > 1;
        EndsWithSuccess = StopsAtTheFirstSuccess();
    }

    public Toolbox Toolbox { get; }

    public IReadOnlyList<SessionReview> Sessions { get; }

    public bool[] Good { get; }

    public int GoodCount { get; }

    /// <summary>The half a session belongs to: true to confirm, false to discover. Depends on its key alone.</summary>
    public bool[] Confirms { get; }

    /// <summary>The task of each session, numbered.</summary>
    public int[] Tasks { get; }

    public int TaskCount { get; }

    /// <summary>True when most sessions have another one of the same task, so that like can be compared with like.</summary>
    public bool TasksRepeat { get; }

    /// <summary>The agent of each session with its set-up, numbered.</summary>
    public int[] Agents { get; }

    public bool AgentsDiffer { get; }

    /// <summary>
    /// True where the surroundings stop a session as soon as it succeeds and otherwise after a fixed number of calls. A
    /// long session is a failed one by design there, so only what happened within the first calls may be compared.
    /// </summary>
    public bool EndsWithSuccess { get; }

    /// <summary>The judged sessions of <paramref name="toolbox"/>; null when too few went well or badly.</summary>
    public static Cohort? Of(Toolbox toolbox)
    {
        var judged = toolbox.Sessions.Where(static s => s.Satisfied is not null).OrderBy(static s => s.Key, StringComparer.Ordinal).ToList();
        var good = judged.Count(static s => s.Satisfied == true);
        return good < SideMin || judged.Count - good < SideMin ? null : new Cohort(toolbox, judged);
    }

    private bool StopsAtTheFirstSuccess()
    {
        int atCap = 0, goodAtCap = 0;
        foreach (var agent in Enumerable.Range(0, Sessions.Count).GroupBy(i => Agents[i]))
        {
            var cap = agent.Max(i => Sessions[i].Steps.Count);
            if (cap < CapMin) continue;
            foreach (var i in agent)
            {
                if (Sessions[i].Steps.Count < cap) continue;
                atCap++;
                if (Good[i]) goodAtCap++;
            }
        }
        return atCap - goodAtCap >= FailedAtCapMin * (Sessions.Count - GoodCount) && goodAtCap <= GoodAtCapMax * atCap;
    }

    private static double RepeatedShare(int[] tasks)
    {
        var sizes = new Dictionary<int, int>();
        foreach (var task in tasks) sizes[task] = sizes.GetValueOrDefault(task) + 1;
        return tasks.Count(t => sizes[t] > 1) / (double)tasks.Length;
    }

    private static IEnumerable<int> Number(IEnumerable<string> names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!numbers.TryGetValue(name, out var number)) numbers.Add(name, number = numbers.Count);
            yield return number;
        }
    }
}
