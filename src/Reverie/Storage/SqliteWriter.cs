using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Reverie.Storage;

/// <summary>The one thread that writes a file. Whatever waits is committed in one transaction.</summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>For tests: does each write, undoes it and does it again, as happens to it when another one of its batch fails.</summary>
    internal static bool RunsTwice { get; set; }

    private readonly Channel<SqliteWrite> _queue = Channel.CreateBounded<SqliteWrite>(new BoundedChannelOptions(SqliteDatabase.QueueMax) { SingleReader = true });
    private readonly SqliteSession _session;
    private readonly SqliteStatement _begin, _mark, _undo, _keep, _commit, _rollBack;
    private readonly WakeUps _wakeUps;
    private readonly Thread _thread;

    /// <param name="connection">Disposed with the writer.</param>
    /// <param name="wakeUps">Woken after each commit.</param>
    /// <param name="name">Of the thread.</param>
    public SqliteWriter(SqliteConnection connection, WakeUps wakeUps, string name)
    {
        _session = new SqliteSession(connection);
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _mark = new SqliteStatement(connection, "SAVEPOINT write");
        _undo = new SqliteStatement(connection, "ROLLBACK TO write");
        _keep = new SqliteStatement(connection, "RELEASE write");
        _commit = new SqliteStatement(connection, "COMMIT");
        _rollBack = new SqliteStatement(connection, "ROLLBACK");
        _wakeUps = wakeUps;
        _thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <exception cref="DatabaseException">It is closing, or the commit failed.</exception>
    public async Task<T> WriteAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken)
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

    /// <summary>Takes no more writes and returns when those that wait are done. Closing twice is closing once.</summary>
    public void Dispose()
    {
        if (!_queue.Writer.TryComplete()) return;
        _thread.Join();
        foreach (var statement in new[] { _begin, _mark, _undo, _keep, _commit, _rollBack }) statement.Dispose();
        _session.Dispose();
    }

    private void WriteUntilClosed()
    {
        var batch = new List<SqliteWrite>(SqliteDatabase.BatchMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < SqliteDatabase.BatchMax && _queue.Reader.TryRead(out var write))
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
            _begin.Run();
            if (RunsTwice) Rehearse(batch);
            var failed = batch.FindIndex(w => !w.Run(_session));
            if (failed >= 0)
            {
                _rollBack.Run();
                _begin.Run();
                for (var i = 0; i < batch.Count; i++)
                {
                    if (i != failed) RunAlone(batch[i]);
                }
            }
            _commit.Run();
        }
#pragma warning disable CA1031 // The writer thread outlives every failure: those who wait are told, the next batch begins anew.
        catch (Exception error)
#pragma warning restore CA1031
        {
            try
            {
                _rollBack.Run();
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
            _wakeUps.Wake(write.Topics);
            write.Tell();
        }
    }

    private void Rehearse(List<SqliteWrite> batch)
    {
        foreach (var write in batch)
        {
            _mark.Run();
            write.Run(_session);
            _undo.Run();
            _keep.Run();
        }
    }

    /// <summary>So that what it does can be undone without the others. Each page is copied before it is changed, so this is kept for batches in which a write failed.</summary>
    private void RunAlone(SqliteWrite write)
    {
        _mark.Run();
        if (!write.Run(_session)) _undo.Run();
        _keep.Run();
    }
}
