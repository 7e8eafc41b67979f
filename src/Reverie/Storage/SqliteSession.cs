using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Reverie.Storage;

/// <summary>
/// A connection to a file. It lives long, so each statement stays compiled for its next use, and is run without the
/// driver's commands, which take longer to bind a statement's values than the engine takes to run it.
/// </summary>
/// <param name="connection">Open; disposed with the session.</param>
internal sealed class SqliteSession(SqliteConnection connection) : DbSession(Dialect.Sqlite)
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override ValueTask<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        if (values.Length > 0) return new(Statement(sql, values).Run(values));
        // Steps of the schema are several statements in one text.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);
        return new(raw.sqlite3_changes(connection.Handle));
    }

    /// <inheritdoc />
    public override ValueTask<List<T>> QueryAsync<T>(string sql, Func<DbRow, T> read, params (string Name, object? Value)[] values) => new(Statement(sql, values).Query(read, values));

    /// <inheritdoc />
    public override ValueTask<T?> FirstAsync<T>(string sql, Func<DbRow, T> read, params (string Name, object? Value)[] values)
        where T : default => new(Statement(sql, values).First(read, values));

    /// <inheritdoc />
    public override void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        connection.Dispose();
    }

    private SqliteStatement Statement(string sql, (string Name, object? Value)[] values)
    {
        if (_statements.TryGetValue(sql, out var statement)) return statement;
        return _statements[sql] = new SqliteStatement(connection, sql, values.Select(static v => v.Name));
    }
}
