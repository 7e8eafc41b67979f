namespace Reverie.Memory.Search;

/// <summary>
/// The codes of three characters in a row, without case: a line can only match a pattern when it holds the codes of the
/// texts the pattern requires. Codes may collide, so they narrow a search and never decide it.
/// </summary>
public static class Trigrams
{
    private const int CodeBits = 25;
    private const int Chars = CodeBits / 5;
    private const string Base32 = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>Each code once, in ascending order. Line ends are part of none.</summary>
    public static List<string> Of(ReadOnlySpan<char> text)
    {
        var codes = new List<string>();
        foreach (var code in CodesOf(text)) codes.Add(string.Create(Chars, code, static (chars, number) => Write(number, chars)));
        return codes;
    }

    /// <summary>The same in one text, a blank before each.</summary>
    public static string Joined(ReadOnlySpan<char> text)
    {
        var codes = CodesOf(text);
        return string.Create(codes.Count * (Chars + 1), codes, static (chars, all) =>
        {
            for (var i = 0; i < all.Count; i++)
            {
                chars[i * (Chars + 1)] = ' ';
                Write(all[i], chars.Slice((i * (Chars + 1)) + 1, Chars));
            }
        });
    }

    private static ArraySegment<int> CodesOf(ReadOnlySpan<char> text)
    {
        if (text.Length < 3) return ArraySegment<int>.Empty;
        var codes = new int[text.Length - 2];
        var count = 0;
        uint a = Fold(text[0]), b = Fold(text[1]);
        for (var i = 2; i < text.Length; i++)
        {
            uint c = Fold(text[i]);
            if (!IsLineEnd(a) && !IsLineEnd(b) && !IsLineEnd(c)) codes[count++] = Code(a, b, c);
            (a, b) = (b, c);
        }
        var sorted = codes.AsSpan(0, count);
        sorted.Sort();
        var distinct = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1]) sorted[distinct++] = sorted[i];
        }
        return new ArraySegment<int>(codes, 0, distinct);
    }

    /// <summary>Equal for characters that a pattern without case takes for the same.</summary>
    internal static char Fold(char c) => c switch
    {
        < '\u0080' => char.ToLowerInvariant(c),
        '\u0130' or '\u0131' => 'i',
        _ => char.ToLowerInvariant(char.ToUpperInvariant(c)),
    };

    private static bool IsLineEnd(uint c) => c is '\n' or '\r';

    private static int Code(uint a, uint b, uint c)
    {
        var mixed = (((ulong)a << 32) | (b << 16) | c) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> (64 - CodeBits));
    }

    private static void Write(int code, Span<char> chars)
    {
        for (var i = chars.Length - 1; i >= 0; i--) (code, chars[i]) = (code >> 5, Base32[code & 31]);
    }
}
