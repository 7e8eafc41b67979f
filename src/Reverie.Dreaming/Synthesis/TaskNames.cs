using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Which task each session was set. Task ids are often unique only within a data set the metadata does not name the same
/// way; where the first words of a person recur just as much, they tell tasks of one id apart. Where every person words
/// it anew, the id decides.
/// </summary>
internal static class TaskNames
{
    private const double SameWordsShareMin = 0.9;

    /// <summary>The task of each session; its own key where the source names none.</summary>
    public static Dictionary<SessionReview, string> Of(IReadOnlyList<SessionReview> sessions)
    {
        var named = sessions.Where(static s => IdOf(s) is not null).ToList();
        var isWorded = RepeatedShare(named, WordedOf) >= SameWordsShareMin * RepeatedShare(named, static s => IdOf(s)!);
        return sessions.ToDictionary(static s => s, s => IdOf(s) is not { } id ? s.Key : isWorded ? WordedOf(s) : id);
    }

    private static string? IdOf(SessionReview session) =>
        session.Metadata["task_id"] ?? session.Metadata["task"];

    private static string WordedOf(SessionReview session) => $"{IdOf(session)}\0{(session.UserMessages.Count > 0 ? session.UserMessages[0].Text : "")}";

    /// <summary>The share of sessions that have another one of the same name.</summary>
    private static double RepeatedShare(List<SessionReview> sessions, Func<SessionReview, string> name)
    {
        if (sessions.Count == 0) return 0;
        return sessions.CountBy(name, StringComparer.Ordinal).Where(static n => n.Value > 1).Sum(static n => n.Value) / (double)sessions.Count;
    }
}
