using Reverie.Storage;

namespace Reverie.Server.Tests.Hosting;

/// <summary>Gives tests empty databases of one kind.</summary>
public abstract class DatabaseSource
{
    /// <summary>A new, empty database; each call of the result opens it once more.</summary>
    public abstract Task<Func<Database>> NewAsync();
}

/// <inheritdoc />
public sealed class SqliteSource : DatabaseSource, IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reverie-database-test-");
    private int _files;

    public override Task<Func<Database>> NewAsync()
    {
        var file = Path.Combine(_root.FullName, $"{Interlocked.Increment(ref _files)}.db");
        return Task.FromResult<Func<Database>>(() => SqliteDatabase.Open(file));
    }

    public void Dispose() => _root.Delete(recursive: true);
}

/// <inheritdoc />
public sealed class PostgresSource(PostgresCluster cluster) : DatabaseSource
{
    public override async Task<Func<Database>> NewAsync()
    {
        var postgres = await cluster.CreateDatabaseAsync();
        Assert.SkipWhen(postgres is null, PostgresServer.NotHere);
        return () => PostgresDatabase.Open(postgres!);
    }
}
