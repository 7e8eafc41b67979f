using System.Text;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>The short file an agent reads first: what there is and where. Names and headings only, so that it never goes stale.</summary>
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

    private static ProposedChange? Write(Draft draft, Playbooks playbooks)
    {
        var own = draft.Texts.Where(t => playbooks.Holds(t.Key)).ToList();
        if (own.Count == 0) return null;
        var path = MemoryTree.IndexNames.FirstOrDefault(n => draft.Find(n) is not null) ?? MemoryTree.IndexNames[0];
        var section = Section(own);
        var old = draft.Find(path);
        if (old is null) return draft.Write(path, $"# Index\n\nRead this first, then the file that fits the work at hand.\n\n{section}\n{Notes(draft, playbooks, path)}");
        var start = old.IndexOf(SectionHeading, StringComparison.Ordinal);
        string text;
        if (start < 0) text = old.TrimEnd('\n') + "\n\n" + section;
        else
        {
            var end = old.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
            text = string.Concat(old.AsSpan(0, start), section, end < 0 ? "" : old.AsSpan(end));
        }
        return text == old ? null : draft.Write(path, text);
    }

    private static string Section(List<KeyValuePair<string, string>> playbooks)
    {
        var text = new StringBuilder(SectionHeading).Append("\n\n");
        foreach (var (path, content) in playbooks.Take(LinesMax))
        {
            var titles = content.Split('\n').Where(static l => l.StartsWith("## ", StringComparison.Ordinal)).Select(static l => l[3..]).ToList();
            var about = titles.Select(static t => t.Split(':', 2)[0].Trim()).Distinct(StringComparer.Ordinal).ToList();
            var heading = content.StartsWith("# ", StringComparison.Ordinal) ? content[2..content.IndexOf('\n', StringComparison.Ordinal)] : path;
            text.Append("- ").Append(path).Append(": ").Append(heading).Append(" (").Append(string.Join(", ", about.Take(TitlesMax)))
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
            if (group.Key.Length > 0 && group.Count() > 3) text.Append("- ").Append(group.Key).Append(": ").Append(group.Count().ToString(System.Globalization.CultureInfo.InvariantCulture)).Append(" notes\n");
            else
            {
                foreach (var (path, content) in group)
                {
                    var heading = content.StartsWith("# ", StringComparison.Ordinal) ? ": " + content[2..].Split('\n', 2)[0].Trim() : "";
                    text.Append("- ").Append(path).Append(heading).Append('\n');
                }
            }
        }
        return text.ToString();
    }
}
