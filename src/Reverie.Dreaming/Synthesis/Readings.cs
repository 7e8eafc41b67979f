using System.Text.Json;
using System.Text.RegularExpressions;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// What the environment answered when it was asked for a named value: "log retention = 30 days", or the same as JSON.
/// Only short answers count, and only names whose value changes seldom: settings, not measurements. What strangers may
/// have written is kept apart, so that it cannot outvote the environment.
/// </summary>
internal sealed partial class Readings
{
    private const int AnswerCharsMax = 220;
    private const int NameWordsMax = 7;
    private const int ValueCharsMax = 60;

    private static readonly HashSet<string> NameFields = new(StringComparer.OrdinalIgnoreCase) { "key", "name", "what", "field", "setting", "item", "label", "about", "topic", "parameter", "subject", "title", "variable", "property" };

    private static readonly HashSet<string> ValueFields = new(StringComparer.OrdinalIgnoreCase) { "value", "is", "val", "current", "answer", "content", "text", "data", "reading", "result" };

    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <param name="toolbox">Whose calls are read; those of sessions with an incredible date are not.</param>
    /// <param name="isReadBack">Tells calls that read the memory itself.</param>
    public Readings(Toolbox toolbox, Func<Step, bool> isReadBack)
    {
        foreach (var session in toolbox.Dated)
        {
            foreach (var step in session.Steps)
            {
                if (!step.Succeeded || step.ResultLength is 0 or > AnswerCharsMax || isReadBack(step)) continue;
                var answer = step.Result;
                if (answer.Length != step.ResultLength) continue;
                var isOpen = OpenSources.Holds(step);
                foreach (var (name, value) in Pairs(answer).Distinct())
                {
                    if (value.Length is 0 or > ValueCharsMax || Instructions.Score(value) > 1 || Secrets.In(value)) continue;
                    var stems = NameStems(name);
                    if (stems.Count is 0 or > NameWordsMax || ValueFields.Contains(name.Trim())) continue;
                    var key = $"{(isOpen ? "open" : "own")} {string.Join(' ', stems.Order(StringComparer.Ordinal))}";
                    if (!_readings.TryGetValue(key, out var reading)) _readings[key] = reading = new Reading(toolbox, stems, isOpen);
                    reading.Values.Add((value, new Occurrence(session, step)));
                }
            }
        }
    }

    /// <summary>Settings that were read in at least two sessions, in ordinal order of their names.</summary>
    public IEnumerable<Reading> Settled() =>
        _readings.OrderBy(static r => r.Key, StringComparer.Ordinal).Select(static r => r.Value)
            .Where(static r => r.Values.Select(static v => v.Where.Session.Key).Distinct(StringComparer.Ordinal).Count() >= 2
                && r.Values.Select(static v => v.Value).Distinct(StringComparer.Ordinal).Count() <= Math.Max(3, r.Values.Count / 4));

    /// <summary>The name's content words without numbers: those are clocks and codes in front of it.</summary>
    private static HashSet<string> NameStems(string name) =>
        [.. Words.Split(name).Where(static w => !w.Any(char.IsDigit) && w.Length >= 2 && !Words.IsFunctionWord(w)).Select(Words.Stem)];

    private static IEnumerable<(string Name, string Value)> Pairs(string answer)
    {
        var trimmed = answer.TrimStart();
        if (trimmed.StartsWith('{'))
        {
            using var document = TranscriptJson.ParseText(trimmed);
            List<(string, string)> found = [];
            if (document is not null) Collect(document.RootElement, found, 0);
            foreach (var pair in found) yield return pair;
            yield break;
        }
        // Elements around the words are no part of a value.
        if (trimmed.StartsWith('<')) answer = Tag().Replace(answer, "");
        foreach (var line in answer.Split('\n'))
            foreach (var pair in InLine(line)) yield return pair;
        foreach (var pair in Rows.Pairs(answer)) yield return pair;
        foreach (var pair in InRecord(AnswerFields.In(answer))) yield return pair;
    }

