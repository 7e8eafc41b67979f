using System.Text;

namespace Reverie.Sandboxes.Network;

/// <summary>What a client asks of the proxy.</summary>
/// <param name="Host">The host to connect to.</param>
/// <param name="Port">Its port.</param>
/// <param name="OriginHead">The head to send there, rewritten for the server; null for a tunnel.</param>
/// <param name="Rest">What the client sent after the head.</param>
internal sealed record ProxyRequest(string Host, int Port, byte[]? OriginHead, byte[] Rest)
{
    /// <summary>Null when the bytes are no request to a proxy.</summary>
    public static ProxyRequest? Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var rest = bytes[(end + 4)..];
        if (lines[0].Split(' ') is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"]) return null;
        if (method == "CONNECT")
            return Uri.TryCreate($"tunnel://{target}", UriKind.Absolute, out var tunnel) && tunnel.Port > 0 && tunnel.Host.Length > 0 && tunnel.UserInfo.Length == 0
                ? new(tunnel.IdnHost, tunnel.Port, null, rest)
                : null;
        if (!Uri.TryCreate(target, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.Host.Length == 0) return null;
        // One request for one connection: the next may be meant for another host.
        var kept = lines.Skip(1).Where(static l => !IsOf(l, "Connection") && !IsOf(l, "Proxy-Connection") && !IsOf(l, "Proxy-Authorization") && !IsOf(l, "Host"));
        var head = string.Join("\r\n", [$"{method} {uri.PathAndQuery} HTTP/1.1", $"Host: {uri.Authority}", "Connection: close", .. kept]) + "\r\n\r\n";
        return new(uri.IdnHost, uri.Port, Encoding.Latin1.GetBytes(head), rest);
    }

    private static bool IsOf(string line, string name) => line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
