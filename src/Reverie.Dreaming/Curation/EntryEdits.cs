
namespace Reverie.Dreaming.Curation;

/// <summary>Edits of single entries that leave everything around them as it stands.</summary>
internal static class EntryEdits
{
    /// <summary>Puts other words in the place of an entry's text, marker kept; null when the entry is gone.</summary>
    public static ProposedChange? Replace(Draft draft, MemoryEntry entry, string text)
    {
        if (draft.Relocate(entry) is not { } found || found.Text == text) return null;
        var old = draft.Find(found.Path)!;
        var start = found.Start + found.Marker.Length;
        return draft.Write(found.Path, string.Concat(old.AsSpan(0, start), text, old.AsSpan(found.Start + found.Length)));
    }

    /// <summary>Notes behind a line of a log, whose words stay, what holds instead; null when the entry is gone, or a note says so already.</summary>
    public static ProposedChange? Outdate(Draft draft, MemoryEntry entry, string value, string since, string now, string proof) =>
        entry.IsMarkedInvalid && entry.Text.Contains($", then {now}, ", StringComparison.Ordinal) ? null : Replace(draft, entry, MemoryEntry.Noted(entry.Statement, $"no longer valid: {value} until {since}, then {now}, {proof}"));

    /// <summary>Takes an entry out, its line break and one blank line with it; the memory itself when nothing else is left in it.</summary>
    public static ProposedChange? Remove(Draft draft, MemoryEntry entry)
    {
        if (draft.Relocate(entry) is not { } found) return null;
        var old = draft.Find(found.Path)!;
        if (draft.EntriesOf(found.Path).Count == 1) return draft.Delete(found.Path);
        var start = found.Start;
        var end = found.Start + found.Length;
        if (LineBreak(old, end) is var first and > 0) end += first;
        var blankBefore = start == 0 || (start >= 2 && old[start - 1] == '\n' && (old[start - 2] == '\n' || (start >= 3 && old[start - 2] == '\r' && old[start - 3] == '\n')));
        if (blankBefore && LineBreak(old, end) is var second and > 0) end += second;
        else if (end == old.Length && !old.EndsWith('\n') && start > 0)
        {
            // The last line of a memory without a final line break: the break before it goes instead.
            start -= start >= 2 && old[start - 2] == '\r' ? 2 : 1;
        }
        return draft.Write(found.Path, string.Concat(old.AsSpan(0, start), old.AsSpan(end)));
    }

    private static int LineBreak(string text, int at) =>
        at < text.Length && text[at] == '\n' ? 1 : at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 0;
}
