using System.Data;
using System.Data.Common;
using Npgsql;

namespace Reverie.Storage;

/// <summary>A pooled connection for one transaction.</summary>
/// <param name="connection">Open; disposed with the session.</param>
internal sealed class PostgresSession(NpgsqlConnection connection) : DbSession(Dialect.Postgres)
{
    private NpgsqlTransaction? _transaction;

    /// <summary>Begins the transaction in which all is done from here on.</summary>
    public async ValueTask<NpgsqlTransaction> BeginAsync(IsolationLevel isolation, CancellationToken cancellationToken) =>
        _transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);

    /// <inheritdoc />
    public override async ValueTask<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc />
    public override async ValueTask<List<T>> QueryAsync<T>(string sql, Func<DbRow, T> read, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var (rows, row) = (new List<T>(), new Row(reader));
        while (await reader.ReadAsync()) rows.Add(read(row));
        return rows;
    }

    /// <inheritdoc />
    public override async ValueTask<T?> FirstAsync<T>(string sql, Func<DbRow, T> read, params (string Name, object? Value)[] values)
        where T : default
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? read(new Row(reader)) : default;
    }

    /// <inheritdoc />
    public override void Dispose() => connection.Dispose();

    private NpgsqlCommand Command(string sql, (string Name, object? Value)[] values)
    {
#pragma warning disable CA2100 // Statements are constants of the repositories; values only ever go in as parameters.
        var command = new NpgsqlCommand(sql, connection, _transaction);
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private sealed class Row(DbDataReader reader) : DbRow
    {
        public override bool IsNull(int column) => reader.IsDBNull(column);

        public override string GetString(int column) => reader.GetString(column);

        public override long GetInt64(int column) => reader.GetInt64(column);

        public override double GetDouble(int column) => reader.GetDouble(column);

        public override byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);
    }
}
