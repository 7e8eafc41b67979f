using System.Buffers;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Gate;

/// <summary>
/// The runs of words of planted texts that must not reach a memory. A stranger who repeats an error or a wish could
/// silence every lesson that quotes it, so runs that were heard without the text stay free: words people said
/// themselves, and answers with which calls failed for several independent principals.
/// </summary>
internal sealed class PlantedRuns
{
    private const int RunWords = 6;

    private readonly HashSet<string> _runs;

    public PlantedRuns(IReadOnlyList<PlantedText> planted, IReadOnlyList<Toolbox> toolboxes)
    {
        var places = new Dictionary<string, HashSet<SessionReview>>(StringComparer.Ordinal);
        foreach (var text in planted)
        {
            foreach (var run in Of(text.Line))
            {
                if (!places.TryGetValue(run, out var sessions)) places[run] = sessions = [];
                sessions.UnionWith(text.Places.Select(static p => p.Session));
            }
        }
        _runs = [.. places.Keys];
        if (_runs.Count == 0) return;
        // Who repeats a run repeats its longest word, which few texts hold: only those are read word by word.
        var marks = SearchValues.Create([.. _runs.Select(LongestWord).Distinct(StringComparer.Ordinal)], StringComparison.OrdinalIgnoreCase);
        foreach (var toolbox in toolboxes)
        {
            var answered = toolbox.Sessions.SelectMany(session => session.Steps.Where(static step => step.Failed && !OpenSources.Holds(step))
                .SelectMany(step => Of(step.Result, marks).Where(run => IsApart(run, session))).Select(run => (Run: run, Session: session)));
            _runs.ExceptWith(answered.GroupBy(static h => h.Run, static h => h.Session, StringComparer.Ordinal).Where(toolbox.IsIndependent).Select(static g => g.Key));
            var said = toolbox.Sessions.SelectMany(session => session.UserMessages.SelectMany(words => Of(words.Text, marks).Where(run => IsApart(run, session)).Select(run => (Run: run, Words: words))));
            _runs.ExceptWith(said.Where(static h => Instructions.Score(h.Words.Text) < Instructions.PlantedScoreMin && !Instructions.ForeignParts(h.Words.Text).Any()).Select(static h => h.Run));
        }

        bool IsApart(string run, SessionReview session) => places.TryGetValue(run, out var met) && !met.Contains(session);
    }

    /// <summary>True when <paramref name="insert"/> repeats a planted run that <paramref name="delete"/> did not hold.</summary>
    public bool Enter(string insert, string delete)
    {
        if (_runs.Count == 0) return false;
        var stood = Of(delete).ToHashSet(StringComparer.Ordinal);
        return Of(insert).Any(run => _runs.Contains(run) && !stood.Contains(run));
    }

    /// <summary>The runs of a text; none where it holds no word of <paramref name="marks"/>.</summary>
    private static IEnumerable<string> Of(string text, SearchValues<string>? marks = null)
    {
        var seen = Lookalikes.Fold(text);
        if (marks is not null && !seen.AsSpan().ContainsAny(marks)) yield break;
        var words = Words.Split(seen);
        for (var i = 0; i + RunWords <= words.Count; i++) yield return string.Join(' ', words.GetRange(i, RunWords));
    }

    private static string LongestWord(string run) => run.Split(' ').MaxBy(static w => w.Length)!;
}
