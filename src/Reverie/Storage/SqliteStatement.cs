using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Reverie.Storage;

/// <summary>A statement compiled once and run many times; while it runs, the row it is at.</summary>
internal sealed class SqliteStatement : DbRow, IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;

    /// <param name="connection">Open.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="names">Its parameters, in the order in which their values come.</param>
    /// <exception cref="SqliteException">The statement is not understood.</exception>
    public SqliteStatement(SqliteConnection connection, string sql, params IEnumerable<string> names)
    {
        _connection = connection.Handle!;
        Require(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
        _places = [.. names.Select(n => raw.sqlite3_bind_parameter_index(_statement, n))];
    }

    /// <returns>How many rows it touched.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            Bind(values);
            while (Step())
            {
                // Its rows are not asked for.
            }
            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>Every row.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public List<T> Query<T>(Func<DbRow, T> read, ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            Bind(values);
            var rows = new List<T>();
            while (Step()) rows.Add(read(this));
            return rows;
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>The first row; the default when there is none.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public T? First<T>(Func<DbRow, T> read, ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            Bind(values);
            return Step() ? read(this) : default;
        }
        finally
        {
            Forget();
        }
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override string GetString(int column) => raw.sqlite3_column_text(Held(column), column).utf8_to_string();

    public override long GetInt64(int column) => raw.sqlite3_column_int64(Held(column), column);

    public override double GetDouble(int column) => raw.sqlite3_column_double(Held(column), column);

    public override byte[] GetBytes(int column) => raw.sqlite3_column_blob(Held(column), column).ToArray();

    public void Dispose() => _statement.Dispose();

    /// <summary>The statement, where this column of its row is not null.</summary>
    private sqlite3_stmt Held(int column) => IsNull(column) ? throw new InvalidCastException($"column {column} is null") : _statement;

    /// <summary>False at the end.</summary>
    private bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) Require(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Ready for its next run; the values of the last one are let go.</summary>
    private void Forget()
    {
        raw.sqlite3_reset(_statement);
        raw.sqlite3_clear_bindings(_statement);
    }

    private void Bind(ReadOnlySpan<(string Name, object? Value)> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            // 0 is a value that this statement does not name.
            if (_places[i] > 0) Require(Bind(_places[i], values[i].Value));
        }
    }

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        string text => Bind(place, text),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int(_statement, place, number),
        double number => raw.sqlite3_bind_double(_statement, place, number),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
        _ => throw new ArgumentException($"no column holds a {value.GetType().Name}", nameof(value)),
    };

    private int Bind(int place, string text)
    {
        // No bytes at all would be bound as null.
        if (text.Length == 0) return raw.sqlite3_bind_text(_statement, place, text);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        try
        {
            return raw.sqlite3_bind_text(_statement, place, buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Require(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
