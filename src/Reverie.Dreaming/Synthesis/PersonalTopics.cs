using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis.Preferences;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Groups of sessions in which people said the same uncommon thing in different words. Under the metadata key that names
/// people, many such groups belong to one value; under any other key they scatter.
/// </summary>
internal static class PersonalTopics
{
    private const int SessionsMax = 8;
    private const int MessageCharsMax = 200;

    public static List<IReadOnlyList<SessionReview>> Of(IReadOnlyList<SessionReview> sessions)
    {
        var byStem = new Dictionary<string, List<(SessionReview Session, string Words)>>(StringComparer.Ordinal);
        foreach (var session in sessions)
        {
            // What a session opens with is its task, and tasks recur under many keys.
            foreach (var said in session.UserMessages.Skip(1))
            {
                if (said.Length > MessageCharsMax || said.IsReply) continue;
                var split = Words.Split(said.Text);
                var words = string.Join(' ', split.Where(static w => !w.Any(char.IsDigit)));
                foreach (var stem in WishWords.TopicStems(split))
                {
                    if (!byStem.TryGetValue(stem, out var list)) byStem[stem] = list = [];
                    if (list.Count <= 4 * SessionsMax) list.Add((session, words));
                }
            }
        }
        var groups = new Dictionary<string, IReadOnlyList<SessionReview>>(StringComparer.Ordinal);
        foreach (var (_, places) in byStem.OrderBy(static s => s.Key, StringComparer.Ordinal))
        {
            var members = places.Select(static p => p.Session).Distinct().OrderBy(static s => s.Key, StringComparer.Ordinal).ToList();
            if (members.Count is < 2 or > SessionsMax || places.Select(static p => p.Words).Distinct(StringComparer.Ordinal).Count() < 2) continue;
            groups.TryAdd(string.Join('\n', members.Select(static m => m.Key)), members);
        }
        return [.. groups.OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => g.Value)];
    }

    /// <summary>How unlikely it is that so many groups fall to one value of the key by chance, in nats.</summary>
    public static double Surprise(List<IReadOnlyList<SessionReview>> groups, string key, List<string> values)
    {
        var shares = values.GroupBy(static v => v, StringComparer.Ordinal).Select(g => g.Count() / (double)values.Count).ToList();
        double surprise = 0;
        var told = new List<IReadOnlyList<SessionReview>>();
        foreach (var group in groups.OrderByDescending(static g => g.Count))
        {
            if (group[0].Metadata[key] is not { Length: > 0 } first || group.Any(s => s.Metadata[key] != first)) continue;
            // Several words of the same messages tell one thing once.
            if (told.Exists(t => t.Intersect(group).Take(2).Count() == 2)) continue;
            told.Add(group);
            // Pairs are many and often chance; three sessions of one person say more.
            surprise += (group.Count > 2 ? 1 : 0.25) * -Math.Log(shares.Sum(p => Math.Pow(p, group.Count - 1) * p) + 1e-9);
        }
        var expected = groups.Sum(g => (g.Count > 2 ? 1 : 0.25) * shares.Sum(p => Math.Pow(p, g.Count)) * -Math.Log(shares.Sum(p => Math.Pow(p, g.Count)) + 1e-9));
        return Math.Max(0, surprise - 2 * expected);
    }
}
