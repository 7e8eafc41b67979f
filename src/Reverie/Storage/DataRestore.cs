namespace Reverie.Storage;

/// <summary>Makes a data directory of a backup.</summary>
public static class DataRestore
{
    /// <param name="backup">What <see cref="SqliteBackup.Create"/> made.</param>
    /// <param name="directory">New or empty; with <paramref name="movesOld"/> what is there is moved aside.</param>
    /// <param name="movesOld">Whether something may be there.</param>
    /// <param name="clock">Dates the name of what is moved.</param>
    /// <returns>Where the old directory lies now; null when there was nothing.</returns>
    /// <exception cref="DatabaseException">The backup or the directory cannot be used. The directory is as it was.</exception>
    public static string? Run(string backup, string directory, bool movesOld, TimeProvider clock)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var isThere = Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any();
        if (File.Exists(target)) throw new DatabaseException($"{directory} is a file; name a directory");
        if (isThere && !movesOld) throw new DatabaseException($"{directory} is not empty; name a new directory, or move what is there aside with --force");
        // Held until the end: a server cannot start on what is being moved.
        using var old = isThere ? DataDirectory.Claim(target) : null;
        var staging = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var made = DataDirectory.Claim(staging)) SqliteBackup.Restore(backup, made.DatabaseFile);
            var aside = isThere ? $"{target}.replaced-{clock.GetUtcNow():yyyyMMdd-HHmmss}" : null;
            if (aside is not null) Directory.Move(target, aside);
            else if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(staging, target);
            return aside;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"{directory} cannot be written: {error.Message}", error);
        }
        finally
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
    }
}
