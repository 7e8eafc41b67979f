using Reverie.Dreaming.Curation;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Models;

/// <summary>
/// CONSULT: has a model word, merge and judge what the miners found, and look for what they missed. It sees quoted and
/// labelled data, answers in small operations, and is held to rules that ask no model. Where it does not answer, or is not
/// believed, the miners' own words stand and the report says so.
/// </summary>
internal sealed class Consultation(IDreamModel model, MemoryTree memory, IReadOnlyList<Toolbox> toolboxes)
{
    private const int CitedMax = 6;
    private const int SummaryCharsMax = 160;

    /// <summary>Insights on their counts alone at least as sure as this stand, whatever a model says.</summary>
    private const double SureMin = 0.7;

    private const double SameOverlapMin = 0.6;

    private readonly Exchange _exchange = new(model);
    private readonly CitableEvents _events = new(new ReadBack(memory));
    private readonly string _shared = SharedDigest.Of(memory, toolboxes);
    private readonly List<Refusal> _refused = [];

    /// <summary>Gives back the insights in the order given, the model's own behind them.</summary>
    public async Task<Counsel> RunAsync(IReadOnlyList<Insight> mined, CancellationToken cancellationToken)
    {
        var insights = mined.ToArray();
        var merged = new HashSet<int>();
        foreach (var group in Wording.Groups(Number(mined)).ToList()) await WordAsync(group, insights, merged, cancellationToken).ConfigureAwait(false);
        List<Insight> all = [.. insights.Where((_, i) => !merged.Contains(i))];
        all.AddRange(await FindAsync(mined, cancellationToken).ConfigureAwait(false));
        if (_exchange.Budget is { } budget) _refused.Insert(0, new Refusal($"{_exchange.Unaffordable} requests to a model that were not made", budget, 0));
        return new Counsel(all, _refused);
    }

    private IEnumerable<WordedInsight> Number(IReadOnlyList<Insight> mined)
    {
        var sessions = toolboxes.SelectMany(static b => b.Sessions).ToDictionary(static s => s.Key, StringComparer.Ordinal);
        foreach (var (at, insight) in mined.Index())
        {
            var cited = insight.Quotes.Take(CitedMax).Where(q => sessions.ContainsKey(q.Session))
                .Select(q => _events.Of(sessions[q.Session]).FirstOrDefault(e => e.Key == q.Event)).OfType<CitableEvent>().DistinctBy(static e => (e.Session.Key, e.Key));
            yield return new WordedInsight($"i{at + 1}", at, insight, [.. cited]);
        }
    }

    private async Task WordAsync(List<WordedInsight> group, Insight[] insights, HashSet<int> merged, CancellationToken cancellationToken)
    {
        var answer = await _exchange.AskAsync(Wording.Request(_shared, group), a => Wording.Read(a, group), cancellationToken).ConfigureAwait(false);
        if (answer.Items.Count == 0)
        {
            Refuse($"a model's wording of {group.Count} insights", $"{Reason(answer)}; the dreamer's own words stand");
            return;
        }
        var doubtful = new List<(WordedInsight Insight, Judgement Judgement, Claim Claim)>();
        foreach (var insight in group)
        {
            switch (answer.Items.GetValueOrDefault(insight.Key))
            {
                case null:
                    Refuse($"a model's wording of: {Short(insight.Insight)}", $"{ReasonOf(answer, insight)}; the dreamer's own words stand");
                    break;
                case Judgement.MergeInto into:
                    Merge(insight, group.First(i => i.Key == into.Key), insights, merged);
                    break;
                case Judgement.Drop drop:
                    doubtful.Add((insight, drop, ClaimOf(insight, insight.Lines)));
                    break;
                case Judgement.Keep { Lines: { } lines } keep:
                    doubtful.Add((insight, keep, ClaimOf(insight, lines)));
                    break;
            }
        }
        foreach (var chunk in doubtful.Chunk(Checking.ClaimsMax))
        {
            var entailed = await CheckAsync([.. chunk.Select(static d => d.Claim)], cancellationToken).ConfigureAwait(false);
            foreach (var (insight, judgement, claim) in chunk) Decide(insight, judgement, entailed.Items.TryGetValue(claim.Key, out var holds) ? holds : null, Reason(entailed), insights);
        }
    }

    private void Decide(WordedInsight insight, Judgement judgement, bool? isEntailed, string reason, Insight[] insights)
    {
        switch (judgement)
        {
            case Judgement.Keep { Lines: { } lines } when isEntailed == true:
                insights[insight.Index] = insights[insight.Index] is var current && current == insight.Insight ? insight.Reworded(lines) : current;
                break;
            case Judgement.Keep:
                Refuse($"a model's wording of: {Short(insight.Insight)}", $"{(isEntailed is null ? reason : "a second look did not find it in the counts and the cited events")}; the dreamer's own words stand");
                break;
            case Judgement.Drop when isEntailed == false && insight.Insight.Confidence < SureMin:
                insights[insight.Index] = insight.Insight with { Reservation = "A model would drop it, and a second look at its evidence agreed: a person decides." };
                break;
            case Judgement.Drop:
                Refuse($"a model would drop: {Short(insight.Insight)}", "the counts bear it out, so it stands");
                break;
        }
    }

