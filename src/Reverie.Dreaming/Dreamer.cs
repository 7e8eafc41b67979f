using System.Runtime.InteropServices;
using Reverie.Dreaming.Curation;
using Reverie.Dreaming.Gate;
using Reverie.Dreaming.Models;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Synthesis.Behaviours;
using Reverie.Dreaming.Synthesis.Conditions;
using Reverie.Dreaming.Synthesis.Preferences;
using Reverie.Dreaming.Synthesis.Remedies;
using Reverie.Dreaming.Synthesis.Workflows;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming;

/// <summary>
/// The dreamer: reads transcripts and a memory store, and says what should change in the store, with evidence.
/// Pure: no I/O of its own, no clock, no network. The same sessions (in any order) and memories give the same bytes.
/// </summary>
/// <param name="options">What the dream may do.</param>
/// <param name="model">Asked to word, judge and find; null for none. Without one the same input gives the same bytes; with one, the same input and answers do.</param>
public sealed class Dreamer(DreamOptions options, IDreamModel? model = null)
{
    private const int RefusalsMax = 60;

    /// <summary>Text of sessions under review, in bytes (16 MiB); one session may be longer.</summary>
    internal const int BytesAheadMax = 16 * 1024 * 1024;

    /// <summary>REVIEW → SYNTHESISE → CONSULT, with a model → CURATE → GATE. Each transcript is disposed once it was reviewed.</summary>
    public async Task<DreamResult> DreamAsync(IAsyncEnumerable<SessionTranscript> sessions, MemoryTree memory,
        IProgress<DreamProgress>? progress, CancellationToken cancellationToken)
    {
        var read = await ReviewAsync(sessions, progress, cancellationToken).ConfigureAwait(false);
        var reviews = SessionReview.Once(read);
        var events = reviews.Sum(static r => (long)r.EventCount);

        progress?.Report(new DreamProgress(DreamStage.Synthesise, reviews.Count, events));
        var toolboxes = Toolboxes.Sort(reviews, options.PrincipalsMin);
        var sideBySide = new SideBySide(options.Parallelism, cancellationToken);
        var knowledge = sideBySide.Map(toolboxes, box => Synthesise(box, sideBySide));

        var counsel = new Counsel(Ordered(knowledge), []);
        if (model is not null)
        {
            progress?.Report(new DreamProgress(DreamStage.Consult, reviews.Count, events));
            counsel = await ConsultAsync(model, memory, toolboxes, counsel.Insights, cancellationToken).ConfigureAwait(false);
        }

        progress?.Report(new DreamProgress(DreamStage.Curate, reviews.Count, events));
        cancellationToken.ThrowIfCancellationRequested();
        var (gate, draft) = CurateAndGate(memory, reviews, knowledge, counsel.Insights, sideBySide, cancellationToken);

        progress?.Report(new DreamProgress(DreamStage.Gate, reviews.Count, events));
        return new DreamResult(new DreamReport
        {
            DreamId = "",
            Model = "reverie/local",
            Inputs = new DreamInputs(memory.Texts.Count, reviews.Count, events),
            Usage = model?.Usage ?? DreamUsage.None,
            DurationMs = 0,
            Changes = gate.Changes,
            Refused = Explain(gate, knowledge, counsel.Refused, reviews.Count, read.Count - reviews.Count),
        }, options.ReviewOnly ? memory : draft.ToTree())
        { Sources = gate.Sources };
    }

