using Microsoft.Extensions.Logging;
using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;
using Reverie.Sandboxes.Network;
using Reverie.Sandboxes.Packages;

namespace Reverie.Sandboxes;

/// <summary>Makes sandboxes on this machine.</summary>
public sealed class SandboxHost
{
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(20);

    private readonly Leftovers _leftovers;

    private SandboxHost(SandboxHostOptions options, TimeProvider time, ILogger log)
    {
        (Options, Time, _leftovers) = (options, time, new(log));
        Sources = new(this);
        Packages = new(this, _leftovers);
    }

    public SandboxHostOptions Options { get; }

    /// <summary>What was found to work here.</summary>
    public SandboxSupport Support { get; private set; } = new(SandboxLevel.None, "not probed");

    internal TimeProvider Time { get; }

    internal PackageSources Sources { get; }

    internal PackageCache Packages { get; }

    /// <summary>What lives no longer than this host. Nobody else can enter it.</summary>
    private string RunDirectory => Path.Combine(Options.Directory, "run");

    internal ControlGroupParents? ControlGroups { get; private init; }

    internal bool IsRoot { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    /// <summary>The account inside is this one outside; null when it is the server's own.</summary>
    internal int? Owner => IsRoot && Support.Level == SandboxLevel.Namespaces ? Options.UnprivilegedId : null;

    /// <summary>
    /// Runs one trivial command in a sandbox to learn what this machine can do, and clears away what a host that was killed left. A host is returned in any case; see
    /// <see cref="Support"/>.
    /// </summary>
    public static async Task<SandboxHost> ProbeAsync(SandboxHostOptions options, TimeProvider time, ILogger<SandboxHost> log, CancellationToken cancellationToken)
    {
        var host = new SandboxHost(options, time, log) { ControlGroups = OperatingSystem.IsLinux() ? ControlGroupParents.Find(options) : null };
        host.Support = await host.TryAsync(cancellationToken);
        return host;
    }

    /// <summary>Opens a sandbox. Nothing is started until its first command.</summary>
    /// <exception cref="ArgumentException">The spec names a path no sandbox can have.</exception>
    public ISandbox Open(SandboxSpec spec)
    {
        Check(spec);
        return new LocalSandbox(this, spec);
    }

    private async Task<SandboxSupport> TryAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) return new(SandboxLevel.None, "Sandboxes need Linux.");
        Directory.CreateDirectory(Options.Directory);
        AccountFiles.Write(Options);
        Sources.Write();
        if (Directory.Exists(RunDirectory)) _leftovers.Remove(RunDirectory);
        Directory.CreateDirectory(RunDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Packages.Sweep();
        if (Options.IsUnsafe) return new(SandboxLevel.Unsafe, "Commands run without a sandbox, as the server's own account: the operator asked for it.");
        if (!File.Exists("/usr/bin/bwrap")) return new(SandboxLevel.None, "bubblewrap is missing: install it (Debian: apt-get install bubblewrap), or set REVERIE_SANDBOX=unsafe where this machine is a sandbox itself.");
        var place = MakePlace();
        try
        {
            var trial = Bubblewrap.Arguments(new() { WorkingDirectory = place }, Options, IsRoot, isReadOnly: true, SandboxAdditions.None, ["/bin/true"]);
            var outcome = await SandboxProgram.RunAsync(trial, Group(new()), place, ProbeTime, 0, Time, cancellationToken);
            return outcome.ExitCode == 0
                ? new(SandboxLevel.Namespaces, ControlGroups is null ? "Commands run in namespaces; no control group can be made, so memory is bounded by a watch." : "Commands run in namespaces and control groups.")
                : new(SandboxLevel.None, $"bubblewrap does not work here ({outcome.Error}): allow user namespaces and mounting of /proc to the server, or set REVERIE_SANDBOX=unsafe where this machine is a sandbox itself.");
        }
        finally
        {
            Directory.Delete(place);
        }
    }

    /// <summary>A new directory, which whoever asked removes. The next host removes what a killed one left.</summary>
    internal string MakePlace() => Directory.CreateDirectory(Path.Combine(RunDirectory, Guid.NewGuid().ToString("N"))).FullName;

    internal ControlGroup? Group(SandboxLimits limits) => ControlGroups is null ? null : ControlGroup.Make(ControlGroups, limits);

    private static void Check(SandboxSpec spec)
    {
        if (!Path.IsPathFullyQualified(spec.WorkingDirectory)) throw new ArgumentException($"The working directory {spec.WorkingDirectory} is no absolute path.", nameof(spec));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mount in spec.Mounts)
        {
            if (!Path.IsPathFullyQualified(mount.HostPath)) throw new ArgumentException($"The mounted directory {mount.HostPath} is no absolute path.", nameof(spec));
            // Below a directory the agent can write to, a link could stand where the mount belongs.
            if ((!mount.Path.StartsWith("/mnt/", StringComparison.Ordinal) && mount.Path != SandboxSpec.SkillsPath) || mount.Path.Split('/').Skip(1).Any(static n => n is "" or "." or "..") || !seen.Add(mount.Path))
                throw new ArgumentException($"{mount.Path} is no place for a mount: each has its own plain path below /mnt, or is {SandboxSpec.SkillsPath}.", nameof(spec));
        }
        foreach (var mount in spec.Mounts)
            if (seen.Any(other => other != mount.Path && other.StartsWith(mount.Path + '/', StringComparison.Ordinal)))
                throw new ArgumentException($"{mount.Path} holds another mount.", nameof(spec));
        if (spec.Network is SandboxNetwork.Limited limited && limited.Hosts.FirstOrDefault(static h => EgressHost.ProblemOf(h) is not null) is { } odd)
            throw new ArgumentException($"{odd} is no host name.", nameof(spec));
    }
}

/// <summary>What a machine can do.</summary>
/// <param name="Level">How commands are kept apart from it.</param>
/// <param name="Reason">Why, and what an operator can do, as a sentence.</param>
public sealed record SandboxSupport(SandboxLevel Level, string Reason);

/// <summary>How commands are kept apart from the machine.</summary>
public enum SandboxLevel
{
    /// <summary>They cannot be, so none runs.</summary>
    None,

    /// <summary>Not at all, as the operator asked.</summary>
    Unsafe,

    /// <summary>By namespaces and limits.</summary>
    Namespaces,
}
