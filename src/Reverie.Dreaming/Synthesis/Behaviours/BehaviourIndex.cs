using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Behaviours;

/// <summary>Which sessions of a cohort show which behaviour, and among which sessions each is fairly compared.</summary>
internal sealed class BehaviourIndex
{
    /// <summary>Where sessions end at the first success, only the first calls are compared; so many.</summary>
    private static readonly int[] FirstCalls = [1, 3, 5];

    /// <summary>A value seen in fewer tasks belongs to the task, not to a habit.</summary>
    private const int TasksMin = 5;

    /// <summary>Tools whose order is compared, the most frequent ones.</summary>
    private const int OrderedToolsMax = 100;

    private readonly Cohort _cohort;
    private readonly Dictionary<Behaviour, List<int>> _sessions = [];
    private readonly Dictionary<(string Tool, string Fact), List<int>> _told = [];
    private readonly Dictionary<Behaviour, List<int>> _closable = [];
    private readonly List<int> _all;

    public BehaviourIndex(Cohort cohort)
    {
        _cohort = cohort;
        _all = [.. Enumerable.Range(0, cohort.Sessions.Count)];
        var profiles = new ArgumentProfiles(cohort.Sessions);
        var reader = new BehaviourReader(profiles, OrderedTools(cohort.Sessions));
        var closings = new ClosingCalls(cohort);
        for (var i = 0; i < cohort.Sessions.Count; i++)
        {
            var session = cohort.Sessions[i];
            foreach (var told in reader.FactsTold(session)) Append(_told, told, i);
            if (closings.Of(i) is { } closing)
            {
                Append(_closable, closing, i);
                if (!session.Steps.Any(step => ClosingCalls.Is(step, closing))) Append(_sessions, closing, i);
            }
            if (!cohort.EndsWithSuccess)
            {
                foreach (var behaviour in reader.Read(session)) Append(_sessions, behaviour, i);
                continue;
            }
            foreach (var within in FirstCalls)
                foreach (var behaviour in reader.Read(session, within)) Append(_sessions, behaviour with { Within = within }, i);
        }
    }

    /// <summary>The behaviours in a stable order, each with the sessions that show it, ascending.</summary>
    public IEnumerable<(Behaviour Behaviour, List<int> With)> Shown(int sessionsMin) =>
        _sessions.Where(s => s.Value.Count >= sessionsMin && IsHabit(s.Key, s.Value)).OrderBy(static s => s.Key, Behaviour.Order).Select(static s => (s.Key, s.Value));

    /// <summary>
    /// The sessions a behaviour is compared within: those that used the tool or were told the fact. Where tasks repeat,
    /// what a call was made on or with is compared among all sessions, because the task decides who was led there.
    /// </summary>
    public List<int> CouldShow(Behaviour behaviour) => behaviour.Kind switch
    {
        BehaviourKind.NeverClosed => _closable[behaviour],
        BehaviourKind.Used or BehaviourKind.Began or BehaviourKind.Ended => _all,
        BehaviourKind.DespiteFact or BehaviourKind.ArgumentValue or BehaviourKind.Guessed when _cohort.TasksRepeat => _all,
        BehaviourKind.DespiteFact when behaviour.Detail != behaviour.Tool => _told[(behaviour.Detail, behaviour.Value)],
        _ => _sessions[new Behaviour(BehaviourKind.Used, behaviour.Tool, Within: behaviour.Within)],
    };

    /// <summary>Tools called in enough sessions to be shown.</summary>
    private static HashSet<string> OrderedTools(IReadOnlyList<SessionReview> sessions) =>
        sessions.SelectMany(static s => s.Steps.Select(static t => t.Tool).Distinct(StringComparer.Ordinal)).CountBy(static t => t, StringComparer.Ordinal)
            .Where(static c => c.Value >= BehaviourTrial.SessionsMin).OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal)
            .Take(OrderedToolsMax).Select(static c => c.Key).ToHashSet(StringComparer.Ordinal);

    private bool IsHabit(Behaviour behaviour, List<int> sessions)
    {
        if (behaviour.Value.Length == 0 || !_cohort.TasksRepeat) return true;
        var tasks = new HashSet<int>();
        foreach (var i in sessions)
            if (tasks.Add(_cohort.Tasks[i]) && tasks.Count >= Math.Min(TasksMin, _cohort.TaskCount)) return true;
        return false;
    }

    private static void Append<T>(Dictionary<T, List<int>> lists, T key, int session) where T : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        list.Add(session);
    }
}