    private async Task<List<SessionReview>> ReviewAsync(IAsyncEnumerable<SessionTranscript> sessions, IProgress<DreamProgress>? progress, CancellationToken cancellationToken)
    {
        var reviews = new List<SessionReview>();
        var texts = new TextPool();
        var ahead = new Queue<(Task<SessionReview> Review, int Bytes)>();
        long events = 0, bytesAhead = 0;
        await foreach (var session in sessions.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (options.Parallelism <= 1) Keep(ReviewAndDispose(session, texts));
            else
            {
                var length = JsonMarshal.GetRawUtf8Value(session.Raw).Length;
                ahead.Enqueue((Task.Run(() => ReviewAndDispose(session, texts), CancellationToken.None), length));
                bytesAhead += length;
                while (ahead.Count >= 4 * options.Parallelism || bytesAhead > BytesAheadMax)
                {
                    var (next, bytes) = ahead.Dequeue();
                    bytesAhead -= bytes;
                    Keep(await next.ConfigureAwait(false));
                }
            }
        }
        while (ahead.TryDequeue(out var last)) Keep(await last.Review.ConfigureAwait(false));
        return reviews;

        void Keep(SessionReview review)
        {
            reviews.Add(review);
            events += review.EventCount;
            progress?.Report(new DreamProgress(DreamStage.Review, reviews.Count, events));
        }
    }

    private static SessionReview ReviewAndDispose(SessionTranscript session, TextPool texts)
    {
        using (session) return SessionReviewer.Review(session, texts);
    }

    private static Knowledge Synthesise(Toolbox toolbox, SideBySide sideBySide)
    {
        Actions.Name(toolbox);
        var errors = ErrorClusters.Assign(toolbox);
        Findings remedies = new(), workflows = new(), preferences = new();
        List<Insight> habits = [], conditions = [];
        List<Refusal> refusedHabits = [], refusedConditions = [];
        List<PlantedText> planted = [];
        sideBySide.Do(
            () => remedies = RemedyMiner.Mine(toolbox, errors, sideBySide),
            () => preferences = PreferenceMiner.Mine(toolbox),
            () =>
            {
                workflows = WorkflowMiner.Mine(toolbox);
                habits = [.. BehaviourMiner.Mine(toolbox, workflows.Actions, refusedHabits)];
            },
            () => conditions = [.. ConditionMiner.Mine(toolbox, refusedConditions)],
            () => planted = SuspectMiner.Mine(toolbox));
        Findings[] found = [remedies, workflows, preferences];
        var insights = found.SelectMany(static f => f.Insights).Concat(habits).Concat(conditions);
        // What people want for themselves is theirs to say.
        if (toolbox.IsOfOnePerson) insights = insights.Select(static i => i.Kind == ChangeKind.Preference ? i : i with { Reservation = i.Reservation ?? Backing.OnePerson });
        return new Knowledge(toolbox, [.. insights], [.. found.SelectMany(static f => f.Refused).Concat(refusedHabits).Concat(refusedConditions)], planted);
    }

    private static List<Insight> Ordered(List<Knowledge> knowledge) =>
        [.. knowledge.SelectMany(static k => k.Insights).OrderBy(static i => i.Toolbox.Name, StringComparer.Ordinal)
            .ThenBy(static i => i.Kind).ThenBy(static i => i.Topic, StringComparer.Ordinal).ThenByDescending(static i => i.Support).ThenBy(static i => i.Key, StringComparer.Ordinal)];

    /// <summary>What the instructions leave out is neither shown nor paid for.</summary>
    private async Task<Counsel> ConsultAsync(IDreamModel asked, MemoryTree memory, List<Toolbox> toolboxes, IReadOnlyList<Insight> insights, CancellationToken cancellationToken)
    {
        var steering = Steering.Of(options.Instructions);
        var wanted = insights.ToLookup(i => steering.Against(i) is null);
        var counsel = await new Consultation(asked, memory, toolboxes).RunAsync([.. wanted[true]], cancellationToken).ConfigureAwait(false);
        return counsel with { Insights = [.. counsel.Insights, .. wanted[false]] };
    }

