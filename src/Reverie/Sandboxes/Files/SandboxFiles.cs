using Reverie.Files;

namespace Reverie.Sandboxes.Files;

/// <summary>
/// The working directory and the mounts of a sandbox by the paths they have inside, from the outside. Links are followed as they would be inside, one step at a time
/// from one open directory to the next, so that nothing an agent swaps meanwhile leads anywhere else.
/// </summary>
public sealed class SandboxFiles
{
    private readonly IReadOnlyDictionary<string, SandboxMount> _mounts;
    private readonly int? _owner;

    /// <param name="spec">The mounts.</param>
    /// <param name="owner">The account new files are given to; null for the server's own.</param>
    public SandboxFiles(SandboxSpec spec, int? owner)
    {
        _mounts = spec.Mounts.Prepend(new(spec.WorkingDirectory, SandboxSpec.WorkingPath, IsReadOnly: false)).ToDictionary(static m => m.Path, StringComparer.Ordinal);
        _owner = owner;
    }

    /// <summary>Reads a regular file.</summary>
    /// <param name="path">Its path inside; a relative one starts at the working directory.</param>
    /// <param name="read">Given the file, its length and its path without links.</param>
    /// <exception cref="SandboxFileException">It is missing, outside, or no regular file.</exception>
    public T Read<T>(string path, Func<FileStream, string, T> read)
    {
        using var place = Walk(path, makesDirectories: false);
        if (place.Found is null) throw new SandboxFileException($"{path}: no such file or directory");
        if (LinuxCalls.Status(place.Found).Kind != FileKind.Regular) throw new SandboxFileException($"{path} is not a regular file");
        using var stream = LinuxCalls.Read(place.Found);
        return read(stream, place.Path);
    }

    /// <summary>Puts a file in place of what was there, whole or not at all, and makes the directories above it.</summary>
    /// <exception cref="SandboxFileException">The place is outside, read-only, or holds something that is no regular file.</exception>
    public void Write(string path, byte[] content)
    {
        using var place = Walk(path, makesDirectories: true);
        if (place.Mount.IsReadOnly) throw IsReadOnly(path, place.Mount);
        var before = place.Found is null ? null : LinuxCalls.Status(place.Found);
        if (before is { Kind: not FileKind.Regular } || place.Name.Length == 0) throw new SandboxFileException($"{path} is not a regular file");
        var staged = $".{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = LinuxCalls.CreateFile(place.Directory, staged))
            {
                stream.Write(content);
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(stream.SafeFileHandle, before?.Mode ?? (UnixFileMode)Convert.ToInt32("644", 8));
            }
            if ((before?.Owner ?? _owner) is { } owner && _owner is not null) LinuxCalls.ChangeOwner(place.Directory, staged, owner);
            LinuxCalls.Rename(place.Directory, staged, place.Name);
        }
        catch
        {
            LinuxCalls.Unlink(place.Directory, staged);
            throw;
        }
    }

    /// <summary>Moves a directory of this machine, on the disk of the mount, to a free place and makes the directories above it. False when something is there.</summary>
    /// <exception cref="SandboxFileException">The place is outside or read-only.</exception>
    internal bool TryTakeIn(string directory, string path)
    {
        using var place = Walk(path, makesDirectories: true);
        if (place.Mount.IsReadOnly) throw IsReadOnly(path, place.Mount);
        if (place.Found is not null) return false;
        if (_owner is { } owner) SafeTree.ChangeOwner(directory, owner);
        using var above = LinuxCalls.OpenRoot(Path.GetDirectoryName(directory)!);
        LinuxCalls.Move(above, Path.GetFileName(directory), place.Directory, place.Name);
        return true;
    }

    /// <summary>Takes a file away; nothing happens when there is none.</summary>
    /// <exception cref="SandboxFileException">The place is outside or read-only.</exception>
    public void Delete(string path)
    {
        using var place = Walk(path, makesDirectories: false);
        if (place.Mount.IsReadOnly) throw IsReadOnly(path, place.Mount);
        if (place.Found is not null) LinuxCalls.Unlink(place.Directory, place.Name);
    }

    /// <summary>The path a file or directory has without links.</summary>
    /// <exception cref="SandboxFileException">It is missing or outside.</exception>
    public string Locate(string path)
    {
        using var place = Walk(path, makesDirectories: false);
        return place.Found is null ? throw new SandboxFileException($"{path}: no such file or directory") : place.Path;
    }

    /// <summary>What lies below a directory; see <see cref="SafeTree.Walk"/>. Links that lead to a file of the sandbox are listed with the time of that file.</summary>
    /// <exception cref="SandboxFileException">The directory is missing, outside, or none.</exception>
    public IEnumerable<TreeFile> Walk(string path, TreeLimits limits, Func<string, bool> skips)
    {
        using var place = Walk(path, makesDirectories: false);
        if (place.Found is null) throw new SandboxFileException($"{path}: no such file or directory");
        if (LinuxCalls.Status(place.Found).Kind != FileKind.Directory) throw new SandboxFileException($"{path} is not a directory");
        foreach (var file in SafeTree.Walk(place.Found, limits, skips)) yield return file with { Path = $"{place.Path}/{file.Path}" };
    }

    /// <summary>When the file behind a link last changed; null where that is none of the sandbox.</summary>
    public DateTimeOffset? ModifiedAt(string path)
    {
        try
        {
            using var place = Walk(path, makesDirectories: false);
            return place.Found is not null && LinuxCalls.Status(place.Found) is { Kind: FileKind.Regular } status ? status.ModifiedAt : null;
        }
        catch (SandboxFileException)
        {
            return null;
        }
    }

    /// <summary>Where a path without links lies on this machine.</summary>
    internal string HostPath(string path)
    {
        var mount = _mounts.Values.First(m => path == m.Path || path.StartsWith(m.Path + '/', StringComparison.Ordinal));
        return mount.HostPath + path[mount.Path.Length..];
    }

    private PathWalk Walk(string path, bool makesDirectories)
    {
        var walk = new PathWalk(_mounts, path, makesDirectories, _owner);
        try
        {
            walk.Run();
            return walk;
        }
        catch
        {
            walk.Dispose();
            throw;
        }
    }

    internal static SandboxFileException IsReadOnly(string path, SandboxMount mount) => new($"{path} is inside read-only directory {mount.Path}");
}
