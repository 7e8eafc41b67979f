using Reverie.Files;
using Reverie.Memory.Stores;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Sessions.Hands;

/// <summary>Opens the sandbox of a session as its environment and resources ask for.</summary>
public sealed class SandboxOpening(SandboxHost host, SessionPlaces places, Database database, MemoryRepository memories, SessionFiles files, FileBlobs blobs, RepositoryServices repositories)
{
    /// <exception cref="SandboxException">The session asks for what no sandbox can have.</exception>
    /// <exception cref="IOException">Its directories cannot be made.</exception>
    internal SessionHands Open(SessionSetup session)
    {
        var home = places.Of(session.Id);
        var stores = session.Resources.OfType<MemoryStoreResource>().Select(r => new MountedStore(database, memories, session.WorkspaceId, session.Id, r, Path.Combine(home, "memory"))).ToList();
        var uploads = new SessionUploads(files, session.WorkspaceId, Path.Combine(home, "uploads"));
        var outputs = new SessionOutputs(files, session.WorkspaceId, session.Id, Path.Combine(home, "outputs"));
        var skills = session.Skills.Count == 0 ? null : new MountedSkills(blobs, session.Skills, Path.Combine(home, "skills"));
        var sandbox = Open(new SandboxSpec
        {
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(home, "workspace")).FullName,
            Mounts =
            [
                .. stores.Select(static s => new SandboxMount(s.Root, s.Resource.MountPath, !s.Resource.IsWritable)),
                new SandboxMount(uploads.Root, SessionUploads.Path, IsReadOnly: true),
                new SandboxMount(outputs.Root, SessionOutputs.Path, IsReadOnly: false),
                .. skills is null ? (SandboxMount[])[] : [new SandboxMount(skills.Root, SandboxSpec.SkillsPath, IsReadOnly: true)],
            ],
            Network = NetworkOf(session),
            WorkspaceId = session.WorkspaceId,
            Packages = PackagesOf(session),
        });
        return new SessionHands(sandbox, stores, new SessionRepositories(repositories, Path.Combine(home, "repositories")), uploads, outputs, skills, Path.Combine(home, "shell"));
    }

    private ISandbox Open(SandboxSpec spec)
    {
        try
        {
            return host.Open(spec);
        }
        catch (ArgumentException error)
        {
            throw new SandboxException(error.Message);
        }
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
        return hosts.Count == 0 && !limited.AllowPackageManagers ? new SandboxNetwork.None() : new SandboxNetwork.Limited(hosts) { HasPackageManagers = limited.AllowPackageManagers };
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
}

/// <summary>Where on this machine the directories of sessions lie.</summary>
/// <param name="Root">An absolute path.</param>
public sealed record SessionPlaces(string Root)
{
    public string Of(Id<Session> session) => Path.Combine(Root, session.Value);
}
