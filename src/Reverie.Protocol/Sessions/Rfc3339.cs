using System.Globalization;

namespace Reverie.Protocol.Sessions;

/// <summary>Times as the wire and session files carry them.</summary>
public static class Rfc3339
{
    /// <summary>
    /// Reads a time that begins with a full date. One without an offset counts as UTC, so that the result never depends
    /// on the machine's zone or, for a bare time of day, on the day it is read.
    /// </summary>
    public static bool TryRead(string text, out DateTimeOffset utc)
    {
        utc = default;
        return text.Length >= 10 && text[4] == '-' && text[7] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out utc);
    }

    /// <summary>In UTC with <c>Z</c> and microseconds, the resolution times are stored with.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
