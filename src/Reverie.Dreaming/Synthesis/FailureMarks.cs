using System.Text.Json;
using System.Text.RegularExpressions;
using Reverie.Dreaming.Review;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// How an environment dresses its failures, learnt from those it flagged: a field of JSON such as <c>ok</c> that is false, the
/// beginning of a line such as <c>state: refused</c>, a named field such as <c>TYPE=E</c>. What is dressed so is a failure, flag or not. A field that
/// tells how calls ended is heard before all else.
/// </summary>
internal sealed partial class FailureMarks
{
    private const int FlaggedMin = 4;
    private const double FlaggedShareMin = 0.5;
    private const int ToolsMin = 3;

    /// <summary>Of the answers with a value that tells of failure this share is flagged at least, and hardly one with any other value.</summary>
    private const double VerdictShareMin = 0.15;

    private const int OthersMin = 20;
    private const int LinesMax = 6;
    private const int MarkCharsMax = 60;
    private const int DepthMax = 2;

    private readonly HashSet<Step> _failures = [];

    /// <param name="steps">Every call of a toolbox.</param>
    public FailureMarks(IReadOnlyList<Step> steps)
    {
        var answered = steps.Where(static s => s.ResultKey is not null).ToList();
        var flagged = answered.FindAll(static s => s.Flagged);
        if (Tallies(answered) is not { Count: > 0 } marks) return;
        // Where a field tells how the call ended, whatever else the answer is dressed in says nothing.
        var told = Told(marks, answered);
        // Flags are missed now and then; what successes are dressed in too is flagged no more often than any answer.
        var shareMin = Math.Max(FlaggedShareMin, (1 + 2.0 * flagged.Count / answered.Count) / 3);
        foreach (var tally in marks.Values)
            if (tally.Share >= shareMin) _failures.UnionWith(tally.Unflagged.Where(s => !told.Contains(s)));
    }

    /// <summary>True when the answer of <paramref name="step"/> is dressed as a failure and was not flagged.</summary>
    public bool Marks(Step step) => _failures.Contains(step);

    /// <summary>The marks that flagged answers of several tools bear, with all answers that bear them.</summary>
    private static Dictionary<string, Tally> Tallies(List<Step> answered)
    {
        var tallies = answered.Where(static s => s.Flagged).SelectMany(static s => Of(s).Select(m => (Mark: m, s.Tool))).GroupBy(static m => m.Mark, static m => m.Tool, StringComparer.Ordinal)
            .Where(static g => g.Count() >= FlaggedMin && g.Distinct(StringComparer.Ordinal).Count() >= ToolsMin)
            .ToDictionary(static g => g.Key, static g => new Tally { Flagged = g.Count() }, StringComparer.Ordinal);
        if (tallies.Count == 0) return tallies;
        foreach (var step in answered)
            if (!step.Flagged)
                foreach (var mark in Of(step)) tallies.GetValueOrDefault(mark)?.Add(step);
        return tallies;
    }

