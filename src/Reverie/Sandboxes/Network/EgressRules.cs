using System.Net;

namespace Reverie.Sandboxes.Network;

/// <summary>What a sandbox may reach.</summary>
/// <param name="Hosts">The hosts; null for every host.</param>
/// <param name="PrivateHosts">Hosts that may have private addresses. All others need a public one.</param>
internal sealed record EgressRules(IReadOnlyList<EgressHost>? Hosts, IReadOnlyList<EgressHost> PrivateHosts)
{
    public bool Allows(string host, int port) => Hosts is null || Hosts.Any(h => h.Covers(host, port));

    public bool AllowsAddress(string host, int port, IPAddress address) => PublicAddress.Is(address) || PrivateHosts.Any(h => h.Covers(host, port));
}