    /// <summary>Two insights become one where they are of one kind and share most of their words; nothing either says is lost.</summary>
    private void Merge(WordedInsight from, WordedInsight into, Insight[] insights, HashSet<int> merged)
    {
        var (one, other) = (insights[into.Index], insights[from.Index]);
        var isSame = one.Toolbox == other.Toolbox && one.Kind == other.Kind && one.Topic == other.Topic && one.Reservation is null == other.Reservation is null
            && !merged.Contains(into.Index) && !merged.Contains(from.Index) && WordingRules.Overlap(Text(into), Text(from)) >= SameOverlapMin;
        if (!isSame)
        {
            Refuse($"a model would merge: {Short(from.Insight)}", "it shares too few words with the other one, so both stand");
            return;
        }
        merged.Add(from.Index);
        insights[into.Index] = one with
        {
            Lines = [.. one.Lines.Concat(other.Lines).Distinct(StringComparer.Ordinal)],
            Quotes = [.. one.Quotes.Concat(other.Quotes).Distinct()],
            Rationale = $"{one.Rationale} Merged with another insight of the same: {other.Rationale}",
            Support = Math.Max(one.Support, other.Support),
            Unquoted = one,
        };
    }

    private async Task<List<Insight>> FindAsync(IReadOnlyList<Insight> mined, CancellationToken cancellationToken)
    {
        var own = new List<Insight>();
        foreach (var toolbox in Excerpts.Of(toolboxes, _events).GroupBy(static e => e.Toolbox))
        {
            var candidates = new List<Candidate>();
            foreach (var excerpts in toolbox)
            {
                var found = await _exchange.AskAsync(Finding.Request(_shared, excerpts, mined), a => Finding.Read(a, excerpts), cancellationToken).ConfigureAwait(false);
                candidates.AddRange(found.Items.Values.OrderBy(static c => c.Text, StringComparer.Ordinal));
                if (found.Items.Count == 0 && found.Problems.Count > 0) Refuse($"insights of a model's own from {excerpts.Sessions.Count} sessions of {toolbox.Key.Name}", Reason(found));
            }
            if (toolbox.Skip(1).Any() && candidates.Count > 1) candidates = await GatherAsync(candidates, cancellationToken).ConfigureAwait(false);
            foreach (var candidate in candidates.Take(Finding.InsightsMax))
                if (await BelieveAsync(candidate, [.. mined, .. own], cancellationToken).ConfigureAwait(false)) own.Add(candidate.ToInsight());
        }
        return own;
    }

    private async Task<List<Candidate>> GatherAsync(List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var gathered = await _exchange.AskAsync(Finding.Gather(_shared, candidates), a => Finding.ReadGathered(a, candidates), cancellationToken).ConfigureAwait(false);
        if (gathered.Items.Count == 0) Refuse($"{candidates.Count} insights of a model's own from several groups of sessions", Reason(gathered));
        return [.. gathered.Items.Values];
    }

    /// <summary>An insight of a model's own is checked alone, so that nothing another one cites can speak for it.</summary>
    private async Task<bool> BelieveAsync(Candidate candidate, IReadOnlyList<Insight> known, CancellationToken cancellationToken)
    {
        var what = $"a model's own insight: {Clip.Line(candidate.Title, SummaryCharsMax)}";
        var sessions = candidate.Cites.Select(static c => c.Event.Session).Distinct().Count();
        if (candidate.Disbelief() is { } disbelief) Refuse(what, disbelief, sessions);
        else if (known.Any(i => i.Toolbox == candidate.Toolbox && WordingRules.Overlap($"{i.Title} {string.Join(' ', i.Lines)}", $"{candidate.Title} {candidate.Text}") >= SameOverlapMin)) Refuse(what, "it was found already", sessions);
        else
        {
            var claim = new Claim("k1", $"{candidate.Title}: {candidate.Text}", null, [.. candidate.Bearing.Select(static c => c.Event)]);
            var checkedClaim = await CheckAsync([claim], cancellationToken).ConfigureAwait(false);
            if (checkedClaim.Items.GetValueOrDefault(claim.Key)) return true;
            Refuse(what, checkedClaim.Items.ContainsKey(claim.Key) ? "a second look at the cited events alone did not find it in them" : $"it was not checked: {Reason(checkedClaim)}", sessions);
        }
        return false;
    }

    private Task<AnswerReading<bool>> CheckAsync(IReadOnlyList<Claim> claims, CancellationToken cancellationToken) =>
        _exchange.AskAsync(Checking.Request(claims), a => Checking.Read(a, claims), cancellationToken);

    private static Claim ClaimOf(WordedInsight insight, IReadOnlyList<string> lines) => new(insight.Key, string.Join('\n', lines), string.Join('\n', insight.Lines), insight.Cited);

    private static string Text(WordedInsight insight) => $"{insight.Insight.Title} {string.Join(' ', insight.Lines)}";

    private static string Short(Insight insight) => Clip.Line(insight.Summary, SummaryCharsMax);

    private static string Reason<T>(AnswerReading<T> answer) => answer.Problems.Count > 0 ? answer.Problems[0] : "the answer had nothing on it";

    private static string ReasonOf<T>(AnswerReading<T> answer, WordedInsight insight) =>
        answer.Problems.FirstOrDefault(p => p.StartsWith(insight.Key + ":", StringComparison.Ordinal)) is { } problem ? problem[(insight.Key.Length + 2)..] : Reason(answer);

    private void Refuse(string what, string reason, int sessions = 0) => _refused.Add(new Refusal(what, reason, sessions));
}
