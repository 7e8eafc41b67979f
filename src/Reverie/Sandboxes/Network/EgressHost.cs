using System.Buffers;
using System.Globalization;
using System.Net;

namespace Reverie.Sandboxes.Network;

/// <summary>A place outside that sandboxes may reach.</summary>
/// <param name="Pattern">A host name, or <c>*.example.com</c> for what lies below one.</param>
/// <param name="Port">Its only port; null for every port.</param>
public sealed record EgressHost(string Pattern, int? Port)
{
    /// <summary>Characters of a pattern.</summary>
    public const int CharsMax = 253;

    private const int LabelCharsMax = 63;
    private static readonly SearchValues<char> InNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>Why a text is no host name and no <c>*.</c> before one; null when it is.</summary>
    public static string? ProblemOf(string pattern)
    {
        if (pattern.Length > CharsMax) return $"must have at most {CharsMax} characters";
        var name = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern.AsSpan(2) : pattern;
        if (name.ContainsAnyExcept(InNames)) return "must be a host name such as example.com or *.example.com, without scheme, port or path";
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > LabelCharsMax || label[0] == '-' || label[^1] == '-') return $"has a part that is empty, longer than {LabelCharsMax} characters, or begins or ends with a hyphen";
        }
        return null;
    }

    /// <summary>Reads <c>host</c>, <c>*.host</c> or either with <c>:port</c>; null when the text is nothing of the kind.</summary>
    public static EgressHost? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return ProblemOf(text) is null ? new(text, null) : null;
        return ProblemOf(text[..colon]) is null && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? new(text[..colon], port) : null;
    }

    /// <summary>Where a URL leads.</summary>
    public static EgressHost Of(Uri url) => new(url.IdnHost, url.Port);

    /// <summary>It leads where it says, whatever name servers say.</summary>
    internal bool IsAddress => Pattern == "localhost" || IPAddress.TryParse(Pattern, out _);

    internal bool Covers(Uri url) => Covers(url.IdnHost, url.Port);

    internal bool Covers(string host, int port)
    {
        if (Port is { } only && only != port) return false;
        var name = host.TrimEnd('.');
        return Pattern.StartsWith("*.", StringComparison.Ordinal) ? name.EndsWith(Pattern[1..], StringComparison.OrdinalIgnoreCase) : name.Equals(Pattern, StringComparison.OrdinalIgnoreCase);
    }
}
