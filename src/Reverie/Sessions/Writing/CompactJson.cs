using System.Buffers;

namespace Reverie.Sessions;

/// <summary>Takes the blanks between values out of JSON and touches nothing else: escapes and numbers stay as written.</summary>
internal static class CompactJson
{
    private static readonly SearchValues<byte> StopsOutside = SearchValues.Create(" \t\r\n\""u8);
    private static readonly SearchValues<byte> StopsInString = SearchValues.Create("\"\\"u8);

    /// <summary>Writes <paramref name="json"/>, which must be well formed, to <paramref name="output"/>.</summary>
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        while (json.Length > 0)
        {
            var plain = json.IndexOfAny(StopsOutside);
            if (plain < 0) plain = json.Length;
            output.Write(json[..plain]);
            json = json[plain..];
            if (json.Length == 0) return;
            var length = json[0] == (byte)'"' ? StringLength(json) : 0;
            output.Write(json[..length]);
            json = json[Math.Max(1, length)..];
        }
    }

    private static int StringLength(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny(StopsInString);
            if (json[at] == (byte)'"') return at + 1;
            at += 2;
        }
    }
}
