using System.Runtime.InteropServices;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis.Remedies;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// Decides which answers were failures and which failures are the same: by the source's flag, by the words of answers
/// flagged elsewhere and by how they are dressed, by words that name a failure, and by what agents did next (an answer after which agents keep
/// calling the same tool on the same thing was not what they wanted).
/// </summary>
internal static class ErrorClusters
{
    private const double SameWordsMin = 0.6;
    private const int UnflaggedOccurrencesMin = 3;

    private static readonly HashSet<string> SuccessWords = new(StringComparer.Ordinal)
    {
        "success", "successful", "successfully", "succeeded", "granted", "completed", "created", "updated", "saved", "enabled", "disabled", "excellent", "welcome",
    };

    /// <summary>Sets <see cref="Step.Error"/> on every failed step of the toolbox and returns the clusters with their steps.</summary>
    public static List<ErrorGroup> Assign(Toolbox toolbox)
    {
        var groups = new List<ErrorGroup>();
        var wrappers = Wrappers(toolbox);
        var telling = new TellingWords(wrappers);
        // The environment words one kind of refusal alike for all tools: flagged for one, it is a refusal for each.
        var refusals = toolbox.Sessions.SelectMany(static s => s.Steps).Where(static s => s.Signature.Count > 0)
            .GroupBy(s => telling.Of(s.Signature).Key, StringComparer.Ordinal)
            .Where(static g => g.Key.Length > 0 && g.Count(static s => s.Flagged) is var flagged && flagged >= 2 && flagged * 2 >= g.Count())
            .Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        var marks = new FailureMarks([.. toolbox.Sessions.SelectMany(static s => s.Steps)]);
        var byTool = toolbox.Sessions.SelectMany(static s => s.Steps.Select(step => new Occurrence(s, step)))
            .GroupBy(static o => o.Step.Tool, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal);
        foreach (var tool in byTool)
        {
            var occurrences = tool.ToList();
            var suspects = UnflaggedFailures(toolbox, occurrences, telling);
            if (refusals.Count > 0) suspects.UnionWith(occurrences.Where(o => !o.Step.Flagged && o.Step.Signature.Count > 0 && refusals.Contains(telling.Of(o.Step.Signature).Key)).Select(static o => o.Step));
            suspects.UnionWith(occurrences.Select(static o => o.Step).Where(marks.Marks));
            var failing = occurrences.Where(o => o.Step.Flagged || suspects.Contains(o.Step)).ToList();
            if (failing.Count > 0) groups.AddRange(Cluster(tool.Key, failing, occurrences, wrappers));
        }
        return groups;
    }

    private static List<ErrorGroup> Cluster(string tool, List<Occurrence> failing, List<Occurrence> all, HashSet<string> wrappers)
    {
        var kinds = failing.GroupBy(static o => string.Join(' ', o.Step.Signature), StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key.Length).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => (Words: g.First().Step.Signature, Members: g.ToList())).ToList();
        var drafts = new List<Draft>();
        var byWord = new SharedWords();
        var wordless = -1;
        var usual = new TellingWords(Usual([.. kinds.Select(static k => k.Words)], wrappers));
        foreach (var (words, members) in kinds)
        {
            var telling = usual.Of(words).Words;
            // Without a telling word they are all one kind.
            var alike = telling.Count == 0 ? wordless : byWord.Find(telling, i => SameKind(drafts[i].Telling, telling));
            if (alike < 0)
            {
                if (telling.Count == 0) wordless = drafts.Count;
                byWord.Add(drafts.Count, telling);
                drafts.Add(new Draft([.. words], telling, [.. members]));
            }
            else
            {
                var home = drafts[alike];
                if (telling.Count > 0 && telling.Count < home.Telling.Count && telling.TrueForAll(home.Telling.Contains))
                {
                    home.Telling = telling;
                    home.Words = [.. words];
                }
                home.Members.AddRange(members);
            }
        }

        // An answer that is worded like a flagged one is the same failure, flag or not.
        var flagged = drafts.FindAll(static d => d.Telling.Count > 0 && d.Members.Exists(static m => m.Step.Flagged));
        var byFirstWord = new SharedWords();
        for (var i = 0; i < flagged.Count; i++) byFirstWord.Add(i, flagged[i].Telling.Take(1));
        var placed = drafts.ToDictionary(static d => d, static d => d.Members.Select(static m => m.Step).ToHashSet());
        // Equal signatures are mostly one instance; two of one wording find the same home.
        var homes = new Dictionary<IReadOnlyList<string>, Draft?>();
        foreach (var occurrence in flagged.Count == 0 ? [] : all)
        {
            if (occurrence.Step.Flagged || occurrence.Step.ResultKey is null || occurrence.Step.Signature.Count == 0) continue;
            if (!homes.TryGetValue(occurrence.Step.Signature, out var home))
            {
                var telling = usual.Of(occurrence.Step.Signature).Words;
                homes[occurrence.Step.Signature] = home = byFirstWord.Find(telling, i => Contains(telling, flagged[i].Telling)) is >= 0 and var alike ? flagged[alike] : null;
            }
            if (home is not null && placed[home].Add(occurrence.Step)) home.Members.Add(occurrence);
        }

