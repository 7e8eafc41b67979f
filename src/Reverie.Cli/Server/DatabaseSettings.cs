using Reverie.Cli.Terminal;
using Reverie.Storage;

namespace Reverie.Cli.Server;

/// <summary>Which database the commands about a server work on.</summary>
internal static class DatabaseSettings
{
    /// <summary>PostgreSQL, from the environment; null for SQLite.</summary>
    public static string? ConnectionString => Environment.GetEnvironmentVariable("REVERIE_DATABASE") is { Length: > 0 } text ? text : null;

    /// <summary>The server's database, brought to the newest schema. A server may run on it meanwhile.</summary>
    public static async Task<Database> OpenAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        Database database;
        if (ConnectionString is { } postgres) database = PostgresDatabase.Open(postgres);
        else
        {
            if (!Directory.Exists(dataDirectory)) throw new BadInputException($"there is no data directory {dataDirectory}; name the one the server uses with --data");
            database = SqliteDatabase.Open(DataDirectory.FileIn(dataDirectory));
        }
        try
        {
            await database.MigrateAsync(cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}
