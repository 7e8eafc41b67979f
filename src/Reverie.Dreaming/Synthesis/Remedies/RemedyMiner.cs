using System.Collections.Concurrent;
using System.Globalization;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// Finds for each recurring error what sets the calls that worked apart from those that failed, and keeps the one
/// explanation the record bears out best. Errors that a plain repetition cures are flakiness and are refused.
/// </summary>
internal static class RemedyMiner
{
    private const int SessionsMin = 3;
    private const double ScoreMin = 0.8;
    private const int WordingsMax = 5;

    /// <summary>Errors of one toolbox looked into, those of most sessions first: each is held against all calls of its tool.</summary>
    public const int ErrorsMax = 500;

    public static Findings Mine(Toolbox toolbox, IReadOnlyList<ErrorGroup> groups, SideBySide sideBySide)
    {
        var common = CommonValues(toolbox);
        var usualPause = WaitRemedies.UsualPause(toolbox);
        var calls = toolbox.Sessions.SelectMany(static s => s.Steps.Select(step => new Occurrence(s, step)))
            .GroupBy(static o => o.Step.Tool, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.ToList(), StringComparer.Ordinal);
        var worked = new ConcurrentDictionary<string, List<Occurrence>>(StringComparer.Ordinal);
        var commands = new ConcurrentDictionary<string, Lazy<CommandWords>>(StringComparer.Ordinal);
        // Errors of one action share the calls that worked: a list of them for each error would be most of what is in memory.
        var successes = new ConcurrentDictionary<string, Lazy<WorkedCalls>>(StringComparer.Ordinal);
        var ordered = groups.OrderByDescending(static g => g.Sessions).ThenBy(static g => g.Cluster.Tool, StringComparer.Ordinal)
            .ThenBy(static g => string.Join(' ', g.Cluster.Core), StringComparer.Ordinal).ToList();
        var verdicts = sideBySide.Map([.. ordered.Index()], numbered =>
        {
            var (rank, group) = numbered;
            var tool = group.Cluster.Tool;
            var label = Label(group);
            var sessions = group.Members.Select(static m => m.Session).Distinct().ToList();
            if (toolbox.Tellings(sessions) < SessionsMin || !toolbox.IsIndependent(sessions) || toolbox.Tasks(sessions) < 2)
                return Verdict.Refuse(label, "seen in too few independent sessions to be a lesson", sessions.Count);
            if (rank >= ErrorsMax) return Verdict.Refuse(label, "other errors are more frequent, and more than can be looked into", sessions.Count);
            var actions = group.Members.Select(static m => m.Step.Action).ToHashSet(StringComparer.Ordinal);
            List<Resolution> sameTool = [.. group.Members.Select(m => (m, Settled: Episodes.SameToolSuccess(m.Session, m.Step)))
                .Where(r => r.Settled is not null && !OtherToolRemedies.SettledBefore(r.m.Session, r.m.Step, r.Settled, common)).Select(static r => new Resolution(r.m.Session, r.m.Step, r.Settled!))];
            var workedOfTool = worked.GetOrAdd(tool, _ => calls[tool].FindAll(static o => o.Step.Succeeded));
            var error = new ErrorCase
            {
                Toolbox = toolbox,
                Group = group,
                AllSuccesses = workedOfTool,
                Commands = commands.GetOrAdd(tool, _ => new(() => new CommandWords(toolbox, tool, workedOfTool))),
                Worked = successes.GetOrAdd($"{tool}\n{string.Join('\n', actions.Order(StringComparer.Ordinal))}",
                    _ => new(() => new WorkedCalls(calls[tool].FindAll(o => o.Step.Succeeded && actions.Contains(o.Step.Action)), new Precedence(tool, common)))).Value,
                SameToolResolutions = sameTool,
                OtherToolResolutions = OtherToolRemedies.Count(group.Members, sameTool, common),
                CommonValues = common,
                UsualPause = usualPause,
            };
            var repeats = Repeats(error);
            var flaky = repeats.Tried >= 2 && repeats.Worked * 10 >= repeats.Tried * 3;
            var candidates = new List<Remedy>();
            if (error.Successes.Count > 0) candidates.AddRange(WaitRemedies.Find(error));
            // What the same call cures by itself lies neither in its arguments nor in what came before it.
            if (!flaky)
            {
                if (error.RunsCommands) candidates.AddRange(CommandRemedies.Find(error));
                else if (error.Successes.Count > 0)
                {
                    candidates.AddRange(ArgumentRemedies.Find(error));
                    candidates.AddRange(PreconditionRemedies.Find(error));
                }
                candidates.AddRange(OtherToolRemedies.Find(error));
            }
            var best = candidates.Where(static c => c.Score >= ScoreMin && (c.Resolutions.Count >= 2 || (c.Resolutions.Count >= 1 && Statistics.FisherExact(c.Contrast) < 0.01) || Statistics.FisherExact(c.Contrast) < 0.001))
                .OrderByDescending(static c => c.Score).ThenBy(static c => c.Short, StringComparer.Ordinal).FirstOrDefault();
            if (best is null && !flaky && RecoveryRemedies.Find(error) is { } recovery) best = recovery;
            if (best is not null) return new Verdict(new Lesson(error, best), null);
            return Verdict.Refuse(label, flaky
                ? $"flakiness: the same call repeated worked in {repeats.Worked} of {repeats.Tried} cases"
                : "no way out of it stands out in the record", sessions.Count);
        });
        var findings = new Findings();
        findings.Refused.AddRange(verdicts.Select(static v => v.Refused).OfType<Refusal>());
        // One mistake may be met under several wordings; where one remedy covers them, it is one lesson.
        foreach (var lessons in verdicts.Select(static v => v.Lesson).OfType<Lesson>().GroupBy(static l => (l.Error.Tool, l.Remedy.Short))) findings.Insights.Add(Tell([.. lessons]));
        return findings;
    }

