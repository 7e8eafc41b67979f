using Reverie.Dreaming;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>The texts a report's changes speak of, so that a change can be shown and rebased in its surroundings.</summary>
public static class ReportTexts
{
    /// <summary>
    /// Every text that can be worked out, by content hash: what the store holds, what it held before the applied changes,
    /// and what each change makes of them. A change whose memory was edited elsewhere may lack its text.
    /// </summary>
    public static IReadOnlyDictionary<string, string> BySha256(DreamReport report, MemoryTree memory)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { [MemoryTree.Sha256("")] = "" };
        foreach (var text in memory.Texts.Values) texts[MemoryTree.Sha256(text)] = text;
        foreach (var change in report.Changes.Reverse())
            Derive(texts, change.AfterSha256, ChangeReplay.Invert(change.Edits), change.BeforeSha256);
        foreach (var change in report.Changes)
            Derive(texts, change.BeforeSha256, change.Edits, change.AfterSha256);
        return texts;
    }

    private static void Derive(Dictionary<string, string> texts, string? from, IReadOnlyList<TextEdit> edits, string? to)
    {
        if (to is null || texts.ContainsKey(to)) return;
        var start = from is null ? "" : texts.GetValueOrDefault(from);
        if (start is null || ChangeReplay.TryApply(start, edits) is not { } end) return;
        if (string.Equals(MemoryTree.Sha256(end), to, StringComparison.Ordinal)) texts[to] = end;
    }
}
