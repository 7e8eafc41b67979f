using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Curation;

/// <summary>
/// The store while it is being curated: every edit is made against the text as the edits before it left it, so that the
/// list of changes replays exactly.
/// </summary>
internal sealed class Draft(MemoryTree before)
{
    private readonly SortedDictionary<string, string> _texts = new(before.Texts.ToDictionary(static t => t.Key, static t => t.Value, StringComparer.Ordinal), StringComparer.Ordinal);

    private readonly Dictionary<string, (string Text, List<MemoryEntry> Entries)> _entries = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    public string? Find(string path) => _texts.GetValueOrDefault(path);

    /// <summary>All entries, in path order.</summary>
    public List<MemoryEntry> Entries() => [.. _texts.Keys.SelectMany(EntriesOf)];

    /// <summary>The entries of one memory as it stands, in order; none where there is no such memory.</summary>
    public IReadOnlyList<MemoryEntry> EntriesOf(string path)
    {
        if (Find(path) is not { } text) return [];
        if (!_entries.TryGetValue(path, out var known) || !ReferenceEquals(known.Text, text)) _entries[path] = known = (text, MemoryEntries.Of(path, text));
        return known.Entries;
    }

    /// <summary>The entry with this exact text that stands where <paramref name="entry"/> stood, or the nearest one; null when it is gone.</summary>
    public MemoryEntry? Relocate(MemoryEntry entry) =>
        EntriesOf(entry.Path).Where(e => e.Text == entry.Text).MinBy(e => Math.Abs(e.Start - entry.Start));

    /// <summary>Writes <paramref name="path"/> anew and returns the change that does it, complete but for id and evidence.</summary>
    public ProposedChange Write(string path, string text)
    {
        var old = Find(path);
        _texts[path] = text;
        return old is null
            ? new ProposedChange(ChangeOp.Create, path, null, MemoryTree.Sha256(text), [new TextEdit(0, "", text)])
            : new ProposedChange(ChangeOp.Modify, path, MemoryTree.Sha256(old), MemoryTree.Sha256(text), [Difference(old, text)]);
    }

    /// <summary>Takes the whole memory away.</summary>
    public ProposedChange Delete(string path)
    {
        var old = _texts[path];
        _texts.Remove(path);
        return new ProposedChange(ChangeOp.Delete, path, MemoryTree.Sha256(old), null, [new TextEdit(0, old, "")]);
    }

    /// <summary>Undoes the change made last, which the gate refused.</summary>
    public void Undo(ProposedChange change)
    {
        if (change.Op == ChangeOp.Create) _texts.Remove(change.Path);
        else
        {
            var edit = change.Edits[0];
            var text = _texts.GetValueOrDefault(change.Path, "");
            _texts[change.Path] = string.Concat(text.AsSpan(0, edit.At), edit.Delete, text.AsSpan(edit.At + edit.Insert.Length));
        }
    }

    public MemoryTree ToTree() => MemoryTree.Of(_texts);

    /// <summary>The one stretch in which two texts differ, grown to whole lines so that a person can read it.</summary>
    private static TextEdit Difference(string old, string text)
    {
        var start = 0;
        while (start < old.Length && start < text.Length && old[start] == text[start]) start++;
        var tail = 0;
        while (tail < old.Length - start && tail < text.Length - start && old[^(tail + 1)] == text[^(tail + 1)]) tail++;
        while (start > 0 && old[start - 1] != '\n') start--;
        while (tail > 0 && (old.Length == tail || old[old.Length - tail - 1] != '\n')) tail--;
        return new TextEdit(start, old[start..(old.Length - tail)], text[start..(text.Length - tail)]);
    }
}

/// <summary>The mechanical half of a change.</summary>
internal sealed record ProposedChange(ChangeOp Op, string Path, string? BeforeSha256, string? AfterSha256, IReadOnlyList<TextEdit> Edits);