    private (Gatekeeper Gate, Draft Draft) CurateAndGate(MemoryTree memory, List<SessionReview> reviews, List<Knowledge> knowledge, IReadOnlyList<Insight> insights, SideBySide sideBySide, CancellationToken cancellationToken)
    {
        var steering = Steering.Of(options.Instructions);
        var draft = new Draft(memory);
        var byKey = reviews.ToDictionary(static r => r.Key, StringComparer.Ordinal);
        List<PlantedText> planted = [.. knowledge.SelectMany(static k => k.Planted)];
        var inspection = new Inspection(new PlantedRuns(planted, knowledge.ConvertAll(static k => k.Toolbox)), reviews);
        var gate = new Gatekeeper(draft, memory, new Citations(byKey, memory), inspection, options);
        var playbooks = new Playbooks(steering.Directory, knowledge.Count(static k => k.Insights.Count > 0) > 1);
        if (steering.DirectoryProblem is { } problem) gate.Refuse(new Refusal("the directory asked for", problem, 0));

        foreach (var change in Duplicates.Find(draft, cancellationToken).ToList()) Submit(change);
        // The record of values is only held against entries; where there are none it would be half of all that is in memory.
        List<Toolbox> heard = memory.Texts.Count == 0 ? [] : knowledge.ConvertAll(static k => k.Toolbox);
        var readBack = new ReadBack(memory);
        foreach (var change in Corrections.Find(draft, sideBySide.Map(heard, box => new Ledger(box, readBack.Is)), sideBySide.Map(heard, box => new Readings(box, readBack.Is)), e => playbooks.Rewrites(e, insights) || IndexFile.Lists(e, draft.Texts)).ToList()) Submit(change);
        foreach (var insight in insights)
        {
            if (steering.Against(insight) is { } reason) gate.Refuse(new Refusal(insight.Summary, reason, insight.Support));
            else gate.Submit(playbooks.Propose(insight));
        }
        if (gate.Applied > 0 || gate.Changes.Any(static c => c.Status == ChangeStatus.Proposed)) Submit(IndexFile.Propose(draft, playbooks));
        foreach (var (text, number) in planted.Select(static (p, i) => (p, i + 1))) gate.Submit(Quarantine.Propose(text, number, steering.Directory));
        return (gate, draft);

        void Submit(CuratedChange change)
        {
            var path = change.MemoryQuotes.Count > 0 ? change.MemoryQuotes[0].Path : "";
            if (steering.Against(change.Kind, path, $"{change.Summary} {string.Join(' ', change.MemoryQuotes.Select(static q => q.Text))}") is { } reason) gate.Refuse(new Refusal(change.Summary, reason, 0));
            else gate.Submit(change);
        }
    }

    private static List<Refusal> Explain(Gatekeeper gate, List<Knowledge> knowledge, IReadOnlyList<Refusal> ofModel, int sessions, int again)
    {
        foreach (var refusal in ofModel.Take(RefusalsMax)) gate.Refuse(refusal);
        if (ofModel.Count > RefusalsMax) gate.Refuse(new Refusal($"{ofModel.Count - RefusalsMax} more answers of the model", "not believed, or not given", 0));
        var late = knowledge.Sum(static k => k.Toolbox.Sessions.Count - k.Toolbox.Dated.Count());
        var seen = knowledge.SelectMany(static k => k.Refused).OrderByDescending(static r => r.Sessions).ThenBy(static r => r.What, StringComparer.Ordinal).ToList();
        foreach (var refusal in seen.Take(RefusalsMax)) gate.Refuse(refusal with { What = Clip.Line(refusal.What, 160) });
        List<Refusal> refused = [.. gate.Refused];
        if (seen.Count > RefusalsMax) refused.Add(new Refusal($"{seen.Count - RefusalsMax} more observations", "left out for reasons like these, in fewer sessions", 0));
        if (again > 0) refused.Add(new Refusal($"{again} sessions that were read already, under the same name or as a copy", "a session counts once", again));
        if (late > 0) refused.Add(new Refusal($"{late} sessions dated more than a year after all others", "nothing shows that the date is right: what they report is not what holds now", late));
        if (refused.Count == 0 && gate.Changes.Count == 0)
            refused.Add(sessions == 0
                ? new Refusal("nothing", "there were no sessions to learn from, and the memory holds no duplicates", 0)
                : new Refusal("nothing", "no error, order of steps or wish recurs in several independent sessions, and no entry is confirmed, refuted or stated twice", sessions));
        return refused;
    }

    private sealed record Knowledge(Toolbox Toolbox, IReadOnlyList<Insight> Insights, IReadOnlyList<Refusal> Refused, IReadOnlyList<PlantedText> Planted);
}