    /// <summary>The lesson of one or several wordings of a mistake; the first is the most frequent, and its numbers are given.</summary>
    private static Insight Tell(IReadOnlyList<Lesson> lessons)
    {
        var (error, remedy) = lessons[0];
        var tool = error.Tool;
        var toolbox = error.Toolbox;
        var sessions = lessons.SelectMany(static l => l.Error.Failures).Select(static m => m.Session).Distinct().ToList();
        var settledIn = lessons.SelectMany(static l => l.Remedy.Resolutions).Select(static r => r.Session).Distinct().ToList();
        var example = Complaint(lessons[0]);
        var examples = lessons.Select(Complaint).Where(static e => e.Length > 0).Distinct(StringComparer.Ordinal).Take(WordingsMax).Select(static e => $"“{e}”").ToList();
        var says = examples.Count == 0 ? "fails" : $"answers {string.Join(" or ", examples)}";
        var shortly = remedy.Short.Replace("`", "", StringComparison.Ordinal);
        var table = remedy.Contrast;
        var p = Statistics.FisherExact(table);
        var supporters = sessions.Concat(settledIn).Distinct().ToList();
        var people = toolbox.PersonKey is null || toolbox.IsOfOnePerson ? "" : $", {toolbox.Principals(supporters)} people";
        var proof = string.Create(CultureInfo.InvariantCulture,
            $"seen in {sessions.Count} sessions{people}; {settledIn.Count} got past it this way; {table.WithGood} of {table.With} calls worked with it, {table.WithoutGood} of {table.Without} without");
        var quotes = new List<Quote?>();
        foreach (var resolution in remedy.Resolutions.DistinctBy(static r => r.Session).TakeLast(2))
        {
            quotes.Add(Quotes.OfResult(resolution.Session, resolution.Failed));
            quotes.Add(Quotes.OfCall(resolution.Session, resolution.Settled) ?? Quotes.OfResult(resolution.Session, resolution.Settled));
        }
        foreach (var failure in lessons.Skip(1).Select(static l => l.Error.Failures[^1]).Concat(error.Failures.TakeLast(3))) quotes.Add(Quotes.OfResult(failure.Session, failure.Step));
        var insight = new Insight
        {
            Key = $"error/{tool}/{string.Join(' ', error.Group.Cluster.Core)}",
            Kind = ChangeKind.Mistake,
            Toolbox = toolbox,
            Topic = remedy.IsWait ? "timing" : "errors",
            Title = $"{tool}: {(example.Length == 0 ? shortly : example)}",
            Lines = [Line(says)],
            Summary = $"`{tool}` {says}: {remedy.Short}",
            Rationale = string.Create(CultureInfo.InvariantCulture, $"{proof}; difference {table.Difference * 100:0} points, Fisher p = {p:0.0e+0}."),
            Confidence = Math.Round(Math.Min(0.99, 0.5 + 0.4 * Statistics.Wilson(table.WithGood, table.With).Low + 0.02 * Math.Min(5, settledIn.Count)), 2),
            Support = sessions.Count,
            Bearing = new Bearing(toolbox, settledIn.Count > 0 ? settledIn : supporters, sessions.Select(s => new Situation(s, settledIn.Contains(s)))),
            Quotes = [.. quotes.OfType<Quote>().DistinctBy(static q => (q.Session, q.Event, q.Text)).Take(6)],
        };
        if (examples.Count == 0) return insight;
        return insight with
        {
            Unquoted = insight with
            {
                Title = $"{tool}: {shortly}",
                Lines = [Line("fails")],
                Summary = $"`{tool}` fails: {remedy.Short}",
                Rationale = $"{insight.Rationale} The words of the error are left out: they read like an order, or stand in a text that was planted.",
            },
        };

        string Line(string says) => $"When `{tool}` {says}: {remedy.Advice}. Because: {proof}.";
    }

