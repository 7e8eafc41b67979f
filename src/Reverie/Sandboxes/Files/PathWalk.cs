using Microsoft.Win32.SafeHandles;
using Reverie.Files;

namespace Reverie.Sandboxes.Files;

/// <summary>One path followed from mount to file, holding every directory on the way open.</summary>
internal sealed class PathWalk : IDisposable
{
    private const int LinksMax = 40;
    private const int PathBytesMax = 4_096;

    private readonly IReadOnlyDictionary<string, SandboxMount> _mounts;
    private readonly string _asked;
    private readonly bool _makesDirectories;
    private readonly int? _owner;
    private readonly Stack<string> _ahead = new();
    private readonly Stack<Step> _steps = new();
    private int _links;

    public PathWalk(IReadOnlyDictionary<string, SandboxMount> mounts, string path, bool makesDirectories, int? owner)
    {
        (_mounts, _asked, _makesDirectories, _owner) = (mounts, path, makesDirectories, owner);
        if (path.Length > PathBytesMax) throw new SandboxFileException($"the path is longer than {PathBytesMax} characters");
        Push(path.StartsWith('/') ? path : $"{SandboxSpec.WorkingPath}/{path}");
    }

    /// <summary>What the path leads to, links followed; null when the last name is free.</summary>
    public SafeFileHandle? Found { get; private set; }

    /// <summary>The open directory the last name belongs to.</summary>
    public SafeFileHandle Directory => _steps.Peek().Handle!;

    /// <summary>The last name; empty when the path is that of a mount.</summary>
    public string Name { get; private set; } = "";

    public SandboxMount Mount => _steps.Peek().Mount!;

    /// <summary>The path inside, without links.</summary>
    public string Path { get; private set; } = "";

    public void Run()
    {
        while (_ahead.TryPop(out var name))
        {
            if (name is "." or "") continue;
            if (name == "..") Ascend();
            else Descend(name);
        }
        if (Found is not null || Name.Length > 0) return;
        if (_steps.Count == 0 || _steps.Peek().Handle is null) throw Outside();
        Found = LinuxCalls.Find(Directory, ".");
        Path = PathTo(null);
    }

    public void Dispose()
    {
        Found?.Dispose();
        foreach (var step in _steps) step.Handle?.Dispose();
    }

    private void Push(string path)
    {
        foreach (var name in path.Split('/').Reverse()) _ahead.Push(name);
    }

    private void Ascend()
    {
        if (_steps.TryPop(out var left)) left.Handle?.Dispose();
    }

    private void Descend(string name)
    {
        var path = PathTo(name);
        if (_mounts.TryGetValue(path, out var mount))
        {
            _steps.Push(new(name, LinuxCalls.OpenRoot(mount.HostPath), mount));
            return;
        }
        if (_steps.Count == 0 || _steps.Peek().Handle is not { } here)
        {
            // Above the mounts there are only the directories that lead to them.
            if (!_mounts.Keys.Any(m => m.StartsWith(path + '/', StringComparison.Ordinal))) throw Outside();
            _steps.Push(new(name, null, null));
            return;
        }
        var isLast = _ahead.All(static n => n is "" or ".");
        var found = LinuxCalls.Find(here, name);
        if (found is null && !isLast && _makesDirectories) found = Make(here, name);
        if (found is null && !isLast) throw new SandboxFileException($"{_asked}: no such file or directory");
        var kind = found is null ? FileKind.Missing : LinuxCalls.Status(found).Kind;
        switch (kind)
        {
            case FileKind.Link:
                Follow(found!);
                return;
            case FileKind.Directory:
                _steps.Push(new(name, found, _steps.Peek().Mount));
                return;
            default:
                if (!isLast)
                {
                    found?.Dispose();
                    throw new SandboxFileException($"{_asked}: not a directory");
                }
                (Found, Name, Path) = (found, name, path);
                _ahead.Clear();
                return;
        }
    }

    private SafeFileHandle Make(SafeFileHandle here, string name)
    {
        if (Mount.IsReadOnly) throw SandboxFiles.IsReadOnly(_asked, Mount);
        LinuxCalls.MakeDirectory(here, name);
        if (_owner is { } owner) LinuxCalls.ChangeOwner(here, name, owner);
        return LinuxCalls.Find(here, name) ?? throw new SandboxFileException($"{_asked}: no such file or directory");
    }

    private void Follow(SafeFileHandle link)
    {
        using var read = link;
        if (++_links > LinksMax) throw new SandboxFileException($"{_asked}: too many levels of symbolic links");
        var target = LinuxCalls.ReadLink(read);
        if (target.StartsWith('/')) while (_steps.Count > 0) Ascend();
        Push(target);
    }

    private string PathTo(string? name) => '/' + string.Join('/', _steps.Reverse().Select(static s => s.Name).Concat(name is null ? [] : [name]));

    private SandboxFileException Outside() => new($"{_asked} is outside the working directory {SandboxSpec.WorkingPath} and the mounted directories");

    private sealed record Step(string Name, SafeFileHandle? Handle, SandboxMount? Mount);
}
