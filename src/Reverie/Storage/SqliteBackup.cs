using Microsoft.Data.Sqlite;
using Reverie.Storage.Migrations;

namespace Reverie.Storage;

/// <summary>Copies of the embedded database: one file, whole and checked, made while a server writes.</summary>
public static class SqliteBackup
{
    /// <summary>Copies the database to <paramref name="target"/>, which must not exist; it appears there complete or not at all.</summary>
    /// <exception cref="DatabaseException">It cannot be read, written or is damaged.</exception>
    public static void Create(string source, string target)
    {
        if (!File.Exists(source)) throw new DatabaseException($"there is no database {source}; name the directory the server uses with --data");
        var copy = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            RefuseExisting(target);
            Copy(source, copy);
            Check(copy);
            // Without overwriting: whoever made a file of that name meanwhile keeps it.
            File.Move(copy, target, overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new DatabaseException($"{target} cannot be written: {error.Message}", error);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Makes a copy of a backup at <paramref name="target"/>, once it was found whole and of a version this program knows.</summary>
    /// <exception cref="DatabaseException">It is no backup, or is damaged.</exception>
    public static void Restore(string backup, string target)
    {
        if (!File.Exists(backup)) throw new DatabaseException($"there is no file {backup}");
        try
        {
            Check(backup);
            Copy(backup, target);
            Check(target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new DatabaseException($"{backup} cannot be restored: {error.Message}", error);
        }
    }

    private static void Copy(string source, string target)
    {
        SqliteLibrary.Require();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (new FileStream(target, options))
        {
            // It holds everything; nobody else may read it, from its first byte on.
        }
        using (var from = Open(source, SqliteOpenMode.ReadWrite))
        using (var to = Open(target, SqliteOpenMode.ReadWrite))
        {
            // All pages in one step, so that a writer beside it cannot make it begin again.
            from.BackupDatabase(to);
            // One file alone, without the write-ahead log beside it.
            Execute(to, "PRAGMA journal_mode = DELETE");
        }
        using var written = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static void Check(string file)
    {
        SqliteLibrary.Require();
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        try
        {
            if (Execute(connection, "PRAGMA integrity_check") is not "ok") throw new DatabaseException($"{file} is damaged; use another backup");
            var version = (long)Execute(connection, "SELECT max(number) FROM schema_migrations")!;
            var known = Migration.Of(Dialect.Sqlite)[^1].Number;
            if (version > known) throw new DatabaseException($"{file} has schema version {version}, this program knows {known}: run the newer program");
        }
        catch (SqliteException error)
        {
            throw new DatabaseException($"{file} is not a database of Reverie: {error.Message}", error);
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = mode }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 10000");
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static void RefuseExisting(string target)
    {
        if (Path.Exists(target)) throw new DatabaseException($"{target} is there already; name a new file so that no backup is lost");
    }
}
