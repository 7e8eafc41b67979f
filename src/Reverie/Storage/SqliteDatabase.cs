using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Reverie.Storage.Migrations;

namespace Reverie.Storage;

/// <summary>
/// The embedded database: one file in WAL mode, one writer thread that commits whatever waits in one transaction, and
/// readers beside it. A write is answered after its commit reached the disk (<c>synchronous=FULL</c>).
/// </summary>
public sealed class SqliteDatabase : Database
{
    /// <summary>Writes committed together at most.</summary>
    public const int BatchMax = 256;

    /// <summary>Writes that may wait; those that come then wait to be let in.</summary>
    public const int QueueMax = 4096;

    private readonly string _connectionString;
    private readonly Channel<SqliteWrite> _queue = Channel.CreateBounded<SqliteWrite>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly ConcurrentBag<DbSession> _readers = [];
    private readonly DbSession _writerSession;
    private readonly Thread _writer;

    private SqliteDatabase(string file)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        _writerSession = Open();
        _writer = new Thread(WriteUntilClosed) { IsBackground = true, Name = "sqlite-writer" };
        _writer.Start();
    }

    /// <summary>Opens the file, making it when it is not there; its directory must exist.</summary>
    /// <exception cref="DatabaseException">It cannot be opened.</exception>
    public static SqliteDatabase Open(string file)
    {
        SqliteLibrary.Require();
        try
        {
            return new SqliteDatabase(file);
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
        var session = _readers.TryTake(out var idle) ? idle : Open();
        var isWell = false;
        try
        {
            // Without a transaction each statement would see a state of its own.
            await session.ExecuteAsync("BEGIN");
            var result = await work(session);
            await session.ExecuteAsync("COMMIT");
            isWell = true;
            return result;
        }
        finally
        {
            if (isWell) _readers.Add(session);
            else session.Dispose();
        }
    }

    /// <inheritdoc />
    public override async Task<T> WriteAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var write = new SqliteWrite<T>(work, cancellationToken);
        try
        {
            if (!_queue.Writer.TryWrite(write)) await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException error)
        {
            throw new DatabaseException("the database is closing", error);
        }
        return await write.Done;
    }

    /// <inheritdoc />
    public override Task MigrateAsync(CancellationToken cancellationToken) => MigrateAsync(int.MaxValue, cancellationToken);

    internal Task MigrateAsync(int upTo, CancellationToken cancellationToken) => WriteAsync(db => Migrator.MigrateAsync(db, upTo), cancellationToken);

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete()) return ValueTask.CompletedTask;
        _writer.Join();
        _writerSession.Dispose();
        while (_readers.TryTake(out var reader)) reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private DbSession Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        var session = new DbSession(connection, Dialect.Sqlite, keepsCommands: true);
        // The page size holds for a new file only. Without busy_timeout the driver looks again every 150 ms.
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA busy_timeout = 10000; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;";
        pragmas.ExecuteNonQuery();
        return session;
    }

    private void WriteUntilClosed()
    {
        var batch = new List<SqliteWrite>(BatchMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var write))
            {
                if (write.MayBegin()) batch.Add(write);
            }
            if (batch.Count > 0) Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<SqliteWrite> batch)
    {
        try
        {
            Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
            {
                Execute("SAVEPOINT write");
                if (!write.Run(_writerSession)) Execute("ROLLBACK TO write");
                Execute("RELEASE write");
            }
            Execute("COMMIT");
        }
#pragma warning disable CA1031 // The writer thread outlives every failure: those who wait are told, the next batch begins anew.
        catch (Exception error)
#pragma warning restore CA1031
        {
            try
            {
                Execute("ROLLBACK");
            }
            catch (SqliteException)
            {
                // The failure itself ended the transaction.
            }
            foreach (var write in batch) write.Fail(new DatabaseException($"the write could not be committed: {error.Message}", error));
            return;
        }
        foreach (var write in batch)
        {
            WakeUps.Wake(write.Topics);
            write.Tell();
        }
    }

    private void Execute(string sql) => _writerSession.ExecuteAsync(sql).AsTask().GetAwaiter().GetResult();
}
