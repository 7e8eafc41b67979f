namespace Reverie.Files;

/// <summary>A file that is about to appear, or to replace an older one.</summary>
public static class OutputFile
{
    /// <summary>Why nothing may be put at <paramref name="path"/>; null when it is free or holds a regular file.</summary>
    public static string? Problem(string path) => FilePlaces.EntryKindOf(path) switch
    {
        FileKind.Missing or FileKind.Regular => null,
        FileKind.Directory => "is a directory; name a file",
        FileKind.Link => "is a symbolic link, which would be replaced; name the file it leads to",
        FileKind.Pipe => "is a pipe, which would be replaced; name a regular file",
        FileKind.Socket => "is a socket, which would be replaced; name a regular file",
        _ => "is a device, which would be replaced; name a regular file",
    };

    /// <summary>Renames <paramref name="staged"/> to <paramref name="target"/>; a file that stood there passes on its mode.</summary>
    public static void Replace(string staged, string target)
    {
        KeepMode(target, staged);
        File.Move(staged, target, overwrite: true);
    }

    /// <summary>Gives <paramref name="to"/> the mode of <paramref name="from"/>, where that exists.</summary>
    public static void KeepMode(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && Path.Exists(from)) File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }
}
