using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Reverie.Dreaming.Text;

/// <summary>Words as the dreamer compares them: lower case, accents kept, plural and verb endings folded.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> Function = """
        a an the this that these those there here it its itself he she they them their theirs we us our ours you your yours i me my mine
        his her hers who whom whose which what when where why how and or but nor so yet if then else than as at by for from in into of off
        on onto out over per to toward towards under until till up upon via with within without about above across after against along
        among around before behind below beneath beside besides between beyond down during except inside like near outside since through
        throughout is are was were be been being am do does did done doing have has had having will would shall should can could may might
        must ought need needs needed use uses used using take takes took taken taking get gets got call calls called name names named know
        known keep keeps kept make makes made go goes went gone put puts set sets let lets say says said tell tells told see sees seen
        also always ever never not no yes just only very too much many more most some any all each every both either neither other others
        another same such own again once still already now currently presently today please thanks thank ok okay well hello hi
        regarding concerning namely respect reference case terms matter note noted remember remembered use usage current present
        stands stand standing stood sits sit found located lies lie kept stays stay remains remain consists consist comes come
        given give gives works work working belongs belong serves serve runs run goes happens happen means mean equals equal
        somebody someone anybody anyone nobody everybody everyone asked ask asks asking recall recalls recalled counsel look looks looking
        concerned concern concerns mind means thing things stuff folk folks like well say resolved decided agreed
        amount amounts serve serves served count counts answer answers reads happens applies apply hold holds lives live hang hangs rest rests
        ever since whenever wherever ours theirs being via per upon onto towards whereas hence thus comes come matter regards regard
        course fact really simply basically generally usually normally typically mostly roughly about approximately
        ist der die das und oder ein eine einen zu im am auf mit von für nicht
        bei uns heisst heißt so nennt man
        le la les un une des de du et ou pour avec dit on tient lieu chez nous est c
        el los las una para por con se en
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Numbers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["zero"] = "0",
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
        ["eleven"] = "11",
        ["twelve"] = "12",
        ["thirteen"] = "13",
        ["fourteen"] = "14",
        ["fifteen"] = "15",
        ["sixteen"] = "16",
        ["seventeen"] = "17",
        ["eighteen"] = "18",
        ["nineteen"] = "19",
        ["twenty"] = "20",
        ["thirty"] = "30",
        ["forty"] = "40",
        ["fifty"] = "50",
        ["sixty"] = "60",
        ["seventy"] = "70",
        ["eighty"] = "80",
        ["ninety"] = "90",
        ["hundred"] = "100",
        ["first"] = "1st",
        ["second"] = "2nd",
        ["third"] = "3rd",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for words that carry grammar rather than content.</summary>
    public static bool IsFunctionWord(string word) => Function.Contains(word);

    /// <summary>Lower-case runs of letters and digits; apostrophes inside a word are dropped with what follows them.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        for (var at = 0; Next(text, ref at) is { Length: > 0 } word;) words.Add(Lower(word));
        return words;
    }

    /// <summary>The first word of <see cref="Split"/> at or behind <paramref name="at"/>, as it is written, and moves behind it; empty at the end.</summary>
    public static ReadOnlySpan<char> Next(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && !IsPart(text[at])) at++;
        var start = at;
        while (at < text.Length && IsPart(text[at]) && (at == start || IsSpaced(text[at]) == IsSpaced(text[at - 1]))) at++;
        var word = text[start..at];
        // "crop's" is crop, "don't" is don: the rest of the word says nothing the dreamer compares.
        if (at < text.Length && text[at] is '\'' or '’')
            do at++; while (at < text.Length && char.IsLetter(text[at]));
        return word;
    }

    private static bool IsPart(char c) =>
        char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    /// <summary>False for letters of scripts that set no spaces: there a word in other letters, a name or a number, stands among them.</summary>
    private static bool IsSpaced(char c) => c is < '\u3040' or (>= '\uAC00' and <= '\uD7A3');

    private static string Lower(ReadOnlySpan<char> word) => string.Create(word.Length, word, static (lower, word) => word.ToLowerInvariant(lower));

    /// <summary>The word with number words as digits and common English endings folded, so that "carts" meets "cart".</summary>
    public static string Stem(string word)
    {
        if (Numbers.TryGetValue(word, out var digits)) return digits;
        if (word.Length <= 3 || !char.IsLetter(word[0])) return word.TrimStart('0') is { Length: > 0 } trimmed && char.IsDigit(word[0]) ? trimmed : word;
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4) return word[..^3] + "y";
        if (word.EndsWith("sses", StringComparison.Ordinal)) return word[..^2];
        if (word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 5) return Undouble(word[..^3]);
        if (word.EndsWith("ed", StringComparison.Ordinal) && word.Length > 4) return Undouble(word[..^2]);
        if (word.EndsWith("es", StringComparison.Ordinal) && word.Length > 4 && word[^3] is 's' or 'x' or 'z' or 'h') return word[..^2];
        if (word.EndsWith('s') && word[^2] is not ('s' or 'u' or 'i')) return word[..^1];
        return word;
    }

    /// <summary>Stems of the words that carry content, in order.</summary>
    public static List<string> Content(string text)
    {
        var stems = new List<string>();
        foreach (var word in Split(text))
            if (!Function.Contains(word)) stems.Add(Stem(word));
        return stems;
    }

    /// <summary>Splits an identifier such as <c>bay_photo</c>, <c>bayPhoto</c> or <c>bay-photo.v2</c> into lower-case words.</summary>
    public static List<string> OfIdentifier(string identifier)
    {
        var spaced = new StringBuilder();
        for (var i = 0; i < identifier.Length; i++)
        {
            var c = identifier[i];
            if (char.IsUpper(c) && i > 0 && (char.IsLower(identifier[i - 1]) || (i + 1 < identifier.Length && char.IsLower(identifier[i + 1]))))
                spaced.Append(' ');
            spaced.Append(char.IsLetterOrDigit(c) ? c : ' ');
        }
        return Split(spaced.ToString());
    }

    private static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;
}
