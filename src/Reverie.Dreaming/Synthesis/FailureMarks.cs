using System.Text.Json;
using Reverie.Dreaming.Review;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// How an environment dresses its failures, learnt from those it flagged: a field of JSON such as <c>ok</c> that is false, the
/// beginning of a line such as <c>state: refused</c>, a named field such as <c>TYPE=E</c>. What is dressed so is a failure, flag or not.
/// </summary>
internal sealed class FailureMarks
{
    private const int FlaggedMin = 4;
    private const double FlaggedShareMin = 0.5;
    private const int ToolsMin = 3;
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
        var tallies = flagged.SelectMany(static s => Of(s).Select(m => (Mark: m, s.Tool))).GroupBy(static m => m.Mark, static m => m.Tool, StringComparer.Ordinal)
            .Where(static g => IsMark([.. g])).ToDictionary(static g => g.Key, static g => new Tally(g.Key), StringComparer.Ordinal);
        if (tallies.Count == 0) return;
        var marksOf = new Dictionary<Step, List<Tally>>();
        var fields = tallies.Keys.Select(FieldOf).OfType<string>().Distinct(StringComparer.Ordinal).ToDictionary(static f => f, static f => new Tally(f), StringComparer.Ordinal);
        foreach (var step in answered)
        {
            var marks = Of(step);
            foreach (var field in marks.Select(FieldOf).OfType<string>()) fields.GetValueOrDefault(field)?.Add(step);
            var met = marks.Select(tallies.GetValueOrDefault).OfType<Tally>().ToList();
            if (met.Count == 0) continue;
            marksOf[step] = met;
            foreach (var tally in met) tally.Add(step);
        }
        // Flags are missed now and then; what successes are dressed in too is flagged no more often than any answer.
        var shareMin = Math.Max(FlaggedShareMin, (1 + 2.0 * flagged.Count / answered.Count) / 3);
        foreach (var tally in tallies.Values) tally.IsVerdict = FieldOf(tally.Mark) is { } field && IsVerdict(tally, fields[field]);
        // The surest mark first: what else those answers are dressed in says nothing once it is told by that one.
        while (tallies.Values.Where(t => t.Share >= shareMin || t.IsVerdict).OrderByDescending(static t => t.IsVerdict).ThenByDescending(static t => t.Share).ThenByDescending(static t => t.Flagged).ThenBy(static t => t.Mark, StringComparer.Ordinal).FirstOrDefault() is { } surest)
        {
            tallies.Remove(surest.Mark);
            var members = surest.Members.FindAll(marksOf.ContainsKey);
            if (!IsMark([.. members.Where(static s => s.Flagged).Select(static s => s.Tool)])) continue;
            foreach (var step in members)
            {
                if (!step.Flagged) _failures.Add(step);
                foreach (var tally in marksOf[step]) tally.Remove(step);
                marksOf.Remove(step);
            }
        }
    }

    private static bool IsMark(IReadOnlyCollection<string> flaggedTools) => flaggedTools.Count >= FlaggedMin && flaggedTools.Distinct(StringComparer.Ordinal).Count() >= ToolsMin;

    /// <summary>
    /// True when the field says how a call ended: with its other values hardly an answer was flagged, with this one many. Then those with this value that were
    /// not flagged failed too, however many they are.
    /// </summary>
    private static bool IsVerdict(Tally value, Tally field)
    {
        var others = field.Members.Except(value.Members).ToList();
        return value.Share >= VerdictShareMin && others.Count >= OthersMin && others.Count(static s => s.Flagged) * 50 <= others.Count
            && others.Where(static s => !s.Flagged).Select(static s => s.Tool).Distinct(StringComparer.Ordinal).Take(ToolsMin).Count() == ToolsMin;
    }

    /// <summary>The field of a mark that names a value of one; null for any other.</summary>
    private static string? FieldOf(string mark) => mark.IndexOf('=') is > 0 and var at ? mark[..at] : null;

    /// <summary>True when the answer of <paramref name="step"/> is dressed as a failure and was not flagged.</summary>
    public bool Marks(Step step) => _failures.Contains(step);

    private static HashSet<string> Of(Step step)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        var answer = step.Result;
        if (!answer.AsSpan().TrimStart().StartsWith('{') || (answer.Length == step.ResultLength && !OfJson(answer, marks)))
        {
            foreach (var line in answer.Split('\n', LinesMax + 1).Take(LinesMax)) OfLine(line.Trim(), marks);
            foreach (var (name, value) in AnswerFields.In(answer))
                if (value.Length is > 0 and <= MarkCharsMax / 2 && !value.Any(char.IsDigit)) marks.Add($"{name}={value}");
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

    /// <summary>The answers that bear a mark, of which some may be told by a surer one.</summary>
    private sealed class Tally(string mark)
    {
        private int _unflagged;

        public string Mark => mark;

        public bool IsVerdict { get; set; }

        public List<Step> Members { get; } = [];

        public int Flagged { get; private set; }

        public double Share => Flagged == 0 ? 0 : (double)Flagged / (Flagged + _unflagged);

        public void Add(Step step)
        {
            Members.Add(step);
            Count(step, 1);
        }

        public void Remove(Step step) => Count(step, -1);

        private void Count(Step step, int by)
        {
            if (step.Flagged) Flagged += by;
            else _unflagged += by;
        }
    }
}
