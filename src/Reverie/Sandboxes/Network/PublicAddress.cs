using System.Net;
using System.Net.Sockets;

namespace Reverie.Sandboxes.Network;

/// <summary>Which addresses belong to the public internet, and not to this machine or a network around it.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Private =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(static n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // Documentation, benchmarks, and tunnels that carry an address of version 4 to wherever it leads.
    private static readonly IPNetwork[] NotGlobal = [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(static n => IPNetwork.Parse(n))];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Private.Any(n => n.Contains(address))
            : Global.Contains(address) && !NotGlobal.Any(n => n.Contains(address));
    }

    /// <summary>Connects to a host at one of its addresses, all of which were looked at before.</summary>
    /// <exception cref="AddressRefusedException">None of its addresses is public.</exception>
    /// <exception cref="SocketException">The name is unknown or nobody answers.</exception>
    public static async Task<Socket> ConnectAsync(string host, int port, Func<IPAddress, bool> isAllowed, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = addresses.Where(isAllowed).ToArray();
        if (allowed.Length == 0) throw new AddressRefusedException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host is none of the public internet.</summary>
public sealed class AddressRefusedException(string host) : IOException($"{host} has no public address");
