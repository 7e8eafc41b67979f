using System.Globalization;
using System.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// The short file an agent reads first: what there is and where. Names and headings only, so that it never goes stale.
/// Of a section that is there only the lines that list playbooks are written anew; what people put beside them stays.
/// </summary>
internal static class IndexFile
{
    private const string SectionHeading = "## Playbooks";
    private const int LinesMax = 120;
    private const int TitlesMax = 8;

    public static CuratedChange Propose(Draft draft, Playbooks playbooks) => new()
    {
        Edit = d => Write(d, playbooks),
        Kind = ChangeKind.Reorganize,
        Summary = "Bring the index up to date: which file to read for what",
        Rationale = "An agent reads the index first; it lists each playbook with the things it speaks of.",
        Confidence = 0.9,
        MemoryQuotes = [],
    };

    /// <summary>True for a line of an index, which begins with the path of a memory or of a directory of <paramref name="texts"/>: it states nothing itself.</summary>
    public static bool Lists(MemoryEntry entry, IReadOnlyDictionary<string, string> texts)
    {
        if (!MemoryTree.IndexNames.Contains(entry.Path)) return false;
        var end = entry.Text.IndexOf(": ", StringComparison.Ordinal);
        var path = end < 0 ? entry.Text : entry.Text[..end];
        return texts.ContainsKey(path) || (path.EndsWith('/') && texts.Keys.Any(p => p.StartsWith(path, StringComparison.Ordinal)));
    }

    private static ProposedChange? Write(Draft draft, Playbooks playbooks)
    {
        var own = draft.Texts.Where(t => playbooks.Holds(t.Key)).ToList();
        if (own.Count == 0) return null;
        var path = MemoryTree.IndexNames.FirstOrDefault(n => draft.Find(n) is not null) ?? MemoryTree.IndexNames[0];
        var list = List(own.FindAll(t => t.Key != path));
        if (draft.Find(path) is not { } old) return draft.Write(path, $"# Index\n\nRead this first, then the file that fits the work at hand.\n\n{SectionHeading}\n\n{list}\n{Notes(draft, playbooks, path)}");
        var text = Sections.Find(old, static title => title == SectionHeading[3..]) is { } section
            ? string.Concat(old.AsSpan(0, section.Start), Relist(old[section.Start..section.End], list, playbooks), old.AsSpan(section.End))
            : Sections.Append(old, $"{SectionHeading}\n\n{list}");
        return text == old ? null : draft.Write(path, text);
    }

    /// <summary>The section with <paramref name="list"/> where the first playbook was listed, and behind the heading where none was.</summary>
    private static string Relist(string section, string list, Playbooks playbooks)
    {
        var lines = Sections.Split(section);
        list = Sections.WithBreaksOf(section, list);
        var first = lines.FindIndex(IsListed);
        if (first < 0) return lines[0].TrimEnd() + Sections.WithBreaksOf(section, "\n\n") + list + string.Concat(lines.Skip(1));
        return string.Concat(lines.Take(first)) + list + string.Concat(lines.Skip(first).Where(l => !IsListed(l)));

        bool IsListed(string line) => line.StartsWith("- ", StringComparison.Ordinal) && playbooks.Holds(line[2..]);
    }

    private static string List(List<KeyValuePair<string, string>> playbooks)
    {
        var text = new StringBuilder();
        foreach (var (path, content) in playbooks.Take(LinesMax))
        {
            var about = Sections.Titles(content).Select(static t => t.Split(':', 2)[0].Trim()).Distinct(StringComparer.Ordinal).ToList();
            text.Append("- ").Append(path).Append(": ").Append(Title(content) ?? path).Append(" (").Append(string.Join(", ", about.Take(TitlesMax)))
                .Append(about.Count > TitlesMax ? ", …" : "").Append(")\n");
        }
        return text.ToString();
    }

    private static string Notes(Draft draft, Playbooks playbooks, string index)
    {
        var others = draft.Texts.Where(t => !playbooks.Holds(t.Key) && t.Key != index).ToList();
        if (others.Count == 0) return "";
        var text = new StringBuilder("## Other notes\n\n");
        // One line a directory: single notes are found by looking into it.
        foreach (var group in others.GroupBy(static t => t.Key.Contains('/') ? t.Key[..t.Key.LastIndexOf('/')] + "/" : "", StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).Take(LinesMax))
        {
            if (group.Key.Length > 0 && group.Count() > 3) text.Append("- ").Append(group.Key).Append(": ").Append(group.Count().ToString(CultureInfo.InvariantCulture)).Append(" notes\n");
            else
            {
                foreach (var (path, content) in group) text.Append("- ").Append(path).Append(Title(content) is { } title ? ": " + title : "").Append('\n');
            }
        }
        return text.ToString();
    }

    private static string? Title(string content) => content.StartsWith("# ", StringComparison.Ordinal) ? content[2..].Split('\n', 2)[0].Trim() : null;
}
