using System.Net;

namespace Reverie.Sandboxes.Network;

/// <summary>What a sandbox may reach.</summary>
/// <param name="Hosts">The hosts; null for every host.</param>
/// <param name="PrivateHosts">Hosts that may have private addresses. All others need a public one.</param>
internal sealed record EgressRules(IReadOnlyList<EgressHost>? Hosts, IReadOnlyList<EgressHost> PrivateHosts)
{
    public bool Allows(string host, int port) => Hosts is null || Hosts.Any(h => h.Covers(host, port));

    public bool AllowsAddress(string host, int port, IPAddress address) => PublicAddress.Is(address)
        || PrivateHosts.Any(h => h.Covers(host, port) && (h.IsAddress || !IsHere(address)));

    /// <summary>This machine itself, or what it has beside it without a network: a name is not enough to get there, because others may say where it leads.</summary>
    private static bool IsHere(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.Equals(IPAddress.IPv6Any) || plain.GetAddressBytes() is [0, _, _, _] or [169, 254, _, _];
    }
}