    /// <summary>The answers with a field that tells how the call ended; those that tell it failed and were not flagged are kept as failures.</summary>
    private HashSet<Step> Told(Dictionary<string, Tally> marks, List<Step> answered)
    {
        var told = new HashSet<Step>();
        var fields = marks.Where(static m => m.Value.Share >= VerdictShareMin).Select(static m => FieldOf(m.Key)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (fields.Count == 0) return told;
        var valued = answered.SelectMany(s => Of(s).Select(m => (Mark: m, Field: FieldOf(m), Step: s))).Where(m => m.Field is not null && fields.Contains(m.Field)).ToLookup(static m => m.Field!, StringComparer.Ordinal);
        foreach (var field in fields.Order(StringComparer.Ordinal))
        {
            var failing = valued[field].Select(static v => v.Mark).Distinct(StringComparer.Ordinal).Where(m => marks.TryGetValue(m, out var tally) && tally.Share >= VerdictShareMin).ToHashSet(StringComparer.Ordinal);
            var others = valued[field].Where(v => !failing.Contains(v.Mark)).Select(static v => v.Step).ToList();
            if (!AreSuccesses(others)) continue;
            told.UnionWith(valued[field].Select(static v => v.Step));
            foreach (var mark in failing) _failures.UnionWith(marks[mark].Unflagged);
        }
        return told;
    }

    /// <summary>Hardly one of many answers of several tools was flagged.</summary>
    private static bool AreSuccesses(List<Step> answers) => answers.Count >= OthersMin && answers.Count(static s => s.Flagged) * 50 <= answers.Count
        && answers.Where(static s => !s.Flagged).Select(static s => s.Tool).Distinct(StringComparer.Ordinal).Take(ToolsMin).Count() == ToolsMin;

    /// <summary>The field of a mark that names a value of one, <c>.field=value</c>; null for any other.</summary>
    private static string? FieldOf(string mark) => mark.StartsWith('.') && mark.IndexOf('=') is > 0 and var at ? mark[..at] : null;

    private static HashSet<string> Of(Step step)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        var answer = step.Result;
        if (!answer.AsSpan().TrimStart().StartsWith('{') || (answer.Length == step.ResultLength && !OfJson(answer, marks)))
        {
            foreach (var line in answer.Split('\n', LinesMax + 1).Take(LinesMax)) OfLine(line.Trim(), marks);
            foreach (var (name, value) in AnswerFields.In(answer))
                if (value.Length is > 0 and <= MarkCharsMax / 2) marks.Add($".{name}={Digits().Replace(value, "#")}");
        }
        return marks;
    }

    /// <summary>Fields of an object: that they are there, and what truth or short word they hold.</summary>
    private static bool OfJson(string answer, HashSet<string> marks)
    {
        using var document = TranscriptJson.ParseText(answer);
        if (document is null) return false;
        Collect(document.RootElement, "", 0);
        return true;

        void Collect(JsonElement element, string path, int depth)
        {
            if (element.ValueKind != JsonValueKind.Object || depth == DepthMax) return;
            foreach (var property in element.EnumerateObject())
            {
                var name = $"{path}.{property.Name}";
                if (property.Value.ValueKind == JsonValueKind.Null) continue;
                marks.Add(name);
                if (property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False || property.Value.ValueKind == JsonValueKind.String && !property.Value.GetString()!.Contains(' '))
                    marks.Add($"{name}={property.Value}");
                Collect(property.Value, name, depth + 1);
            }
        }
    }

    /// <summary>What a line begins with, up to a sign that ends a heading, words with digits left out; and the whole of a short line.</summary>
    private static void OfLine(string line, HashSet<string> marks)
    {
        var text = line.TrimStart('|', ' ');
        var end = text.AsSpan().IndexOfAny(":;|(");
        foreach (var stop in (ReadOnlySpan<string>)[". ", " - ", " – ", "! "])
            if (text.IndexOf(stop, StringComparison.Ordinal) is >= 0 and var at && (end < 0 || at < end)) end = at;
        if (end is > 0 and <= MarkCharsMax) marks.Add(Masked(text[..end]) + text[end]);
        if (text.Length is > 0 and <= MarkCharsMax) marks.Add(Masked(text));
    }

    private static string Masked(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static w => w.Any(char.IsDigit) ? "#" : w));

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    private sealed class Tally
    {
        private int _unflagged;

        public required int Flagged { get; init; }

        /// <summary>Kept only while so few bear the mark that it may tell of failure.</summary>
        public List<Step> Unflagged { get; } = [];

        public double Share => (double)Flagged / (Flagged + _unflagged);

        public void Add(Step step)
        {
            _unflagged++;
            if (Share >= VerdictShareMin) Unflagged.Add(step);
            else Unflagged.Clear();
        }
    }
}
