using Reverie.Sandboxes.Packages;

namespace Reverie.Sandboxes;

/// <summary>How this machine runs sandboxes.</summary>
public sealed record SandboxHostOptions
{
    /// <summary>
    /// Runs commands as ordinary processes of the server's account, with nothing between them and the machine. For places that are a sandbox themselves.
    /// </summary>
    public bool IsUnsafe { get; init; }

    /// <summary>A directory of one host's own, an absolute path: account files, installed packages, and what lives no longer than the host.</summary>
    public required string Directory { get; init; }

    /// <summary>The account commands run as where the server is root; no account of that number need exist.</summary>
    public int UnprivilegedId { get; init; } = 60_800;

    /// <summary>Further directories of this machine that every sandbox sees, read-only and at the same path (toolchains).</summary>
    public IReadOnlyList<string> SharedDirectories { get; init; } = [];

    /// <summary>Where packages come from, and how much room they have.</summary>
    public PackageOptions Packages { get; init; } = new();

    /// <summary>
    /// A control group (version 2) given to the server, with the controllers <c>pids</c> and <c>memory</c> enabled for its children, or null to look for one.
    /// </summary>
    public string? ControlGroup { get; init; }

    /// <summary>Where control groups are mounted.</summary>
    public string ControlGroupMount { get; init; } = "/sys/fs/cgroup";
}
