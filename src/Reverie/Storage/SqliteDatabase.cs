using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Reverie.Storage.Migrations;

namespace Reverie.Storage;

/// <summary>
/// The embedded database: one file in WAL mode, one writer thread that commits whatever waits in one transaction, and
/// readers beside it. A write is answered after its commit reached the disk (<c>synchronous=FULL</c>). The search index is
/// a second file with a writer of its own.
/// </summary>
public sealed class SqliteDatabase : Database
{
    /// <summary>Writes committed together at most.</summary>
    public const int BatchMax = 256;

    /// <summary>Writes that may wait; those that come then wait to be let in.</summary>
    public const int QueueMax = 4096;

    private readonly string _file;
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private readonly SqliteWriter _writer, _indexWriter;

    private SqliteDatabase(string file)
    {
        _file = file;
        var data = Connect(file);
        // In KiB: the pages that a thousand sessions at work change. The engine's own 2,000 are read again for each write.
        Execute(data, "PRAGMA cache_size = -16000");
        _writer = new SqliteWriter(data, WakeUps, "sqlite-writer");
        var index = Connect(SqliteIndexFile.Beside(file));
        SqliteIndexFile.Prepare(index);
        // What was written last may be lost with the machine; the file stays whole, and the index follows again from there.
        Execute(index, "PRAGMA synchronous = NORMAL");
        // Read only, so that a transaction of the index holds the index alone.
        Execute(index, "ATTACH @file AS data", $"{new Uri(file).AbsoluteUri}?mode=ro");
        _indexWriter = new SqliteWriter(index, WakeUps, "sqlite-index");
    }

    /// <summary>Opens the file, making it when it is not there; its directory must exist.</summary>
    /// <exception cref="DatabaseException">It cannot be opened.</exception>
    public static SqliteDatabase Open(string file)
    {
        SqliteLibrary.Require();
        try
        {
            return new SqliteDatabase(Path.GetFullPath(file));
        }
        catch (SqliteException error)
        {
            throw new DatabaseException($"{file} cannot be opened as a database: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public override async ValueTask<T> ReadAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reader = _readers.TryTake(out var idle) ? idle : OpenReader();
        var isWell = false;
        try
        {
            var result = await reader.ReadAsync(work);
            isWell = true;
            return result;
        }
        finally
        {
            if (isWell) _readers.Add(reader);
            else reader.Dispose();
        }
    }

    /// <inheritdoc />
    public override Task<T> WriteAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken) => _writer.WriteAsync(work, cancellationToken);

    /// <inheritdoc />
    public override Task<T> WriteIndexAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken) => _indexWriter.WriteAsync(work, cancellationToken);

    /// <inheritdoc />
    public override Task MigrateAsync(CancellationToken cancellationToken) => MigrateAsync(int.MaxValue, cancellationToken);

    internal Task MigrateAsync(int upTo, CancellationToken cancellationToken) => WriteAsync(db => Migrator.MigrateAsync(db, upTo), cancellationToken);

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        _indexWriter.Dispose();
        _writer.Dispose();
        while (_readers.TryTake(out var reader)) reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private SqliteReader OpenReader()
    {
        var connection = Connect(_file);
        Execute(connection, "ATTACH @file AS search", SqliteIndexFile.Beside(_file));
        return new SqliteReader(connection);
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        // What is deleted is overwritten, not only forgotten.
        // The page size holds for a new file only. Without busy_timeout the driver looks again every 150 ms.
        Execute(connection, "PRAGMA busy_timeout = 10000; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000;");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql, string? file = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (file is not null) command.Parameters.AddWithValue("@file", file);
        command.ExecuteNonQuery();
    }
}
