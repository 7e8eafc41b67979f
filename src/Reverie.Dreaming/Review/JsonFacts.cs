using System.Buffers;
using System.Globalization;

namespace Reverie.Dreaming.Review;

/// <summary>
/// The facts a JSON answer states about the thing asked for: its top-level fields whose value is one of few words
/// (<c>"status": "pending"</c>, <c>"insurance": "no"</c>, <c>"roaming_enabled": false</c>). Names and ids are left out: they say
/// which thing it is, not how it stands. Scans the text once and keeps the fragments verbatim, so that they can be quoted;
/// numbers are kept apart, as figures.
/// </summary>
internal static class JsonFacts
{
    /// <summary>Kept of one answer.</summary>
    public const int FactsMax = 16;

    private const int ValueCharsMax = 24;
    private const int CharsRead = 16_000;

    private static readonly SearchValues<char> NumberChars = SearchValues.Create("+-.0123456789Ee");

    /// <summary>The fragments, in document order; empty when the text is no JSON object.</summary>
    public static string[] In(string text) => In(text, []);

    /// <summary>The fragments, and the numbers added to <paramref name="figures"/>, at most as many.</summary>
    public static string[] In(string text, List<Figure> figures)
    {
        var read = text.AsSpan(0, Math.Min(text.Length, CharsRead));
        if (!read.TrimStart().StartsWith("{")) return [];
        List<string>? facts = null;
        var depth = 0;
        var keyStart = -1;
        var valueExpected = false;
        for (var i = 0; i < read.Length; i++)
        {
            switch (read[i])
            {
                case '{' or '[':
                    depth++;
                    valueExpected = false;
                    break;
                case '}' or ']':
                    depth--;
                    break;
                case ',':
                    valueExpected = false;
                    if (depth == 1) keyStart = -1;
                    break;
                case ':':
                    valueExpected = depth == 1 && keyStart >= 0;
                    break;
                case '"':
                    var end = EndOfString(read, i);
                    if (end < 0) return facts is null ? [] : [.. facts];
                    if (depth == 1 && valueExpected) Keep(read[keyStart..(end + 1)], read[(i + 1)..end]);
                    else if (depth == 1) keyStart = i;
                    valueExpected = false;
                    i = end;
                    break;
                case 't' or 'f' when valueExpected:
                    var word = read[i..].StartsWith("true") ? 4 : read[i..].StartsWith("false") ? 5 : 0;
                    if (word > 0) Keep(read[keyStart..(i + word)], read.Slice(i, word));
                    valueExpected = false;
                    i += Math.Max(0, word - 1);
                    break;
                case '-' or (>= '0' and <= '9') when valueExpected:
                    var length = read[i..].IndexOfAnyExcept(NumberChars);
                    if (length > 0 && figures.Count < FactsMax) Count(read[keyStart..], read.Slice(i, length));
                    valueExpected = false;
                    i += Math.Max(0, length - 1);
                    break;
            }
            if (facts?.Count == FactsMax) break;
        }
        return facts is null ? [] : [.. facts];

        void Keep(ReadOnlySpan<char> fragment, ReadOnlySpan<char> value)
        {
            if (value.Length is 0 or > ValueCharsMax || value.ContainsAnyInRange('0', '9') || value.Contains('\\') || value.Contains('@')) return;
            (facts ??= []).Add(Text.Pool.Of(fragment.ToString()));
        }

        void Count(ReadOnlySpan<char> key, ReadOnlySpan<char> number)
        {
            var field = key[1..EndOfString(key, 0)];
            if (!Text.Names.IsName(field) || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return;
            figures.Add(new Figure(Text.Pool.Of(field.ToString()), value));
        }
    }

    /// <summary>The field a fragment speaks of, e.g. <c>insurance</c>.</summary>
    public static string FieldOf(string fragment) => fragment[1..fragment.IndexOf('"', 1)];

    /// <summary>The value a fragment states, without quotation marks.</summary>
    public static string ValueOf(string fragment) => fragment[(fragment.IndexOf(':') + 1)..].Trim().Trim('"');

    private static int EndOfString(ReadOnlySpan<char> text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            var step = text[i..].IndexOfAny('"', '\\');
            if (step < 0) return -1;
            i += step;
            if (text[i] == '"') return i;
            i++;
        }
        return -1;
    }
}

/// <summary>A number an answer states about the thing asked for.</summary>
/// <param name="Field">The top-level field.</param>
/// <param name="Value">Finite.</param>
internal readonly record struct Figure(string Field, double Value);
