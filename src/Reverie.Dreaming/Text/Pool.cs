using System.Collections.Concurrent;

namespace Reverie.Dreaming.Text;

/// <summary>One instance per equal short string, so that names repeated in every session are held once.</summary>
internal static class Pool
{
    private const int CharsMax = 64;
    private const int EntriesMax = 200_000;

    private static readonly ConcurrentDictionary<string, string> Strings = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Strings.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> text) => text.Length <= CharsMax && BySpan.TryGetValue(text, out var known) ? known : Of(text.ToString());

    public static string Of(string text)
    {
        if (text.Length > CharsMax) return text;
        if (Strings.TryGetValue(text, out var known)) return known;
        return Strings.Count >= EntriesMax ? text : Strings.GetOrAdd(text, text);
    }
}
