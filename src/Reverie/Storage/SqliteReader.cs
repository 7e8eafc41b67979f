using Microsoft.Data.Sqlite;

namespace Reverie.Storage;

/// <summary>One connection that reads, for one reading at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteSession _session;
    private readonly SqliteStatement _begin, _end;

    /// <param name="connection">Disposed with the reader.</param>
    public SqliteReader(SqliteConnection connection)
    {
        _session = new SqliteSession(connection);
        _begin = new SqliteStatement(connection, "BEGIN");
        _end = new SqliteStatement(connection, "COMMIT");
    }

    /// <summary>Once it has thrown, the reader is of no more use.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<DbSession, ValueTask<T>> work)
    {
        // Without a transaction each statement would see a state of its own.
        _begin.Run();
        var result = await work(_session);
        _end.Run();
        return result;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _session.Dispose();
    }
}
