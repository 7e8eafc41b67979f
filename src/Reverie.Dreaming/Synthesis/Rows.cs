using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// The names and values of an answer that is told in rows of cells: a table between bars, or lines of values between
/// semicolons, tabs or commas. A row of two cells is a name and its value; the cells of a single row below the heads of the
/// columns are named by them.
/// </summary>
internal static class Rows
{
    private static readonly char[] Separators = ['|', '\t', ';', ','];

    /// <summary>The pairs in order; none when the answer does not begin with a row and go on with rows as wide.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string answer)
    {
        foreach (var separator in Separators)
        {
            var rows = answer.Split('\n').Select(line => Cells(line, separator)).Where(static r => !r.TrueForAll(IsRule)).ToList();
            if (rows.Count < 2 || rows[0].Count < 2 || rows.Exists(r => r.Count != rows[0].Count)) continue;
            if (rows[0].Count == 2)
            {
                foreach (var row in rows) yield return (row[0], row[1]);
            }
            if (rows.Count == 2)
            {
                for (var i = 0; i < rows[0].Count; i++) yield return (string.Join(' ', Words.OfIdentifier(rows[0][i])), rows[1][i]);
            }
            yield break;
        }
    }

    private static List<string> Cells(string line, char separator)
    {
        line = line.Trim();
        if (separator == '|' && line.StartsWith('|')) line = line[1..];
        if (separator == '|' && line.EndsWith('|')) line = line[..^1];
        return line.Length == 0 ? [] : [.. line.Split(separator, StringSplitOptions.TrimEntries)];
    }

    /// <summary>The rule below the heads of a table, or nothing.</summary>
    private static bool IsRule(string cell) => cell.AsSpan().Trim("-: ").IsEmpty;
}
