using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Inference;
using Reverie.Keys;
using Reverie.Sandboxes;
using Reverie.Secrets;
using Reverie.Server.Http;
using Reverie.Sessions.Judging;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server;

/// <summary>The HTTP server: opens the database, makes sure there is a key, and listens.</summary>
public sealed class ReverieServer : IAsyncDisposable
{
    /// <summary>How long requests under way may still take when the server is told to stop.</summary>
    public static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(25);

    /// <summary>Bytes of a body that are taken in, if only to be refused with an answer: past this the connection is cut.</summary>
    private const int SentBytesMax = 32 * 1024 * 1024;

    private readonly ILoggerFactory _logs;
    private readonly WebApplication _app;
    private readonly DataDirectory _data;
    private readonly Database _database;

    private ReverieServer(ILoggerFactory logs, WebApplication app, DataDirectory data, Database database, string? newSecret, OperatorAccess access)
    {
        _logs = logs;
        _app = app;
        _data = data;
        _database = database;
        NewSecret = newSecret;
        Access = access;
    }

    /// <summary>How a command on the same data directory reaches it.</summary>
    public OperatorAccess Access { get; }

    /// <summary>The key this start made, to be shown once; null when there was one.</summary>
    public string? NewSecret { get; }

    /// <summary>Where it listens, ports resolved.</summary>
    public IReadOnlyCollection<string> Urls => [.. _app.Urls];

    /// <summary>Every route it answers, for tests that must miss none.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes => [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(static d => d.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>Starts listening; returns once requests are answered.</summary>
    /// <exception cref="DatabaseException">The database or its directory cannot be used.</exception>
    /// <exception cref="ModelsFileException">The models file cannot be used.</exception>
    /// <exception cref="JudgeModelException">The judge's model cannot judge.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public static Task<ReverieServer> StartAsync(ServerOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        StartAsync(options, DataDirectory.Claim(options.DataDirectory), clock, cancellationToken);

    /// <summary>The same on a directory that is held already; the server gives it back, also when it does not start.</summary>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    /// <exception cref="ModelsFileException">The models file cannot be used.</exception>
    /// <exception cref="JudgeModelException">The judge's model cannot judge.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public static async Task<ReverieServer> StartAsync(ServerOptions options, DataDirectory data, TimeProvider clock, CancellationToken cancellationToken)
    {
        var logs = LoggerFactory.Create(static logging =>
        {
            logging.AddSimpleConsole(static o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
            logging.Services.Configure<ConsoleLoggerOptions>(static o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        });
        Database? database = null;
        WebApplication? app = null;
        try
        {
            // What a server left that was killed.
            OperatorAccess.Remove(data.Path);
            database = options.Postgres is { } postgres ? PostgresDatabase.Open(postgres) : SqliteDatabase.Open(data.DatabaseFile);
            await database.MigrateAsync(cancellationToken);
            var sandboxes = Path.Combine(data.Path, "sandboxes");
            var host = await SandboxHost.ProbeAsync(new SandboxHostOptions { Directory = sandboxes, IsUnsafe = options.IsSandboxUnsafe, Packages = options.Packages }, clock, logs.CreateLogger<SandboxHost>(), cancellationToken);
            app = Build(options, database, host, Secrets(options, data), data, clock, logs);
            // Alone on the embedded database: whatever was claimed, its process is gone.
            if (options.Postgres is null)
            {
                await database.WriteAsync(app.Services.GetRequiredService<DreamRepository>().ReleaseAllAsync, cancellationToken);
                await database.WriteAsync(TurnLog.ReleaseAllAsync, cancellationToken);
            }
            var secret = options.IsEmbedded ? null : await EnsureKeyAsync(options, database, app.Services.GetRequiredService<ApiKeyRepository>(), app.Services.GetRequiredService<AuditLog>(), cancellationToken);
            await app.StartAsync(cancellationToken);
            var access = OperatorAccess.Of([.. app.Urls], app.Services.GetRequiredService<OperatorKey>().Secret);
            access.Leave(data.Path);
            return new ReverieServer(logs, app, data, database, secret, access);
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            if (database is not null) await database.DisposeAsync();
            data.Dispose();
            logs.Dispose();
            throw;
        }
    }

    /// <summary>Returns when the process is told to stop and every request under way has ended or <see cref="DrainFor"/> is over.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        OperatorAccess.Remove(_data.Path);
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _data.Dispose();
        _logs.Dispose();
    }

    private static SecretBox Secrets(ServerOptions options, DataDirectory data)
    {
        try
        {
            return options.SecretKey is { } key ? new SecretBox(key) : SecretBox.OpenFile(data.SecretKeyFile);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"the key for secrets cannot be used: {error.Message}", error);
        }
    }

