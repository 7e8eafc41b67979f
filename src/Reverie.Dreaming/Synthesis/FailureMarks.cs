using System.Text.Json;
using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// How an environment dresses its failures, learnt from those it flagged: a field of JSON such as <c>"ok": false</c>, the
/// beginning of a line such as "Request declined" or "state: refused". What is dressed so is a failure, flag or not.
/// </summary>
internal sealed class FailureMarks
{
    private const int FlaggedMin = 4;
    private const double FlaggedShareMin = 0.5;
    private const int ToolsMin = 3;
    private const int LinesMax = 6;
    private const int MarkCharsMax = 60;
    private const int DepthMax = 2;

    private readonly HashSet<string> _marks;

    /// <param name="steps">Every call of a toolbox.</param>
    public FailureMarks(IEnumerable<Step> steps)
    {
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        int answers = 0, flagged = 0;
        foreach (var step in steps)
        {
            if (step.ResultKey is null) continue;
            answers++;
            if (step.Flagged) flagged++;
            foreach (var mark in Of(step.Result))
            {
                if (!tallies.TryGetValue(mark, out var tally)) tallies.Add(mark, tally = new Tally());
                tally.Seen++;
                if (!step.Flagged) continue;
                tally.Flagged++;
                tally.Tools.Add(step.Tool);
            }
        }
        // Flags are missed now and then; what successes are dressed in too is flagged no more often than any answer.
        var flaggedMin = answers == 0 ? 1 : Math.Max(FlaggedShareMin, (1 + 2.0 * flagged / answers) / 3);
        _marks = tallies.Where(t => t.Value.Flagged >= FlaggedMin && t.Value.Tools.Count >= ToolsMin && t.Value.Flagged >= flaggedMin * t.Value.Seen)
            .Select(static t => t.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>True when the answer of <paramref name="step"/> is dressed as a failure.</summary>
    public bool Marks(Step step) => _marks.Count > 0 && step.ResultKey is not null && Of(step.Result).Exists(_marks.Contains);

    private static List<string> Of(string answer)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        if (answer.AsSpan().TrimStart().StartsWith('{') && OfJson(answer, marks)) return [.. marks];
        foreach (var line in answer.Split('\n', LinesMax + 1).Take(LinesMax)) OfLine(line.Trim(), marks);
        return [.. marks];
    }

    /// <summary>Fields of an object: that they are there, and what truth or short word they hold.</summary>
    private static bool OfJson(string answer, HashSet<string> marks)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            Collect(document.RootElement, "", 0);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }

        void Collect(JsonElement element, string path, int depth)
        {
            if (element.ValueKind != JsonValueKind.Object || depth == DepthMax) return;
            foreach (var property in element.EnumerateObject())
            {
                var name = $"{path}.{property.Name}";
                if (property.Value.ValueKind is JsonValueKind.Null) continue;
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

    private sealed class Tally
    {
        public int Seen { get; set; }

        public int Flagged { get; set; }

        public HashSet<string> Tools { get; } = new(StringComparer.Ordinal);
    }
}
