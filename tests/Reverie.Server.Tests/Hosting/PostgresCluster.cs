using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Reverie.Server.Tests.Hosting.PostgresCluster))]

namespace Reverie.Server.Tests.Hosting;

/// <summary>One throw-away PostgreSQL for all tests, started when the first of them asks; a database of its own for each who does.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly Lazy<Task<string?>> _started;
    private Process? _process;
    private int _databases;

    public PostgresCluster() => _started = new(StartAsync);

    /// <summary>The connection string of a new, empty database; null where PostgreSQL is not installed.</summary>
    public async Task<string?> CreateDatabaseAsync()
    {
        if (await _started.Value is not { } cluster) return null;
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(cluster);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made here.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        // Commits survive the death of a server process without waiting for the disk, and few connections serve many databases.
        return new NpgsqlConnectionStringBuilder(cluster) { Database = name, MaxPoolSize = 12 }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        NpgsqlConnection.ClearAllPools();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string?> StartAsync()
    {
        if (OperatingSystem.IsWindows()) return null;
        _process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "postgres"))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return await _process.StandardOutput.ReadLineAsync();
    }
}
