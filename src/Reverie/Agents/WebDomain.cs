using System.Buffers;
using System.Collections.Frozen;

namespace Reverie.Agents;

/// <summary>A host, perhaps with a path, whose pages web tools may or may not read. It stands for its subdomains too.</summary>
/// <param name="Host">In lower case.</param>
/// <param name="Path">Begins with a slash; empty for the whole host.</param>
public sealed record WebDomain(string Host, string Path)
{
    private static readonly SearchValues<char> InHosts = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> NotInPaths = SearchValues.Create(" ?#$,|^!");
    private static readonly string[] PrivateSuffixes = ["localhost", "local", "internal", "localdomain", "invalid"];

    /// <summary>Names under which anybody can register, as far as they have two labels and are well known.</summary>
    private static readonly FrozenSet<string> RegistrySuffixes = FrozenSet.Create(StringComparer.Ordinal,
        "ac.jp", "ac.uk", "co.id", "co.il", "co.in", "co.jp", "co.ke", "co.kr", "co.nz", "co.th", "co.uk", "co.za", "com.ar", "com.au", "com.br", "com.cn", "com.co",
        "com.hk", "com.mx", "com.my", "com.ng", "com.pe", "com.ph", "com.pk", "com.pl", "com.sa", "com.sg", "com.tr", "com.tw", "com.ua", "com.vn", "edu.au", "go.jp",
        "gov.au", "gov.uk", "ltd.uk", "me.uk", "ne.jp", "net.au", "net.br", "net.cn", "net.nz", "nhs.uk", "or.jp", "or.kr", "org.au", "org.br", "org.cn", "org.nz", "org.uk", "plc.uk", "sch.uk");

    /// <summary>True when <paramref name="host"/> is this host or lies below it. Case does not matter.</summary>
    public bool Covers(string host) =>
        host.Equals(Host, StringComparison.OrdinalIgnoreCase)
        || (host.Length > Host.Length && host[host.Length - Host.Length - 1] == '.' && host.EndsWith(Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an entry of a list of domains.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="takesPath">Whether a path may follow the host.</param>
    /// <returns>The domain, or why it is none.</returns>
    public static (WebDomain? Domain, string? Problem) Read(string text, bool takesPath)
    {
        if (text.Length is 0 or > AgentLimits.DomainCharsMax) return (null, $"must have 1 to {AgentLimits.DomainCharsMax} characters, not {text.Length}");
        if (!System.Text.Ascii.IsValid(text)) return (null, "must be ASCII; write an international name in its xn-- form");
        if (text.Contains("://", StringComparison.Ordinal)) return (null, "must be a host name without a scheme, such as example.com");
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = (slash < 0 ? text : text[..slash]).ToLowerInvariant();
        var path = slash < 0 || slash == text.Length - 1 ? "" : text[slash..];
        if (path.Length > 0 && !takesPath) return (null, "must be a host name without a path");
        if (path.AsSpan().ContainsAny(NotInPaths) || path.Any(char.IsControl)) return (null, "must have no space, ?, #, $, comma, |, ^ or ! in its path");
        return ProblemOfHost(host) is { } problem ? (null, problem) : (new WebDomain(host, path.EndsWith('/') ? path[..^1] : path), null);
    }

    /// <summary>Why <paramref name="host"/>, in lower case, is no public host name; null when it is one.</summary>
    private static string? ProblemOfHost(string host)
    {
        if (host.AsSpan().ContainsAnyExcept(InHosts))
            return "must be a plain host name: letters, digits, hyphens, underscores and dots, without port, credentials or wildcard";
        var labels = host.Split('.');
        if (labels.Any(static l => l.Length is 0 or > 63 || l[0] == '-' || l[^1] == '-')) return "has a part that is empty, longer than 63 characters, or begins or ends with a hyphen";
        if (PrivateSuffixes.Contains(labels[^1])) return "is not a public host name";
        if (labels.Length == 1) return "must have at least two parts, such as example.com";
        if (labels[^1].All(char.IsAsciiDigit) || labels[^1].StartsWith("0x", StringComparison.Ordinal)) return "must be a host name, not an IP address";
        return RegistrySuffixes.Contains(host) ? "is a suffix under which anybody can register; name a host below it" : null;
    }
}
