namespace Reverie.Sandboxes.Launch;

/// <summary>A control group of one sandbox process, which bounds processes and memory of all inside together.</summary>
internal sealed class ControlGroup : IDisposable
{
    private readonly IReadOnlyList<string> _directories;

    private ControlGroup(IReadOnlyList<string> directories) => _directories = directories;

    /// <summary>Files a process writes its own number to, to join.</summary>
    public IEnumerable<string> JoinFiles => _directories.Select(static d => Path.Combine(d, "cgroup.procs"));

    /// <summary>True when a process in it was killed for memory.</summary>
    public bool RanOutOfMemory => _directories.Any(static d => OutOfMemoryKills(d) > 0);

    public static ControlGroup Make(ControlGroupParents parents, SandboxLimits limits)
    {
        var name = $"reverie-{Guid.NewGuid():N}";
        var made = new List<string>();
        foreach (var (parent, version) in parents.Directories)
        {
            var directory = Path.Combine(parent, name);
            Directory.CreateDirectory(directory);
            made.Add(directory);
            foreach (var (file, value) in Settings(version, limits).Where(s => File.Exists(Path.Combine(directory, s.File)))) File.WriteAllText(Path.Combine(directory, file), value);
        }
        return new(made);
    }

    public void Dispose()
    {
        foreach (var directory in _directories)
        {
            try
            {
                // rmdir(2) removes a group with all the files the kernel shows in it.
                Directory.Delete(directory);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A process that is not yet buried keeps its group; an empty group costs nothing.
            }
        }
    }

    private static IEnumerable<(string File, string Value)> Settings(ControlGroupVersion version, SandboxLimits limits) => version switch
    {
        ControlGroupVersion.Pids => [("pids.max", $"{limits.ProcessesMax}")],
        ControlGroupVersion.Memory => [("memory.limit_in_bytes", $"{limits.MemoryBytesMax}"), ("memory.memsw.limit_in_bytes", $"{limits.MemoryBytesMax}")],
        _ => [("pids.max", $"{limits.ProcessesMax}"), ("memory.max", $"{limits.MemoryBytesMax}"), ("memory.swap.max", "0"), ("memory.oom.group", "1")],
    };

    private static long OutOfMemoryKills(string directory)
    {
        foreach (var file in (string[])["memory.events", "memory.oom_control"])
        {
            var path = Path.Combine(directory, file);
            if (!File.Exists(path)) continue;
            var line = File.ReadLines(path).FirstOrDefault(static l => l.StartsWith("oom_kill ", StringComparison.Ordinal));
            if (line is not null && long.TryParse(line.AsSpan("oom_kill ".Length), out var kills)) return kills;
        }
        return 0;
    }
}

/// <summary>Which hierarchy a control group belongs to.</summary>
internal enum ControlGroupVersion
{
    /// <summary>The one hierarchy of version 2.</summary>
    Unified,

    /// <summary>The hierarchy of version 1 that counts processes.</summary>
    Pids,

    /// <summary>The hierarchy of version 1 that counts memory.</summary>
    Memory,
}

/// <summary>Where the server may make control groups.</summary>
internal sealed record ControlGroupParents(IReadOnlyList<(string Directory, ControlGroupVersion Version)> Directories)
{
    /// <summary>Null where the server may make none.</summary>
    public static ControlGroupParents? Find(SandboxHostOptions host)
    {
        if (host.ControlGroup is { } given) return IsUsable(given) ? new([(given, ControlGroupVersion.Unified)]) : null;
        if (!File.Exists("/proc/self/cgroup")) return null;
        var own = File.ReadAllLines("/proc/self/cgroup").Select(static l => l.Split(':', 3)).Where(static p => p.Length == 3).ToList();
        if (own.FirstOrDefault(static p => p[0] == "0") is { } unified && IsUsable(At(host.ControlGroupMount, unified[2]))) return new([(At(host.ControlGroupMount, unified[2]), ControlGroupVersion.Unified)]);
        List<(string, ControlGroupVersion)> split = [];
        foreach (var (controller, version) in ((string, ControlGroupVersion)[])[("pids", ControlGroupVersion.Pids), ("memory", ControlGroupVersion.Memory)])
            if (own.FirstOrDefault(p => p[1].Split(',').Contains(controller)) is { } part && CanMakeGroup(At(Path.Combine(host.ControlGroupMount, controller), part[2])) is { } parent) split.Add((parent, version));
        return split.Count == 2 ? new(split) : null;
    }

    private static string At(string mount, string path) => Path.TrimEndingDirectorySeparator(mount + path);

    private static bool IsUsable(string directory)
    {
        var enabled = Path.Combine(directory, "cgroup.subtree_control");
        if (!File.Exists(enabled)) return false;
        var controllers = File.ReadAllText(enabled).Split(' ', StringSplitOptions.TrimEntries);
        return controllers.Contains("pids") && controllers.Contains("memory") && CanMakeGroup(directory) is not null;
    }

    private static string? CanMakeGroup(string directory)
    {
        var trial = Path.Combine(directory, $"reverie-{Guid.NewGuid():N}");
        try
        {
            if (!Directory.Exists(directory)) return null;
            Directory.CreateDirectory(trial);
            Directory.Delete(trial);
            return directory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
