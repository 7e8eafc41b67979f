using Reverie.Protocol.Environments;
using Reverie.Sandboxes;
using Reverie.Sessions.Turns;

namespace Reverie.Sessions.Hands;

/// <summary>Opens the sandbox of a session as its environment and resources ask for.</summary>
/// <param name="host">Where sandboxes are made.</param>
/// <param name="directory">Holds a directory for each session, an absolute path.</param>
public sealed class SandboxOpening(SandboxHost host, string directory)
{
    public SessionHands Open(SessionSetup session)
    {
        var home = Path.Combine(directory, session.Id.Value);
        return new SessionHands(host.Open(new SandboxSpec
        {
            WorkingDirectory = Made(Path.Combine(home, "workspace")),
            Mounts = [new SandboxMount(Made(Path.Combine(home, "outputs")), "/mnt/session/outputs", IsReadOnly: false)],
            Network = NetworkOf(session),
            Packages = PackagesOf(session),
        }));
    }

    private static SandboxNetwork NetworkOf(SessionSetup session) => session.Environment switch
    {
        CloudEnvironment { Networking: LimitedNetworking limited } => Limited(limited, session),
        CloudEnvironment => new SandboxNetwork.Open(),
        _ => new SandboxNetwork.None(),
    };

    private static SandboxNetwork Limited(LimitedNetworking limited, SessionSetup session)
    {
        List<string> hosts = [.. limited.AllowedHosts];
        if (limited.AllowMcpServers) hosts.AddRange(session.Agent.McpServers.Select(static s => new Uri(s.Url).Host));
        return hosts.Count == 0 && !limited.AllowPackageManagers ? new SandboxNetwork.None() : new SandboxNetwork.Limited(hosts);
    }

    private static SandboxPackages PackagesOf(SessionSetup session) => session.Environment is not CloudEnvironment { Packages: var packages } ? new() : new()
    {
        Apt = packages.Apt,
        Cargo = packages.Cargo,
        Gem = packages.Gem,
        Go = packages.Go,
        Npm = packages.Npm,
        Pip = packages.Pip,
    };

    private static string Made(string path) => Directory.CreateDirectory(path).FullName;
}
