using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Decides which answers were failures and which failures are the same: by the source's flag, by the words of answers
/// flagged elsewhere, by words that name a failure, and by what agents did next (an answer after which agents keep
/// calling the same tool on the same thing was not what they wanted).
/// </summary>
internal static class ErrorClusters
{
    private const double SameWordsMin = 0.6;
    private const int UnflaggedOccurrencesMin = 3;

    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "error", "errors", "fault", "failed", "failure", "fail", "exception", "warning", "fatal", "oops", "sorry", "oh", "dear", "alert", "err", "the", "a", "an", "in", "on", "at",
        "of", "to", "for", "from", "by", "with", "under", "while", "is", "was", "it", "this", "that", "please", "code",
    };

    private static readonly string[] FailureWords =
        ["error", "failed", "failure", "invalid", "denied", "refused", "rejected", "not found", "no such", "cannot", "can't", "could not", "couldn't", "unable", "unknown",
         "exception", "traceback", "timed out", "timeout", "forbidden", "unauthorized", "unauthorised", "expired", "missing", "not allowed", "not permitted", "exceeded",
         "illegal", "unsupported", "unavailable", "bad request", "conflict", "does not exist", "doesn't exist", "syntax error", "must be", "is required"];

    /// <summary>Sets <see cref="Step.Error"/> on every failed step of the toolbox and returns the clusters with their steps.</summary>
    public static List<ErrorGroup> Assign(Toolbox toolbox)
    {
        var groups = new List<ErrorGroup>();
        var byTool = toolbox.Sessions.SelectMany(static s => s.Steps.Select(step => new Occurrence(s, step)))
            .GroupBy(static o => o.Step.Tool, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal);
        foreach (var tool in byTool)
        {
            var occurrences = tool.ToList();
            var suspects = UnflaggedFailures(occurrences);
            var failing = occurrences.Where(o => o.Step.Flagged || suspects.Contains(o.Step)).ToList();
            if (failing.Count > 0) groups.AddRange(Cluster(tool.Key, failing, occurrences));
        }
        return groups;
    }

    private static List<ErrorGroup> Cluster(string tool, List<Occurrence> failing, List<Occurrence> all)
    {
        var kinds = failing.GroupBy(static o => string.Join(' ', o.Step.Signature), StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key.Length).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => (Words: g.First().Step.Signature, Members: g.ToList())).ToList();
        var drafts = new List<Draft>();
        foreach (var (words, members) in kinds)
        {
            var telling = Telling(words);
            var home = drafts.Find(d => SameKind(d.Telling, telling));
            if (home is null) drafts.Add(new Draft([.. words], telling, [.. members]));
            else
            {
                if (telling.Count > 0 && telling.Count < home.Telling.Count && telling.TrueForAll(home.Telling.Contains))
                {
                    home.Telling = telling;
                    home.Words = [.. words];
                }
                home.Members.AddRange(members);
            }
        }

        // An answer that is worded like a flagged one is the same failure, flag or not.
        foreach (var occurrence in all)
        {
            if (occurrence.Step.Flagged || occurrence.Step.ResultKey is null || occurrence.Step.Signature.Count == 0) continue;
            var telling = Telling(occurrence.Step.Signature);
            var home = drafts.Find(d => d.Telling.Count > 0 && d.Members.Exists(static m => m.Step.Flagged) && Contains(telling, d.Telling));
            if (home is not null && !home.Members.Contains(occurrence)) home.Members.Add(occurrence);
        }

        var groups = new List<ErrorGroup>();
        foreach (var draft in drafts)
        {
            var members = draft.Members.OrderBy(static o => o.Session.CreatedAt).ThenBy(static o => o.Session.Key, StringComparer.Ordinal)
                .ThenBy(static o => o.Step.Index).ToList();
            var cluster = new ErrorCluster { Tool = tool, Core = draft.Words, Example = ExampleOf(members) };
            foreach (var member in members) member.Step.Error = cluster;
            groups.Add(new ErrorGroup(cluster, members));
        }
        return groups;
    }

    /// <summary>The shortest clean text of the cluster that recurs, or simply the shortest.</summary>
    private static string ExampleOf(List<Occurrence> members) =>
        members.Select(static m => Clip.Line(HiddenText.Strip(Signatures.MessageOf(m.Step.Result)), 120)).Where(static t => t.Length > 0 && !Secrets.In(t))
            .GroupBy(static t => t, StringComparer.Ordinal).OrderBy(static g => g.Key.Length - Math.Min(g.Count(), 10)).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => g.Key).FirstOrDefault() ?? "";

    private static HashSet<Step> UnflaggedFailures(List<Occurrence> occurrences)
    {
        var found = new HashSet<Step>();
        var quiet = occurrences.Where(static o => !o.Step.Flagged && o.Step.ResultKey is not null && o.Step.ResultLength is > 0 and <= 400).ToList();
        foreach (var occurrence in quiet)
            if (NamesFailure(occurrence.Step.Result)) found.Add(occurrence.Step);

        // What agents did next: a short, wordy, recurring answer that makes them call the same tool again at once.
        var kinds = quiet.Where(static o => o.Step.Signature.Count is > 0 and <= 12)
            .GroupBy(static o => string.Join(' ', o.Step.Signature), StringComparer.Ordinal)
            .Select(static g => (Members: g.ToList(), Repeated: g.Count(CalledAgain))).ToList();
        var calm = kinds.Where(static k => k.Repeated * 4 <= k.Members.Count).Sum(static k => k.Members.Count);
        foreach (var (members, repeated) in kinds)
        {
            if (members.Count < UnflaggedOccurrencesMin || repeated * 2 < members.Count || repeated < UnflaggedOccurrencesMin) continue;
            if (calm >= members.Count / 2) found.UnionWith(members.Select(static m => m.Step));
        }
        return found;
    }

    private static bool CalledAgain(Occurrence occurrence)
    {
        var steps = occurrence.Session.Steps;
        for (var i = occurrence.Step.Index + 1; i < Math.Min(steps.Count, occurrence.Step.Index + 4); i++)
            if (steps[i].Tool == occurrence.Step.Tool) return Episodes.ShareValue(steps[i], occurrence.Step);
        return false;
    }

    private static bool NamesFailure(string text)
    {
        var head = text.Length > 160 ? text[..160] : text;
        foreach (var word in FailureWords)
        {
            var at = head.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            // "0 errors", "no error" and "error: null" report success.
            var before = head[..at].TrimEnd();
            if (before.EndsWith('0') || before.EndsWith("no", StringComparison.OrdinalIgnoreCase) || before.EndsWith("without", StringComparison.OrdinalIgnoreCase)) continue;
            if (head.AsSpan(at + word.Length).TrimStart("'\": ").StartsWith("null") || head.AsSpan(at + word.Length).StartsWith("': ''")
                || head.AsSpan(at + word.Length).StartsWith("\": \"\"")) continue;
            return true;
        }
        return false;
    }

    private static List<string> Telling(IReadOnlyList<string> words)
    {
        var telling = new List<string>();
        foreach (var word in words)
            if (!Generic.Contains(word) && !telling.Contains(word)) telling.Add(word);
        return telling;
    }

    private static bool SameKind(List<string> known, List<string> words)
    {
        if (known.Count == 0 || words.Count == 0) return known.Count == words.Count;
        var shared = words.Count(known.Contains);
        if (shared == Math.Min(known.Count, words.Count) && shared >= 1) return shared >= 2 || Math.Max(known.Count, words.Count) <= 4;
        return shared >= SameWordsMin * (known.Count + words.Count - shared);
    }

    private static bool Contains(List<string> words, List<string> core) => core.TrueForAll(words.Contains) && words.Count <= core.Count + 4;

    private sealed class Draft(List<string> words, List<string> telling, List<Occurrence> members)
    {
        public List<string> Words { get; set; } = words;

        public List<string> Telling { get; set; } = telling;

        public List<Occurrence> Members { get; } = members;
    }
}

/// <summary>A step with its session.</summary>
internal readonly record struct Occurrence(SessionReview Session, Step Step);

/// <summary>A cluster with the calls that met it, oldest first.</summary>
internal sealed record ErrorGroup(ErrorCluster Cluster, IReadOnlyList<Occurrence> Members)
{
    public int Sessions => Members.Select(static m => m.Session.Key).Distinct(StringComparer.Ordinal).Count();
}
