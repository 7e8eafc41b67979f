using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Review;

/// <summary>
/// An answer that is nothing but named fields: one line of <c>name=value</c>, a value of several words in quotes, as logs and return tables
/// write them (<c>TYPE=E NO=042 TEXT="no such bin"</c>); lines that each begin with a label (<c>Outcome: not done</c>); or a line of names above one
/// line of as many values.
/// </summary>
internal static partial class AnswerFields
{
    private const int CharsMax = 400;
    private const int LinesMax = 8;

    private static readonly char[] Separators = ['|', '\t', ';', ','];

    /// <summary>The fields in order, at least two, without quotes around the values; none for any other answer and for a long one.</summary>
    public static IReadOnlyList<(string Name, string Value)> In(string answer)
    {
        if (answer.Length is 0 or > CharsMax) return [];
        if (Row().Match(answer) is { Success: true } row) return [.. row.Groups["name"].Captures.Zip(row.Groups["value"].Captures, static (n, v) => (n.Value, v.Value.Trim('"')))];
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length is < 2 or > LinesMax) return [];
        var labelled = lines.Select(static l => Label().Match(l)).ToList();
        if (labelled.TrueForAll(static m => m.Success)) return labelled.ConvertAll(static m => (m.Groups["name"].Value, m.Groups["value"].Value));
        foreach (var separator in lines.Length == 2 ? Separators : [])
        {
            var names = lines[0].Split(separator, StringSplitOptions.TrimEntries);
            // The last value may hold the sign itself.
            var values = lines[1].Split(separator, names.Length, StringSplitOptions.TrimEntries);
            if (names.Length >= 2 && names.Length == values.Length && Array.TrueForAll(names, static n => Name().IsMatch(n))) return [.. names.Zip(values, static (n, v) => (n, v.Trim('"')))];
        }
        return [];
    }

    /// <summary>The value that says most: the longest of several words; null when there is none.</summary>
    public static string? MessageOf(string answer) => In(answer).Select(static f => f.Value).Where(static v => v.AsSpan().Trim().Contains(' ')).MaxBy(static v => v.Length);

    [GeneratedRegex(@"^\s*(?:(?<name>[A-Za-z][\w.-]*)=(?<value>""[^""\n]*""|[^\s""=,;]*)(?:[ \t,;]+|\s*$)){2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?<name>\p{L}[\p{L} _-]{0,24}):[ \t]+(?<value>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\p{L}[\w .-]{0,24}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
