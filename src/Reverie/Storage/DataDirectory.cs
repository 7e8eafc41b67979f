namespace Reverie.Storage;

/// <summary>The directory where an embedded server keeps everything; one server at a time.</summary>
public sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>The embedded database.</summary>
    public string DatabaseFile => FileIn(Path);

    /// <summary>The key that secrets in the database are encrypted with. A backup of the database does not hold it.</summary>
    public string SecretKeyFile => System.IO.Path.Combine(Path, "secret.key");

    /// <summary>The embedded database of a directory that a server may hold.</summary>
    public static string FileIn(string directory) => System.IO.Path.Combine(directory, "reverie.db");

    /// <summary>Makes the directory, readable by its owner alone, and holds it until disposed.</summary>
    /// <exception cref="DatabaseException">It cannot be made, or another server holds it.</exception>
    public static DataDirectory Claim(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var file = new FileStream(System.IO.Path.Combine(path, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataDirectory(path, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"the data directory {path} cannot be used: {error.Message} (does another server run on it?)", error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();
}