    /// <summary>What the error says is wrong, without advice that nobody was seen to follow with success.</summary>
    private static string Complaint(Lesson lesson)
    {
        // Most errors advise nothing, and what got past them is never asked for.
        Recoveries? recoveries = null;
        return Advice.Without(lesson.Error.Group.Cluster.Example, name => (recoveries ??= new Recoveries(lesson.Error, lesson.Remedy)).Know(name));
    }

    private static string Label(ErrorGroup group) =>
        $"`{group.Cluster.Tool}`: {(group.Cluster.Complaint.Length == 0 ? "an error" : $"“{group.Cluster.Complaint}”")}";

    /// <summary>How often the same call, sent again with nothing in between, worked.</summary>
    private static (int Tried, int Worked) Repeats(ErrorCase error)
    {
        int tried = 0, worked = 0;
        foreach (var failure in error.Failures)
        {
            if (failure.Step.Index + 1 >= failure.Session.Steps.Count) continue;
            var next = failure.Session.Steps[failure.Step.Index + 1];
            if (!Episodes.SameInput(failure.Step, next)) continue;
            tried++;
            if (next.Succeeded) worked++;
        }
        return (tried, worked);
    }

    /// <summary>Values that stand in calls of more than a third of the sessions (at least five): they tie nothing together.</summary>
    private static HashSet<string> CommonValues(Toolbox toolbox)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var session in toolbox.Sessions)
            foreach (var value in session.Steps.SelectMany(static s => s.Arguments).Select(static a => a.Text).Distinct(StringComparer.Ordinal))
                counts[value] = counts.GetValueOrDefault(value) + 1;
        return counts.Where(c => c.Value >= 5 && c.Value * 3 > toolbox.Sessions.Count).Select(static c => c.Key).ToHashSet(StringComparer.Ordinal);
    }

    private sealed record Lesson(ErrorCase Error, Remedy Remedy);

    private sealed record Verdict(Lesson? Lesson, Refusal? Refused)
    {
        public static Verdict Refuse(string what, string reason, int sessions) => new(null, new Refusal(what, reason, sessions));
    }
}
