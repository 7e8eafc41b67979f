using System.Collections.Frozen;

namespace Reverie.Dreams.Withdrawals;

/// <summary>The words that the dreamer writes by itself: in its texts they are nobody's, whichever session uses them too.</summary>
internal static class OwnWords
{
    /// <summary>Lower-case, three letters and more.</summary>
    public static FrozenSet<string> All { get; } = Read();

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(OwnWords).Assembly.GetManifestResourceStream("Reverie.Dreams.Withdrawals.own-words.txt")!);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
