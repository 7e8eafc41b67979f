using System.Data;
using Npgsql;
using Reverie.Storage.Migrations;

namespace Reverie.Storage;

/// <summary>The database for several nodes: a transaction on a pooled connection for each write, retried when it collides.</summary>
public sealed class PostgresDatabase : Database
{
    private const int AttemptsMax = 5;

    /// <summary>Any number that no one else uses as an advisory lock.</summary>
    private const long MigrationLock = 0x7265766572696531;

    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(NpgsqlDataSource source) => _source = source;

    /// <summary>Connects on first use.</summary>
    /// <exception cref="DatabaseException">The connection string cannot be read.</exception>
    public static PostgresDatabase Open(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 200;
            return new PostgresDatabase(NpgsqlDataSource.Create(settings));
        }
        catch (ArgumentException error)
        {
            // The message may quote the connection string, which holds a password.
            throw new DatabaseException("REVERIE_DATABASE is not a PostgreSQL connection string; it looks like Host=…;Database=…;Username=…;Password=…", error);
        }
    }

    /// <inheritdoc />
    public override async ValueTask<T> ReadAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(cancellationToken);
        await using var transaction = await session.BeginAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await work(session);
    }

    /// <inheritdoc />
    public override async Task<T> WriteAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                using var session = await OpenAsync(cancellationToken);
                await using var transaction = await session.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
                var result = await work(session);
                await session.FinishAsync();
                // From here on the caller's patience no longer decides: the outcome of a commit must be known.
                isCommitting = true;
                await transaction.CommitAsync(CancellationToken.None);
                WakeUps.Wake(session.TakeTopics());
                return result;
            }
            catch (PostgresException error) when (attempt < AttemptsMax && error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
            }
            catch (NpgsqlException error) when (isCommitting)
            {
                throw new DatabaseException($"the write could not be committed: {error.Message}", error);
            }
        }
    }

    /// <inheritdoc />
    public override Task MigrateAsync(CancellationToken cancellationToken) => MigrateAsync(int.MaxValue, cancellationToken);

    internal async Task MigrateAsync(int upTo, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(async db =>
            {
                await db.ExecuteAsync("SELECT pg_advisory_xact_lock(@key)", ("@key", MigrationLock));
                return await Migrator.MigrateAsync(db, upTo);
            }, cancellationToken);
        }
        catch (NpgsqlException error)
        {
            throw new DatabaseException($"the database in REVERIE_DATABASE cannot be used: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private async ValueTask<PostgresSession> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new PostgresSession(await _source.OpenConnectionAsync(cancellationToken));
        }
        catch (Exception error) when (error is NpgsqlException or ObjectDisposedException)
        {
            throw new DatabaseException($"the database in REVERIE_DATABASE cannot be reached: {error.Message}", error);
        }
    }
}
