using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lumara.Crew;

/// <summary>What was answered, by tool and field; crew members tell one another in the words "`field` from `tool` is value".</summary>
internal sealed partial class Facts
{
    private readonly Dictionary<(string Tool, string Field), string> _values = [];

    /// <summary>What a message tells.</summary>
    public static Facts In(string text)
    {
        var facts = new Facts();
        foreach (Match match in Told().Matches(text)) facts._values[(match.Groups["tool"].Value, match.Groups["field"].Value)] = match.Groups["value"].Value;
        return facts;
    }

    /// <summary>A number as it was written; null for a word.</summary>
    public static double? Number(string value) => double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Takes in the top-level fields of an answer.</summary>
    public void Add(string tool, string answer)
    {
        foreach (var field in Fields(answer)) _values[(tool, field.Name)] = field.Value;
    }

    /// <summary>Null where it was not answered.</summary>
    public string? Find(string tool, string field) => _values.GetValueOrDefault((tool, field));

    /// <summary>An answer in words.</summary>
    public static string Tell(string tool, string answer) => string.Join(", ", Fields(answer).Select(f => $"`{f.Name}` from `{tool}` is {f.Value}"));

    private static IEnumerable<(string Name, string Value)> Fields(string answer)
    {
        if (!answer.StartsWith('{')) return [];
        return [.. JsonElement.Parse(answer).EnumerateObject().Where(static p => p.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String).Select(static p => (p.Name, p.Value.ToString()))];
    }

    [GeneratedRegex(@"`(?<field>[\w.]+)` from `(?<tool>\w+)` is (?<value>-?[\w-]+(?:\.\d+)?)(?=[,;\n]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Told();
}
