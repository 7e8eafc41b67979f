namespace Reverie.Dreaming.Curation;

/// <summary>What can be counted in a store without any session.</summary>
/// <param name="Entries">Every entry with the path of its memory, relative to the store, in order.</param>
/// <param name="Duplicates">Entries that another one says too.</param>
/// <param name="Contradictions">Entries that give another value for a name than another entry.</param>
public sealed record StoreMeters(IReadOnlyList<(string Path, string Text)> Entries, int Duplicates, int Contradictions)
{
    /// <summary>Counts; the store is only read.</summary>
    public static StoreMeters Of(MemoryTree memory, CancellationToken cancellationToken)
    {
        var draft = new Draft(memory);
        var entries = draft.Entries().ToList();
        var contradictions = entries.Where(static e => !e.IsMarkedInvalid).Select(Halves).Where(static h => h.Name.Length > 0 && h.Value.Length > 0)
            .GroupBy(static h => h.Name, StringComparer.Ordinal).Sum(static g => g.Select(static h => h.Value).Distinct(StringComparer.Ordinal).Count() - 1);
        return new StoreMeters([.. entries.Select(static e => (e.Path, e.Marker + e.Text))], Curation.Duplicates.Find(draft, cancellationToken).Count(), contradictions);
    }

    /// <summary>A name and its value: "Quiet hours: 22 to 6". The words of each in any order.</summary>
    private static (string Name, string Value) Halves(MemoryEntry entry)
    {
        if (Separators.Find(entry.Statement) is not var (start, end)) return ("", "");
        return (Words(entry.Statement[..start]), Words(entry.Statement[end..]));

        static string Words(string text) => string.Join(' ', Text.Words.Content(text).Order(StringComparer.Ordinal));
    }
}