    private static WebApplication Build(ServerOptions options, Database database, SandboxHost host, SecretBox secrets, DataDirectory data, TimeProvider clock, ILoggerFactory logs)
    {
        // With no settings files: they would be watched, and so would every write to a database below the current directory.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "reverie" });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(logs);
        if (options.IsEmbedded) builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls.Split(';')).ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SentBytesMax;
        });
        builder.Services.Configure<HostOptions>(static o => o.ShutdownTimeout = DrainFor);

        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(new RequestRates(options.RequestsPerMinute));
        builder.Services.AddSingleton<IdGenerator>();
        builder.Services.AddSingleton<ApiKeyRepository>();
        builder.Services.AddSingleton<OperatorKey>();
        builder.Services.AddSingleton<KeyDirectory>();
        ServerParts.Add(builder.Services, options, host, secrets, data, clock);

        var app = builder.Build();
        app.UseMiddleware<RequestEdge>();
        app.MapGet("/healthz", static http => http.Response.WriteAsync("ok")).WithMetadata(new OpenToAll()).Describe(new Operation("200 as soon as the server listens") { GivesMedia = "text/plain" });
        app.MapGet("/readyz", http => ReadyAsync(http, database)).WithMetadata(new OpenToAll()).Describe(new Operation("200 when the database answers") { GivesMedia = "text/plain" });
        Reference.Map(app);
        ServerParts.Map(app);
        return app;
    }

    private static async Task ReadyAsync(HttpContext http, Database database)
    {
        await database.ReadAsync(static db => db.FirstAsync("SELECT 1", static _ => 1), http.RequestAborted);
        await http.Response.WriteAsync("ready");
    }

    /// <summary>The secret made when nobody has a key yet; null otherwise.</summary>
    private static async Task<string?> EnsureKeyAsync(ServerOptions options, Database database, ApiKeyRepository keys, AuditLog audit, CancellationToken cancellationToken)
    {
        if (options.ApiKey is { } chosen)
        {
            await database.WriteAsync(async db =>
            {
                var isKnown = await keys.FindBySecretAsync(db, ApiKeySecret.Sha256(chosen)) is not null;
                var key = await keys.CreateAsync(db, ApiKeyRepository.DefaultWorkspace, "REVERIE_API_KEY", chosen);
                if (!isKnown) audit.Record(db, key.WorkspaceId, Operator.Actor, AuditActions.KeyCreated, "api_key", key.Id.Value, ("name", key.Name));
                return key;
            }, cancellationToken);
            return null;
        }
        var secret = ApiKeySecret.New();
        return await database.WriteAsync(async db =>
        {
            if ((await keys.ListAsync(db)).Exists(static k => k.RevokedAt is null)) return null;
            var key = await keys.CreateAsync(db, ApiKeyRepository.DefaultWorkspace, "first start", secret);
            audit.Record(db, key.WorkspaceId, Operator.Actor, AuditActions.KeyCreated, "api_key", key.Id.Value, ("name", key.Name));
            return secret;
        }, cancellationToken);
    }

    /// <summary>Ends when its owner says so.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
