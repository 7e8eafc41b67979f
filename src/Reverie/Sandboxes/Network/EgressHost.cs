using System.Globalization;
using System.Net;

namespace Reverie.Sandboxes.Network;

/// <summary>A place outside that sandboxes may reach.</summary>
/// <param name="Pattern">A host name, or <c>*.example.com</c> for what lies below one.</param>
/// <param name="Port">Its only port; null for every port.</param>
public sealed record EgressHost(string Pattern, int? Port)
{
    private const int HostCharactersMax = 253;

    /// <summary>Reads <c>host</c>, <c>*.host</c> or either with <c>:port</c>; null when the text is nothing of the kind.</summary>
    public static EgressHost? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return IsPattern(text) ? new(text, null) : null;
        return IsPattern(text[..colon]) && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? new(text[..colon], port) : null;
    }

    /// <summary>Where a URL leads.</summary>
    public static EgressHost Of(Uri url) => new(url.IdnHost, url.Port);

    /// <summary>It leads where it says, whatever name servers say.</summary>
    internal bool IsAddress => Pattern == "localhost" || IPAddress.TryParse(Pattern, out _);

    internal static bool IsPattern(string text)
    {
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return name.Length is > 0 and <= HostCharactersMax && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.') && !name.EndsWith('.');
    }

    internal bool Covers(Uri url) => Covers(url.IdnHost, url.Port);

    internal bool Covers(string host, int port)
    {
        if (Port is { } only && only != port) return false;
        var name = host.TrimEnd('.');
        return Pattern.StartsWith("*.", StringComparison.Ordinal) ? name.EndsWith(Pattern[1..], StringComparison.OrdinalIgnoreCase) : name.Equals(Pattern, StringComparison.OrdinalIgnoreCase);
    }
}
