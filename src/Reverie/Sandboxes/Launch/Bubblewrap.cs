namespace Reverie.Sandboxes.Launch;

/// <summary>The command line that starts a program inside namespaces of its own.</summary>
/// <remarks>
/// A server that is root makes the mounts as root, becomes an account without rights, and enters a user namespace as that account: limits on processes are not
/// enforced for root, whatever it calls itself inside. Without root one step does both.
/// </remarks>
internal static class Bubblewrap
{
    public const string Home = "/home/agent";
    private const string InsideId = "1000";

    private static readonly string[] SystemLinks = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    // What programs need of /etc to find libraries, certificates and the time.
    private static readonly string[] SystemFiles =
        ["/etc/alternatives", "/etc/ssl", "/etc/ca-certificates", "/etc/pki", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/etc/java-17-openjdk", "/etc/perl", "/etc/python3"];

    /// <param name="spec">What is seen and used inside.</param>
    /// <param name="host">This machine.</param>
    /// <param name="isRoot">True when the server is root.</param>
    /// <param name="isReadOnly">True when every mount is to be read-only.</param>
    /// <param name="additions">Further mounts and variables.</param>
    /// <param name="program">What runs inside.</param>
    public static IReadOnlyList<string> Arguments(
        SandboxSpec spec, SandboxHostOptions host, bool isRoot, bool isReadOnly, SandboxAdditions additions, IReadOnlyList<string> program)
    {
        List<string> arguments = [.. Namespaces, .. isRoot ? [] : UserNamespace];
        arguments.AddRange(SystemView());
        arguments.AddRange(TemporaryPlaces(spec.Limits.TemporaryBytesMax));
        arguments.AddRange(HostView(host));
        arguments.AddRange([isReadOnly ? "--ro-bind" : "--bind", spec.WorkingDirectory, SandboxSpec.WorkingPath]);
        var mounts = spec.Mounts.Concat(additions.Mounts).OrderBy(static m => m.Path, StringComparer.Ordinal).ToList();
        foreach (var directory in mounts.SelectMany(static m => Above(m.Path)).Distinct()) arguments.AddRange(["--perms", "0755", "--dir", directory]);
        foreach (var mount in mounts) arguments.AddRange([isReadOnly || mount.IsReadOnly ? "--ro-bind" : "--bind", mount.HostPath, mount.Path]);
        arguments.AddRange(["--remount-ro", "/", "--chdir", SandboxSpec.WorkingPath, "--clearenv"]);
        foreach (var (name, value) in SandboxVariables.Of(spec, additions)) arguments.AddRange(["--setenv", name, value]);
        arguments.Add("--");
        if (isRoot) arguments.AddRange(BecomeUnprivileged(host.UnprivilegedId));
        return [.. arguments, .. Limits(spec.Limits), .. program];
    }

    /// <summary>Limits every kernel enforces, set inside so that processes are counted for this sandbox alone.</summary>
    public static IReadOnlyList<string> Limits(SandboxLimits limits) =>
    [
        "/usr/bin/prlimit", $"--nproc={limits.ProcessesMax}", $"--data={limits.MemoryBytesMax}", $"--fsize={limits.FileBytesMax}", $"--nofile={limits.OpenFilesMax}",
        $"--cpu={limits.ProcessorSecondsMax}", "--core=0", "--",
    ];

    private static string[] Namespaces =>
        ["/usr/bin/bwrap", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox", "--die-with-parent", "--new-session"];

    private static string[] UserNamespace => ["--unshare-user", "--disable-userns", "--uid", InsideId, "--gid", InsideId, "--cap-drop", "ALL"];

    private static IEnumerable<string> BecomeUnprivileged(int id) =>
    [
        "/usr/bin/setpriv", "--reuid", $"{id}", "--regid", $"{id}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all",
        "/usr/bin/bwrap", .. UserNamespace, "--die-with-parent", "--dev-bind", "/", "/", "--",
    ];

    private static List<string> SystemView()
    {
        List<string> arguments = ["--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev", "--perms", "0755", "--dir", "/etc"];
        foreach (var path in SystemLinks)
        {
            if (new FileInfo(path).LinkTarget is { } target) arguments.AddRange(["--symlink", target, path]);
            else if (Directory.Exists(path)) arguments.AddRange(["--ro-bind", path, path]);
        }
        foreach (var path in SystemFiles) arguments.AddRange(["--ro-bind-try", path, path]);
        return arguments;
    }

    private static List<string> HostView(SandboxHostOptions host)
    {
        List<string> arguments = [];
        foreach (var name in AccountFiles.Names) arguments.AddRange(["--ro-bind", AccountFiles.PathOf(host, name), $"/etc/{name}"]);
        foreach (var directory in host.SharedDirectories.SelectMany(Above).Distinct()) arguments.AddRange(["--perms", "0755", "--dir", directory]);
        foreach (var path in host.SharedDirectories) arguments.AddRange(["--ro-bind-try", path, path]);
        return arguments;
    }

    /// <summary>The directories above a path, which bubblewrap would make for itself alone.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var end = path.IndexOf('/', 1); end > 0; end = path.IndexOf('/', end + 1)) yield return path[..end];
    }

    private static IEnumerable<string> TemporaryPlaces(long bytesMax)
    {
        var size = $"{bytesMax}";
        return
        [
            "--perms", "1777", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev",
            "--perms", "1777", "--size", size, "--tmpfs", "/tmp",
            "--perms", "0777", "--size", size, "--tmpfs", Home,
        ];
    }
}

/// <summary>Mounts and variables that come from the host, not from the spec.</summary>
internal sealed record SandboxAdditions(IReadOnlyList<SandboxMount> Mounts, IReadOnlyDictionary<string, string> Variables)
{
    public static readonly SandboxAdditions None = new([], new Dictionary<string, string>());

    public SandboxAdditions With(SandboxAdditions more) =>
        new([.. Mounts, .. more.Mounts], new SortedDictionary<string, string>(Variables.Concat(more.Variables).ToDictionary()));
}
