using System.Data.Common;

namespace Reverie.Storage;

/// <summary>One connection at work. Not for two threads at once; valid only inside the work it was given to.</summary>
public sealed class DbSession : IDisposable
{
    private readonly DbConnection _connection;
    private readonly Dictionary<string, DbCommand>? _prepared;
    private readonly HashSet<object> _topics = [];
    private readonly Queue<Func<DbSession, ValueTask>> _last = [];

    /// <param name="connection">Open; disposed with the session.</param>
    /// <param name="dialect">Its spelling.</param>
    /// <param name="keepsCommands">Keep each command compiled for the next use: for a connection that lives long.</param>
    internal DbSession(DbConnection connection, Dialect dialect, bool keepsCommands)
    {
        _connection = connection;
        Dialect = dialect;
        _prepared = keepsCommands ? new(StringComparer.Ordinal) : null;
    }

    public Dialect Dialect { get; }

    internal DbTransaction? Transaction { get; set; }

    /// <summary>Once this transaction is committed, wakes whoever waits for <paramref name="topic"/> (<see cref="WakeUps"/>).</summary>
    public void Wake(object topic) => _topics.Add(topic);

    /// <summary>Runs <paramref name="work"/> in this transaction, after all else it does: for rows that many want, so that none is held longer than it must be.</summary>
    public void DoLast(Func<DbSession, ValueTask> work) => _last.Enqueue(work);

    /// <summary>What was left for last, in the order it was asked for.</summary>
    internal async ValueTask FinishAsync()
    {
        while (_last.TryDequeue(out var work)) await work(this);
    }

    /// <summary>Drops what was named and what was left for last: the work is undone.</summary>
    internal void Forget()
    {
        _topics.Clear();
        _last.Clear();
    }

    /// <summary>What was named since the last call.</summary>
    internal IReadOnlyCollection<object> TakeTopics()
    {
        if (_topics.Count == 0) return [];
        object[] topics = [.. _topics];
        _topics.Clear();
        return topics;
    }

    /// <summary>Runs a statement and returns how many rows it touched.</summary>
    public async ValueTask<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        var command = Command(sql, values);
        try
        {
            return await command.ExecuteNonQueryAsync();
        }
        finally
        {
            Release(command);
        }
    }

    /// <summary>Every row, in the statement's order.</summary>
    public async ValueTask<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values)
    {
        var command = Command(sql, values);
        try
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows.Add(read(reader));
            return rows;
        }
        finally
        {
            Release(command);
        }
    }

    /// <summary>The first row; the default of <typeparamref name="T"/> when there is none.</summary>
    public async ValueTask<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values)
    {
        var command = Command(sql, values);
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync() ? read(reader) : default;
        }
        finally
        {
            Release(command);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_prepared is not null)
        {
            foreach (var command in _prepared.Values) command.Dispose();
        }
        _connection.Dispose();
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        // Taken out while in use, so that a statement may run inside the reading of its own rows.
        if (_prepared is null || !_prepared.Remove(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of the repositories; values only ever go in as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }
        }
        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }

    private void Release(DbCommand command)
    {
        if (_prepared is null || !_prepared.TryAdd(command.CommandText, command)) command.Dispose();
    }
}
