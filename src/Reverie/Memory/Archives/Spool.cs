namespace Reverie.Memory.Archives;

/// <summary>A temporary file for what does not fit in memory; gone when closed, however the process ends, and readable by its owner alone.</summary>
public static class Spool
{
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"reverie-{Guid.NewGuid():N}.tmp"), options);
        // Only Windows deletes it for a process that is killed. Elsewhere an open file needs no name.
        if (!OperatingSystem.IsWindows()) File.Delete(file.Name);
        return file;
    }
}
