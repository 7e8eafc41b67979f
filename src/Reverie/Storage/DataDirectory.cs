namespace Reverie.Storage;

/// <summary>The directory where an embedded server keeps everything; one server at a time.</summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>What the system answers for a lock that another process holds (EWOULDBLOCK, ERROR_SHARING_VIOLATION).</summary>
    private const int Held = 11;
    private const int HeldOnWindows = unchecked((int)0x80070020);

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
    public static DataDirectory Claim(string path) =>
        TryClaim(path) ?? throw new DatabaseException($"the data directory {path} cannot be used: another server runs on it");

    /// <summary>Like <see cref="Claim"/>; null when another server holds it.</summary>
    /// <exception cref="DatabaseException">It cannot be made.</exception>
    public static DataDirectory? TryClaim(string path)
    {
        var lockFile = System.IO.Path.Combine(path, "server.lock");
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var file = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataDirectory(path, file);
        }
        catch (IOException error) when (error.GetType() == typeof(IOException) && error.HResult is Held or HeldOnWindows)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"the data directory {path} cannot be used: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();
}
