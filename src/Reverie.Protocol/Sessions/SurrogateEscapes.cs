namespace Reverie.Protocol.Sessions;

/// <summary>JSON escapes of half a surrogate pair: legal JSON, but no text.</summary>
internal static class SurrogateEscapes
{
    private const int EscapeBytes = 6;

    /// <summary>
    /// <paramref name="json"/> with every half pair replaced by <c>\ufffd</c>, which is as long; the same memory where
    /// there is none.
    /// </summary>
    public static ReadOnlyMemory<byte> Repaired(ReadOnlyMemory<byte> json)
    {
        // Nearly always: nothing to look at one by one.
        if (json.Span.IndexOf("\\ud"u8) < 0 && json.Span.IndexOf("\\uD"u8) < 0) return json;
        byte[]? repaired = null;
        for (var at = Next(json.Span, 0); at >= 0;)
        {
            if (IsLow(json.Span, at + EscapeBytes) && !IsLow(json.Span, at))
            {
                at = Next(json.Span, at + (2 * EscapeBytes));
                continue;
            }
            repaired ??= json.ToArray();
            "\\ufffd"u8.CopyTo(repaired.AsSpan(at));
            at = Next(json.Span, at + EscapeBytes);
        }
        return repaired ?? json;
    }

    /// <summary>Where the next escape of a surrogate begins, or -1.</summary>
    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        while (from < json.Length)
        {
            var found = json[from..].IndexOf((byte)'\\');
            if (found < 0) return -1;
            from += found;
            if (IsSurrogate(json, from)) return from;
            // Two bytes, so that the second of two backslashes is not taken for the first of an escape.
            from += 2;
        }
        return -1;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> json, int at) => IsEscape(json, at)
        && json[at + 2] is (byte)'d' or (byte)'D' && Hex(json[at + 3]) >= 8 && Hex(json[at + 4]) >= 0 && Hex(json[at + 5]) >= 0;

    private static bool IsLow(ReadOnlySpan<byte> json, int at) => IsEscape(json, at) && IsSurrogate(json, at) && Hex(json[at + 3]) >= 12;

    private static bool IsEscape(ReadOnlySpan<byte> json, int at) =>
        at + EscapeBytes <= json.Length && json[at] == (byte)'\\' && json[at + 1] == (byte)'u';

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
