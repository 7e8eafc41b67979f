using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Review;

/// <summary>
/// A line that is nothing but fields, each <c>name=value</c>, a value of several words in quotes, as logs and return tables write them:
/// <c>TYPE=E NO=042 TEXT="no such bin"</c>.
/// </summary>
/// <param name="Fields">At least two, in order; no quotes around the values.</param>
internal sealed partial record FieldRow(IReadOnlyList<(string Name, string Value)> Fields)
{
    private const int CharsMax = 400;

    /// <summary>The value that says most: the longest of several words; null when there is none.</summary>
    public string? Message => Fields.Select(static f => f.Value).Where(static v => v.AsSpan().Trim().Contains(' ')).MaxBy(static v => v.Length);

    /// <summary>Null for any other text, for more than one line and for long ones.</summary>
    public static FieldRow? Of(string text) =>
        text.Length <= CharsMax && text.Contains('=') && Whole().Match(text) is { Success: true } row
            ? new FieldRow([.. row.Groups["name"].Captures.Zip(row.Groups["value"].Captures, static (n, v) => (n.Value, v.Value.Trim('"')))])
            : null;

    [GeneratedRegex(@"^\s*(?:(?<name>[A-Za-z][\w.-]*)=(?<value>""[^""\n]*""|[^\s""=,;]*)(?:[ \t,;]+|\s*$)){2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
