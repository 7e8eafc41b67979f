using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Reverie.Storage;

/// <summary>A statement without values and rows, compiled once: what begins and ends transactions costs next to nothing.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_connection, sql, out _statement), _connection);
    }

    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        raw.sqlite3_step(_statement);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(_statement), _connection);
    }

    public void Dispose() => _statement.Dispose();
}
