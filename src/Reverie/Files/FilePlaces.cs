namespace Reverie.Files;

/// <summary>What stands at a path, and which paths mean the same place.</summary>
public static class FilePlaces
{
    /// <summary>What stands at <paramref name="path"/>, behind any links.</summary>
    public static FileKind KindOf(string path) => OperatingSystem.IsLinux()
        ? LinuxStatus.Of(path, followsLinks: true)?.Kind ?? FileKind.Missing
        : ManagedKind(path);

    /// <summary>What stands at <paramref name="path"/> itself, which may be a link.</summary>
    public static FileKind EntryKindOf(string path) => OperatingSystem.IsLinux()
        ? LinuxStatus.Of(path, followsLinks: false)?.Kind ?? FileKind.Missing
        : new FileInfo(path).LinkTarget is not null ? FileKind.Link : ManagedKind(path);

    /// <summary>True when both paths lead to one and the same file or directory, which exists.</summary>
    public static bool AreSame(string first, string second)
    {
        if (!OperatingSystem.IsLinux()) return string.Equals(Path.GetFullPath(first), Path.GetFullPath(second), StringComparison.Ordinal);
        return LinuxStatus.Of(first, followsLinks: true) is { } one && LinuxStatus.Of(second, followsLinks: true) is { } other
            && one.Identity == other.Identity;
    }

    /// <summary>True when <paramref name="path"/> is <paramref name="directory"/> or lies below it. Neither need exist.</summary>
    public static bool IsWithin(string path, string directory)
    {
        var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var holder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (place == holder || place.StartsWith(holder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return true;
        if (!OperatingSystem.IsLinux() || LinuxStatus.Of(holder, followsLinks: true) is not { } wanted) return false;
        // What does not exist yet will be made below the nearest directory that does.
        while (KindOf(place) != FileKind.Directory && Path.GetDirectoryName(place) is { } above) place = above;
        // ".." is the directory a link leads out of, which the text of a path does not tell.
        for (var here = LinuxStatus.Of(place, followsLinks: true); here is not null;)
        {
            if (here.Identity == wanted.Identity) return true;
            place = Path.Combine(place, "..");
            var parent = LinuxStatus.Of(place, followsLinks: true);
            if (parent?.Identity == here.Identity) return false;
            here = parent;
        }
        return false;
    }

    private static FileKind ManagedKind(string path) =>
        Directory.Exists(path) ? FileKind.Directory : File.Exists(path) ? FileKind.Regular : FileKind.Missing;
}
