namespace Reverie.Sandboxes;

/// <summary>What a sandbox is made of.</summary>
public sealed record SandboxSpec
{
    /// <summary>Where the working directory is seen inside.</summary>
    public const string WorkingPath = "/workspace";

    /// <summary>Where skills are seen inside.</summary>
    public const string SkillsPath = "/skills";

    /// <summary>The session's working directory on this machine, an absolute path. It is made when missing and outlives the sandbox.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What else is seen inside.</summary>
    public IReadOnlyList<SandboxMount> Mounts { get; init; } = [];

    public SandboxLimits Limits { get; init; } = new();

    public SandboxNetwork Network { get; init; } = new SandboxNetwork.None();

    /// <summary>Who shares installed packages with it: no other workspace does.</summary>
    public string WorkspaceId { get; init; } = "";

    /// <summary>The packages of the environment, installed before the first command.</summary>
    public SandboxPackages Packages { get; init; } = new();

    /// <summary>Variables added to the few a sandbox has. Everything inside can read them.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
}

/// <summary>A directory of this machine that is seen inside a sandbox.</summary>
/// <param name="HostPath">An existing directory, an absolute path without links.</param>
/// <param name="Path">Where it is seen, an absolute path below <c>/mnt</c>, or <c>/skills</c>.</param>
/// <param name="IsReadOnly">True when nothing inside may change it.</param>
public sealed record SandboxMount(string HostPath, string Path, bool IsReadOnly);

/// <summary>What the inside may use.</summary>
public sealed record SandboxLimits
{
    /// <summary>Time of a command that names none.</summary>
    public TimeSpan CommandTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest time a command may ask for.</summary>
    public TimeSpan CommandTimeMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Processor seconds of one process.</summary>
    public int ProcessorSecondsMax { get; init; } = 3_600;

    /// <summary>Processes and threads together.</summary>
    public int ProcessesMax { get; init; } = 512;

    /// <summary>Bytes of private memory of one process, and of all together where the machine lets them be counted.</summary>
    public long MemoryBytesMax { get; init; } = 4L << 30;

    /// <summary>Bytes of one file.</summary>
    public long FileBytesMax { get; init; } = 2L << 30;

    /// <summary>Open files of one process.</summary>
    public int OpenFilesMax { get; init; } = 4_096;

    /// <summary>Bytes of each of <c>/tmp</c>, <c>/home/agent</c> and <c>/dev/shm</c>, which lie in memory.</summary>
    public long TemporaryBytesMax { get; init; } = 512L << 20;

    /// <summary>Bytes of the working directory and the writable mounts together.</summary>
    public long DiskBytesMax { get; init; } = 10L << 30;

    /// <summary>Bytes that stay free on the disk of the working directory, whoever filled it.</summary>
    public long DiskBytesKeptFree { get; init; } = 512L << 20;

    /// <summary>Bytes of a command's output that are kept, from its end.</summary>
    public int OutputBytesMax { get; init; } = 100 << 10;
}

/// <summary>What the inside may reach.</summary>
public abstract record SandboxNetwork
{
    private SandboxNetwork() { }

    /// <summary>Nothing but itself.</summary>
    public sealed record None : SandboxNetwork;

    /// <summary>Public addresses, by HTTP and HTTPS through a proxy. This machine and private networks stay out of reach.</summary>
    public sealed record Open : SandboxNetwork;

    /// <summary>These hosts only, at public addresses: names, or <c>*.example.com</c> for what lies below one.</summary>
    public sealed record Limited(IReadOnlyList<string> Hosts) : SandboxNetwork
    {
        /// <summary>True when commands may also use package managers: their registries can be reached, and those the operator named are used.</summary>
        public bool HasPackageManagers { get; init; }
    }
}

/// <summary>Packages by manager, each in its manager's own spelling.</summary>
public sealed record SandboxPackages
{
    public IReadOnlyList<string> Apt { get; init; } = [];
    public IReadOnlyList<string> Cargo { get; init; } = [];
    public IReadOnlyList<string> Gem { get; init; } = [];
    public IReadOnlyList<string> Go { get; init; } = [];
    public IReadOnlyList<string> Npm { get; init; } = [];
    public IReadOnlyList<string> Pip { get; init; } = [];
}