    /// <summary>Of fields that tell one value, any other may name it: a rule, its value and where it is written.</summary>
    private static IEnumerable<(string Name, string Value)> InRecord(IReadOnlyList<(string Name, string Value)> fields)
    {
        if (fields.Count < 2 || fields.Where(static f => ValueFields.Contains(f.Name.Trim())).ToArray() is not [var told]) yield break;
        foreach (var (_, name) in fields)
            if (name != told.Value && name.Any(char.IsLetter)) yield return (name.Trim(), told.Value.Trim());
    }

    /// <summary>A line's name and value, and the pair within that value: what stands in front may only say how the call went ("done: log retention: 30 days").</summary>
    private static IEnumerable<(string Name, string Value)> InLine(string line)
    {
        for (var match = Match(line); match.Success; match = Match(match.Groups["value"].Value))
        {
            var value = match.Groups["value"].Value.Trim().TrimEnd('.', ';', ',', ' ');
            yield return (match.Groups["name"].Value, Trailer().Replace(value, ""));
        }

        static Match Match(string text) => Equality().Match(text.Trim().Trim('|', '*', ' ', '.', ';'));
    }

    /// <summary>An object of two texts is a name and its value; any other property is named by its own name, or its text holds a name and a value.</summary>
    private static void Collect(JsonElement element, List<(string, string)> found, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object || depth > 4) return;
        var scalars = element.EnumerateObject().Where(static p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number).ToList();
        var named = scalars.FirstOrDefault(static p => NameFields.Contains(p.Name) && p.Value.ValueKind == JsonValueKind.String);
        var valued = scalars.FirstOrDefault(static p => ValueFields.Contains(p.Name));
        if (named.Value.ValueKind == JsonValueKind.String && valued.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            found.Add((named.Value.GetString()!, TextOf(valued.Value)));
        else if (scalars.Count == 2 && scalars[0].Value.ValueKind == JsonValueKind.String && scalars[0].Value.GetString() is { Length: > 2 } name && name.Any(char.IsLetter))
            found.Add((name, TextOf(scalars[1].Value)));
        foreach (var scalar in scalars)
        {
            var text = TextOf(scalar.Value);
            found.Add((string.Join(' ', Words.OfIdentifier(scalar.Name)), text));
            found.AddRange(InLine(text));
        }
        foreach (var property in element.EnumerateObject()) Collect(property.Value, found, depth + 1);
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    [GeneratedRegex(@"^(?<name>[^=|→]{2,60}?)(?:\s*(?:=|\||->|→|=>)\s*|:\s+|\s+(?:is|are|is set to|set to|stands at|reads|equals|remains|shows|means|amounts to|says|--|–|—)\s+)(?<value>[^|]{1,80})$", RegexOptions.CultureInvariant)]
    private static partial Regex Equality();

    [GeneratedRegex(@"</?[A-Za-z][^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    /// <summary>Bracketed codes and durations that some environments append.</summary>
    [GeneratedRegex(@"\s*[\[(][^\])]*\d[^\])]*[\])]\s*$")]
    private static partial Regex Trailer();

    /// <summary>One named value over time.</summary>
    internal sealed class Reading(Toolbox toolbox, IReadOnlySet<string> name, bool isOpen)
    {
        public Toolbox Toolbox { get; } = toolbox;

        /// <summary>Strangers may have written it.</summary>
        public bool IsOpen { get; } = isOpen;

        public IReadOnlySet<string> Name { get; } = name;

        /// <summary>Oldest first.</summary>
        public List<(string Value, Occurrence Where)> Values { get; } = [];

        public string Latest => Values[^1].Value;

        /// <summary>The occurrences of the latest value since it last changed.</summary>
        public List<Occurrence> Run
        {
            get
            {
                var run = new List<Occurrence>();
                for (var i = Values.Count - 1; i >= 0 && Values[i].Value == Latest; i--) run.Insert(0, Values[i].Where);
                return run;
            }
        }
    }
}