        var groups = new List<ErrorGroup>();
        foreach (var draft in drafts)
        {
            var members = draft.Members.OrderBy(static o => o.Session.CreatedAt).ThenBy(static o => o.Session.Key, StringComparer.Ordinal)
                .ThenBy(static o => o.Step.Index).ToList();
            var example = ExampleOf(members);
            var cluster = new ErrorCluster { Tool = tool, Core = draft.Words, Example = example, Complaint = Advice.Without(example, Recoveries.OfCall(members[0].Step).Contains) };
            foreach (var member in members) member.Step.Error = cluster;
            groups.Add(new ErrorGroup(cluster, members));
        }
        return groups;
    }

    /// <summary>The shortest clean text of the cluster that recurs, or simply the shortest.</summary>
    private static string ExampleOf(List<Occurrence> members) =>
        members.CountBy(static m => m.Step.Result, StringComparer.Ordinal)
            .Select(static r => (Text: Quotes.Inline(Clip.Line(HiddenText.Strip(Signatures.VerdictOf(Signatures.MessageOf(r.Key))), 120)), Count: r.Value)).Where(static r => r.Text.Length > 0)
            .GroupBy(static r => r.Text, static r => r.Count, StringComparer.Ordinal).OrderBy(static g => (g.Key.EndsWith('…') ? 40 : 0) + (g.Key.Length < 6 ? 60 : 0) + g.Key.Length - Math.Min(g.Sum(), 10)).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => g.Key).FirstOrDefault(static t => !Secrets.In(t) && !Lookalikes.In(t) && Orders.Score(t) < Instructions.PlantedScoreMin) ?? "";

    private static HashSet<Step> UnflaggedFailures(Toolbox toolbox, List<Occurrence> occurrences, TellingWords telling)
    {
        var found = new HashSet<Step>();
        var quiet = occurrences.Where(static o => !o.Step.Flagged && o.Step.ResultKey is not null).ToList();
        foreach (var occurrence in quiet)
            if (occurrence.Step.ResultLength is > 0 and <= 400 && FailureWords.Name(Clip.Prefix(occurrence.Step.Result, 160))) found.Add(occurrence.Step);

        // Agents that write commands or code call again and again whatever the answer.
        if (occurrences.Exists(static o => o.Step.Action != o.Step.Tool) || occurrences.Count(static o => o.Step.Arguments.Any(static a => a.Text.Length > 60)) * 3 > occurrences.Count) return found;

        // What agents did next: a short, wordy, recurring answer that makes them call the same tool again at once.
        var kinds = new List<(List<string> Words, List<Occurrence> Members)>();
        var byWord = new SharedWords();
        foreach (var group in quiet.Where(static o => o.Step.Signature.Count is > 0 and <= 14 && !SuccessWords.Overlaps(o.Step.Signature) && !IsStatus(o.Step.Result))
            .GroupBy(o => telling.Of(o.Step.Signature).Key, StringComparer.Ordinal).OrderBy(static g => g.Key.Length).ThenBy(static g => g.Key, StringComparer.Ordinal))
        {
            var words = telling.Of(group.First().Step.Signature).Words;
            // A single word in common may be the thing spoken of, refused or granted.
            var home = byWord.Find(words, i => Math.Min(kinds[i].Words.Count, words.Count) >= 2 ? SameKind(kinds[i].Words, words) : kinds[i].Words.SequenceEqual(words));
            if (home < 0)
            {
                byWord.Add(kinds.Count, words);
                kinds.Add((words, [.. group]));
            }
            else kinds[home].Members.AddRange(group);
        }
        kinds.Add(([], quiet.FindAll(static o => IsNothing(o.Step))));
        kinds.RemoveAll(static k => k.Members.Select(static m => m.Session.Key).Distinct(StringComparer.Ordinal).Count() < UnflaggedOccurrencesMin);
        if (kinds.Count == 0) return found;
        var frequent = Frequent(quiet);
        var nextCalls = quiet.ToDictionary(static o => o.Step, o => NextCall(o, frequent));
        var calmInAll = nextCalls.Values.Count(static n => n is null);
        foreach (var (words, members) in kinds)
        {
            // What was followed by a refusal of another kind was better than what came of calling again.
            var again = members.ConvertAll(m => (Member: m, Next: nextCalls[m.Step] is { } next && (!next.Flagged || SameAnswer(next, m.Step, telling)) ? next : null));
            var repeated = again.Count(static a => a.Next is not null);
            // The same call again, which then gets another answer; or the call altered again and again to no avail.
            var cured = again.Count(a => a.Next is not null && Episodes.SameInput(a.Next, a.Member.Step) && !SameAnswer(a.Next, a.Member.Step, telling));
            var altered = again.Count(a => a.Next is not null && !Episodes.SameInput(a.Next, a.Member.Step));
            var others = quiet.Count - members.Count;
            var calm = calmInAll - members.Count(m => nextCalls[m.Step] is null);
            var retried = repeated >= UnflaggedOccurrencesMin && repeated * 2 >= members.Count && (calm * 2 >= others || others == 0);
            var handedOver = altered >= 2 && altered * 5 >= members.Count && others * 4 <= members.Count;
            if (words.Count == 0) retried &= cured >= 2 || Refinements.AreSystematic(toolbox, [.. again.Where(static a => a.Next is not null && !IsNothing(a.Next)).Select(static a => (a.Member, a.Next!))]);
            if (retried && cured + altered > 0 || handedOver) found.UnionWith(members.Select(static m => m.Step));
        }
        return found;
    }

    /// <summary>An empty answer, or one that holds an empty list or object.</summary>
    private static bool IsNothing(Step step) => step.ResultLength <= 8 && step.Result.AsSpan().Trim() is "" or "[]" or "{}" or "()" or "null";

    /// <summary>Several lines of name and value: a report that is polled, not a refusal.</summary>
    private static bool IsStatus(string result) => result.Split('\n').Count(static l => l.Contains(": ", StringComparison.Ordinal)) >= 3;

    /// <summary>The next call of the same tool about the same thing, if it follows soon.</summary>
    private static Step? NextCall(Occurrence occurrence, HashSet<(string Path, string Text)> frequent)
    {
        var steps = occurrence.Session.Steps;
        for (var i = occurrence.Step.Index + 1; i < Math.Min(steps.Count, occurrence.Step.Index + 4); i++)
            if (steps[i].Tool == occurrence.Step.Tool) return Episodes.ShareValue(steps[i], occurrence.Step) || KeepsField(steps[i], occurrence.Step, frequent) ? steps[i] : null;
        return null;
    }

    /// <summary>Two calls of a tool give a field the same value, however short, that few of its calls give it.</summary>
    private static bool KeepsField(Step a, Step b, HashSet<(string Path, string Text)> frequent) =>
        a.Arguments.Any(x => b.Value(x.Path) == x.Text && !frequent.Contains((x.Path, x.Text)));

    private static bool SameAnswer(Step a, Step b, TellingWords telling) => telling.Of(a.Signature).Words.SequenceEqual(telling.Of(b.Signature).Words);

    /// <summary>The values that more than a quarter of the calls give a field.</summary>
    private static HashSet<(string Path, string Text)> Frequent(List<Occurrence> calls)
    {
        var counts = new Dictionary<(string Path, string Text), int>();
        foreach (var call in calls)
        {
            var arguments = call.Step.Arguments;
            for (var i = 0; i < arguments.Length; i++)
            {
                var (path, text) = (arguments[i].Path, arguments[i].Text);
                if (Array.FindIndex(arguments, a => a.Path == path && a.Text == text) == i) CollectionsMarshal.GetValueRefOrAddDefault(counts, (path, text), out _)++;
            }
        }
        return counts.Where(c => c.Value * 4 > calls.Count).Select(static c => c.Key).ToHashSet();
    }

    /// <summary>
    /// Words that answers of many different tools share ("NAK", "reply", "fault"): the wrapping of the messages, not their kind.
    /// </summary>
    private static HashSet<string> Wrappers(Toolbox toolbox)
    {
        var wrappers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var flagged in new[] { true, false })
        {
            var tools = toolbox.Sessions.SelectMany(static s => s.Steps).Where(s => s.Flagged == flagged && s.Signature.Count > 0)
                .GroupBy(static s => s.Tool, StringComparer.Ordinal).ToList();
            if (tools.Count < 5) continue;
            var counts = tools.SelectMany(static t => t.Select(static s => s.Signature).Distinct().SelectMany(static w => w).Distinct(StringComparer.Ordinal))
                .GroupBy(static w => w, StringComparer.Ordinal);
            wrappers.UnionWith(counts.Where(c => c.Count() >= 4 && c.Count() * 5 >= tools.Count * 2).Select(static c => c.Key));
        }
        return wrappers;
    }

    /// <summary>The wrappers, and the words nearly every message of this one tool begins with.</summary>
    private static HashSet<string> Usual(List<IReadOnlyList<string>> kinds, HashSet<string> wrappers)
    {
        if (kinds.Count < 6) return wrappers;
        var usual = new HashSet<string>(wrappers, StringComparer.Ordinal);
        usual.UnionWith(kinds.SelectMany(static k => k.Distinct(StringComparer.Ordinal)).GroupBy(static w => w, StringComparer.Ordinal)
            .Where(g => g.Count() * 2 >= kinds.Count).Select(static g => g.Key));
        return usual;
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
