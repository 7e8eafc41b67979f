using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Workflows;

/// <summary>Names a kind of session by the words people open it with.</summary>
internal static class TopicWords
{
    public static string Of(IReadOnlyList<SessionReview> sessions, Toolbox toolbox)
    {
        var inside = Count(sessions);
        var everywhere = Count(toolbox.Sessions);
        var words = inside.Where(w => w.Value * 10 >= sessions.Count * 2 && w.Value >= 3)
            .Select(w => (Word: w.Key, Score: w.Value / (double)sessions.Count * (w.Value / (double)everywhere[w.Key])))
            .Where(static w => w.Score > 0.1).OrderByDescending(static w => w.Score).ThenBy(static w => w.Word, StringComparer.Ordinal)
            .Take(3).Select(static w => w.Word).ToList();
        return string.Join(", ", words);
    }

    private static Dictionary<string, int> Count(IReadOnlyList<SessionReview> sessions)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var session in sessions)
        {
            var opening = $"{session.Title} {(session.UserMessages.Count > 0 ? Clip.Prefix(session.UserMessages[0].Text, 160) : "")}";
            if (Secrets.In(opening)) continue;
            foreach (var word in Words.Split(opening).Where(static w => w.Length >= 3 && !w.Any(char.IsDigit) && !Words.IsFunctionWord(w)).Distinct(StringComparer.Ordinal))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        }
        return counts;
    }
}
