using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>
/// Letters that pass for others: full-width, mathematical, circled and small capital forms, and the Cyrillic and Greek
/// letters that look like Latin ones. A table of its own, because the runtime normalises nothing where globalization is
/// invariant.
/// </summary>
internal static partial class Lookalikes
{
    private static readonly FrozenDictionary<int, char> Plain = Table();

    /// <summary>
    /// The text as it reads to somebody who looks at it: escapes resolved, hidden characters and accents written as marks
    /// of their own taken away, every lookalike as the plain letter. For judging only: what is shown stays as it was said.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text) && !Escape().IsMatch(text)) return text;
        var folded = new StringBuilder(text.Length);
        foreach (var rune in HiddenText.Strip(Escape().Replace(text, Unescaped)).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) continue;
            if (PlainOf(rune) is { } plain) folded.Append(plain);
            else folded.Append(rune);
        }
        return folded.ToString();
    }

    /// <summary>The text with full-width forms and the digits of all scripts as plain ones, character for character.</summary>
    public static string Digits(string text)
    {
        if (Ascii.IsValid(text)) return text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var digit = source[i] < 0x80 ? -1 : CharUnicodeInfo.GetDecimalDigitValue(source[i]);
                span[i] = digit >= 0 ? (char)('0' + digit) : source[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(source[i] - 0xFEE0) : source[i];
            }
        });
    }

    /// <summary>True when a word mixes Latin letters with Cyrillic ones that look like them.</summary>
    public static bool In(string text)
    {
        if (Ascii.IsValid(text)) return false;
        bool latin = false, disguised = false;
        foreach (var c in text)
        {
            if (!char.IsLetter(c)) latin = disguised = false;
            else if (char.IsAsciiLetter(c)) latin = true;
            else if (c is >= '\u0400' and <= '\u052F' && Plain.ContainsKey(c)) disguised = true;
            if (latin && disguised) return true;
        }
        return false;
    }

    private static char? PlainOf(Rune rune) => rune.Value switch
    {
        < 0x80 => null,
        >= 0xFF01 and <= 0xFF5E => (char)(rune.Value - 0xFEE0),
        >= 0x1D400 and <= 0x1D6A3 => Letter((rune.Value - 0x1D400) % 52),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((rune.Value - 0x1D7CE) % 10)),
        >= 0x24B6 and <= 0x24E9 => Letter(rune.Value - 0x24B6),
        >= 0x1F130 and <= 0x1F149 => (char)('A' + rune.Value - 0x1F130),
        >= 0x1F150 and <= 0x1F169 => (char)('A' + rune.Value - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => (char)('A' + rune.Value - 0x1F170),
        >= 0x1F1E6 and <= 0x1F1FF => (char)('A' + rune.Value - 0x1F1E6),
        _ => Plain.TryGetValue(rune.Value, out var plain) ? plain : null,
    };

    private static char Letter(int n) => (char)(n < 26 ? 'A' + n : 'a' + n - 26);

    private static string Unescaped(Match match)
    {
        if (match.Groups["line"].Success) return " ";
        var hex = match.Groups["hex"];
        var value = hex.Success ? int.Parse(hex.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : int.Parse(match.Groups["dec"].ValueSpan, CultureInfo.InvariantCulture);
        return value <= char.MaxValue ? ((char)value).ToString() : Rune.IsValid(value) ? char.ConvertFromUtf32(value) : "";
    }

    private static FrozenDictionary<int, char> Table()
    {
        (string From, string To)[] pairs =
        [
            ("абвгдеёзийкмнопрстухьѕіјһԁԛԝѵӏ", "a6brgee3uukmhonpctyxbsijhdqwvl"),
            ("АВЕЁЗКМНОРСТУХЅІЈԌԚԜѴӀ", "ABEE3KMHOPCTYXSIJGQWVI"),
            ("αβγεηικνορστυχωϲϳ", "abyenikvopotuxwcj"),
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
            ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıⅼ", "abcdefghijklmnoprstuvwyzagil"),
            ("ℂℊℋℎℐℑℒℓℕℙℚℛℜℝℤℬℭℯℰℱℳℴ", "CgHhIILlNPQRRRZBCeEFMo"),
        ];
        var table = new Dictionary<int, char>();
        foreach (var (from, to) in pairs)
            for (var i = 0; i < from.Length; i++) table[from[i]] = to[i];
        return table.ToFrozenDictionary();
    }

    /// <summary>Escapes as JSON, JavaScript and HTML write them.</summary>
    [GeneratedRegex(@"\\u(?<hex>[0-9a-fA-F]{4})|\\x(?<hex>[0-9a-fA-F]{2})|(?<line>\\[nrt])|&#(?:[xX](?<hex>[0-9a-fA-F]{1,6})|(?<dec>\d{1,7}));")]
    private static partial Regex Escape();
}
