using System.Text;
using System.Text.RegularExpressions;

namespace Reverie.Sessions.Hands;

/// <summary>
/// The lines of a mounted store that stand in one memory only, to tell from a tool's answer which memories it showed. Short
/// lines and titles tell nothing; what an answer leaves out was not read.
/// </summary>
internal sealed partial class ShownLines
{
    private const int LineCharsMin = 12;

    /// <summary>Lines that are kept; beyond them, what is read goes unnoticed.</summary>
    private const int LinesMax = 200_000;

    private readonly Dictionary<string, string?> _pathOf = new(StringComparer.Ordinal);

    private ShownLines(string? head) => Head = head;

    /// <summary>The version of the store the lines were read at.</summary>
    public string? Head { get; }

    /// <param name="head">The store's newest version.</param>
    /// <param name="files">Path and bytes; null for what cannot be read.</param>
    public static ShownLines Of(string? head, IEnumerable<KeyValuePair<string, byte[]?>> files)
    {
        var lines = new ShownLines(head);
        foreach (var (path, bytes) in files)
        {
            if (bytes is null) continue;
            foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n').Select(static l => l.Trim()).Where(Tells).Distinct(StringComparer.Ordinal))
            {
                if (lines._pathOf.Count >= LinesMax) return lines;
                lines._pathOf[line] = lines._pathOf.ContainsKey(line) ? null : path;
            }
        }
        return lines;
    }

    /// <summary>The paths of the memories of which the answer shows a line, sorted.</summary>
    public IReadOnlyCollection<string> In(string answer)
    {
        var shown = new SortedSet<string>(StringComparer.Ordinal);
        if (_pathOf.Count == 0) return shown;
        foreach (var line in answer.Split('\n'))
        {
            // grep and cat -n put the file and the number of a line before it.
            if ((PathOf(line.Trim()) ?? PathOf(Place().Replace(line, "").Trim())) is { } path) shown.Add(path);
        }
        return shown;
    }

    private string? PathOf(string line) => _pathOf.GetValueOrDefault(line);

    private static bool Tells(string line) => line.Length >= LineCharsMin && !line.StartsWith('#');

    [GeneratedRegex(@"^\s*(?:[^\s:]+[:-])?(?:\d+[:\t-])?", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
