namespace Reverie.Dreaming.Text;

/// <summary>
/// Tells in one pass over a text which groups of words begin some word in it, so that slow patterns are only tried on
/// texts that hold a word they need. Case is ignored; the words are ASCII.
/// </summary>
internal sealed class WordStarts
{
    /// <summary>Closes a word that must stand alone: what begins with it is another word.</summary>
    private const char Whole = '|';

    /// <summary>A letter outside ASCII whose lower case is k to patterns that ignore case.</summary>
    private const char Kelvin = '\u212A';

    /// <summary>The words by their first three characters.</summary>
    private readonly (string Word, bool IsWhole, uint Group)[]?[] _words = new (string, bool, uint)[]?[1 << 15];

    /// <param name="groups">For each group, one bit of the result, its words: two letters or more, those that end in | as a whole.</param>
    public WordStarts(IEnumerable<(uint Group, string Words)> groups)
    {
        foreach (var (group, words) in groups)
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var start = word.TrimEnd(Whole);
                // What follows a word of two letters may be any letter, or none.
                var (from, count) = start.Length > 2 ? (Key(start, 0), 1) : (Key(start, 0) & ~31, 32);
                for (var key = from; key < from + count; key++) _words[key] = [.. _words[key] ?? [], (start, start.Length < word.Length, group)];
            }
        }
    }

    /// <summary>The groups of which a word begins in <paramref name="text"/>; all of them where letters may pass for others.</summary>
    public uint In(ReadOnlySpan<char> text)
    {
        if (text.Contains(Kelvin)) return uint.MaxValue;
        uint found = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiLetter(text[at])) continue;
            foreach (var (word, isWhole, group) in _words[Key(text, at)] ?? [])
            {
                if ((found & group) != 0 || !text[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
                if (!isWhole || at + word.Length == text.Length || !char.IsAsciiLetter(text[at + word.Length])) found |= group;
            }
            while (at + 1 < text.Length && char.IsAsciiLetter(text[at + 1])) at++;
        }
        return found;
    }

    private static int Key(ReadOnlySpan<char> text, int at) => (Class(text, at) << 10) | (Class(text, at + 1) << 5) | Class(text, at + 2);

    /// <summary>1 to 26 for a letter, 0 for anything else.</summary>
    private static int Class(ReadOnlySpan<char> text, int at) => at < text.Length && char.IsAsciiLetter(text[at]) ? text[at] & 31 : 0;
}
