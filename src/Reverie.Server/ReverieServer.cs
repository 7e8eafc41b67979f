using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Reverie.Agents;
using Reverie.Alarms;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Models;
using Reverie.Dreams.Provenance;
using Reverie.Dreams.Quality;
using Reverie.Dreams.Review;
using Reverie.Dreams.Schedules;
using Reverie.Dreams.Selection;
using Reverie.Dreams.Withdrawals;
using Reverie.Environments;
using Reverie.Files;
using Reverie.Inference;
using Reverie.Keys;
using Reverie.Mcp;
using Reverie.Memory.Archives;
using Reverie.Memory.History;
using Reverie.Memory.Search;
using Reverie.Memory.Stores;
using Reverie.Sandboxes;
using Reverie.Secrets;
using Reverie.Server.Agents;
using Reverie.Server.Alarms;
using Reverie.Server.Audit;
using Reverie.Server.Dreams;
using Reverie.Server.Dreams.Schedules;
using Reverie.Server.Dreams.Selection;
using Reverie.Server.Environments;
using Reverie.Server.Files;
using Reverie.Server.Http;
using Reverie.Server.Memory;
using Reverie.Server.Models;
using Reverie.Server.Proof;
using Reverie.Server.Review;
using Reverie.Server.Sessions;
using Reverie.Server.Skills;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Credit;
using Reverie.Sessions.Hands;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Inbox;
using Reverie.Sessions.Outcomes;
using Reverie.Sessions.Starting;
using Reverie.Sessions.Turns;
using Reverie.Skills;
using Reverie.Storage;
using Reverie.Tools;
using Reverie.Tools.Web;

namespace Reverie.Server;

/// <summary>The HTTP server: opens the database, makes sure there is a key, and listens.</summary>
public sealed class ReverieServer : IAsyncDisposable
{
    /// <summary>How long requests under way may still take when the server is told to stop.</summary>
    public static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(25);

    /// <summary>Bytes of a body that are taken in, if only to be refused with an answer: past this the connection is cut.</summary>
    private const int SentBytesMax = 32 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly DataDirectory _data;
    private readonly Database _database;

    private ReverieServer(WebApplication app, DataDirectory data, Database database, string? newSecret, OperatorAccess access)
    {
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
    /// <exception cref="IOException">An address is in use.</exception>
    public static Task<ReverieServer> StartAsync(ServerOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        StartAsync(options, DataDirectory.Claim(options.DataDirectory), clock, cancellationToken);

    /// <summary>The same on a directory that is held already; the server gives it back, also when it does not start.</summary>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    /// <exception cref="ModelsFileException">The models file cannot be used.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public static async Task<ReverieServer> StartAsync(ServerOptions options, DataDirectory data, TimeProvider clock, CancellationToken cancellationToken)
    {
        Database? database = null;
        WebApplication? app = null;
        try
        {
            // What a server left that was killed.
            OperatorAccess.Remove(data.Path);
            database = options.Postgres is { } postgres ? PostgresDatabase.Open(postgres) : SqliteDatabase.Open(data.DatabaseFile);
            await database.MigrateAsync(cancellationToken);
            var sandboxes = Path.Combine(data.Path, "sandboxes");
            var host = await SandboxHost.ProbeAsync(new SandboxHostOptions { Directory = sandboxes, IsUnsafe = options.IsSandboxUnsafe }, clock, cancellationToken);
            app = Build(options, database, host, Secrets(options, data), data, clock);
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
            return new ReverieServer(app, data, database, secret, access);
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            if (database is not null) await database.DisposeAsync();
            data.Dispose();
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

    private static WebApplication Build(ServerOptions options, Database database, SandboxHost host, SecretBox secrets, DataDirectory data, TimeProvider clock)
    {
        // With no settings files: they would be watched, and so would every write to a database below the current directory.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "reverie" });
        builder.Services.AddRoutingCore();
        builder.Logging.AddSimpleConsole(static o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(static o => o.LogToStandardErrorThreshold = LogLevel.Trace);
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
        AddMemory(builder.Services);
        builder.Services.AddSingleton(new ModelRegistry(options.Inference, clock));
        AddSessions(builder.Services);
        AddTools(builder.Services, options, host, secrets, data);
        if (options.Tools is { } tools) builder.Services.AddSingleton(tools);
        AddDreams(builder.Services);
        AddReview(builder.Services);
        AddProof(builder.Services);
        AddDreamSchedules(builder.Services, options);
        AddAgents(builder.Services);
        AddSkills(builder.Services);
        builder.Services.AddSingleton<ModelEndpoints>();

        var app = builder.Build();
        app.UseMiddleware<RequestEdge>();
        app.MapGet("/healthz", static http => http.Response.WriteAsync("ok")).WithMetadata(new OpenToAll()).Describe(new Operation("200 as soon as the server listens") { GivesMedia = "text/plain" });
        app.MapGet("/readyz", http => ReadyAsync(http, database)).WithMetadata(new OpenToAll()).Describe(new Operation("200 when the database answers") { GivesMedia = "text/plain" });
        Reference.Map(app);
        app.Services.GetRequiredService<MemoryStoreEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryVersionEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionEventEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionArchiveEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionStartEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionSendEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionThreadEndpoints>().Map(app);
        app.Services.GetRequiredService<OutcomeEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionResourceEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamReviewEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionFilterEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamScheduleEndpoints>().Map(app);
        app.Services.GetRequiredService<AlarmEndpoints>().Map(app);
        app.Services.GetRequiredService<ReviewPolicyEndpoints>().Map(app);
        app.Services.GetRequiredService<ProposalEndpoints>().Map(app);
        app.Services.GetRequiredService<AuditEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamForecastEndpoints>().Map(app);
        app.Services.GetRequiredService<ProofEndpoints>().Map(app);
        app.Services.GetRequiredService<MemorySearchEndpoints>().Map(app);
        app.Services.GetRequiredService<ModelEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryHistoryEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryArchiveEndpoints>().Map(app);
        app.Services.GetRequiredService<AgentEndpoints>().Map(app);
        app.Services.GetRequiredService<EnvironmentEndpoints>().Map(app);
        app.Services.GetRequiredService<FileEndpoints>().Map(app);
        app.Services.GetRequiredService<SkillEndpoints>().Map(app);
        return app;
    }

    private static void AddMemory(IServiceCollection services)
    {
        services.AddSingleton<MemoryStoreRepository>();
        services.AddSingleton<MemoryRepository>();
        services.AddSingleton<MemoryListing>();
        services.AddSingleton<MemoryVersionRepository>();
        services.AddSingleton<MemoryStoreEndpoints>();
        services.AddSingleton<MemoryEndpoints>();
        services.AddSingleton<MemoryVersionEndpoints>();
        services.AddSingleton<MemorySearchRepository>();
        services.AddSingleton<MemorySearch>();
        services.AddHostedService<MemorySearchLoop>();
        services.AddSingleton<MemoryStoreHistory>();
        services.AddSingleton<MemoryStoreArchives>();
        services.AddSingleton<MemorySearchEndpoints>();
        services.AddSingleton<MemoryHistoryEndpoints>();
        services.AddSingleton<MemoryArchiveEndpoints>();
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<SessionRepository>();
        services.AddSingleton<SessionLog>();
        services.AddSingleton<SessionImport>();
        services.AddSingleton<SessionEndpoints>();
        services.AddSingleton<SessionEventEndpoints>();
        services.AddSingleton<SessionArchiveEndpoints>();
        services.AddSingleton<SessionSetupRepository>();
        services.AddSingleton<SessionPreviews>();
        services.AddSingleton<ThreadArchive>();
        services.AddSingleton<GraderSettings>();
        services.AddSingleton<Grader>();
        services.AddSingleton<IAttachmentSource, StoredAttachments>();
        services.AddSingleton<Attachments>();
        services.AddSingleton<TurnServices>();
        services.AddHostedService<SessionLoop>();
        services.AddSingleton<SessionInbox>();
        services.AddSingleton<ResourceMounting>();
        services.AddSingleton<SessionStarter>();
        services.AddSingleton<IEnvironmentUse, EnvironmentUse>();
        services.AddSingleton<SessionView>();
        services.AddSingleton<AttachedFiles>();
        services.AddSingleton<RubricFiles>();
        services.AddSingleton<SessionFeeds>();
        services.AddSingleton<SessionStream>();
        services.AddSingleton<SessionStartEndpoints>();
        services.AddSingleton<SessionSendEndpoints>();
        services.AddSingleton<SessionThreadEndpoints>();
        services.AddSingleton<OutcomeEndpoints>();
        services.AddSingleton<SessionResourceEndpoints>();
    }

    /// <summary>Where agents' commands run and what they run.</summary>
    private static void AddTools(IServiceCollection services, ServerOptions options, SandboxHost host, SecretBox secrets, DataDirectory data)
    {
        services.AddSingleton(host);
        services.AddSingleton(new SessionPlaces(Path.Combine(data.Path, "sessions")));
        services.AddSingleton<SandboxOpening>();
        services.AddSingleton(_ => new WebFetcher(options.FetchesFrom));
        services.AddSingleton<FetchRules>();
        services.AddSingleton<ToolBox>();
        services.AddSingleton(secrets);
        services.AddSingleton<RepositoryTokens>();
        services.AddSingleton(options.Repositories);
        services.AddSingleton<RepositoryServices>();
        services.AddSingleton(options.SandboxUse);
        services.AddSingleton<OpenSandboxes>();
        services.AddHostedService(static s => s.GetRequiredService<OpenSandboxes>());
        services.AddSingleton<ISessionTools, SandboxTools>();
        services.AddSingleton(options.Mcp);
        services.AddSingleton<McpConnections>();
        services.AddHostedService(static s => s.GetRequiredService<McpConnections>());
    }

    private static void AddDreams(IServiceCollection services)
    {
        services.AddSingleton<DreamRepository>();
        services.AddSingleton<DreamChangeRepository>();
        services.AddSingleton<ChangeLanding>();
        services.AddSingleton<DreamReview>();
        services.AddSingleton<DreamAnswerRepository>();
        services.AddSingleton<DreamThinking>();
        services.AddSingleton<DreamSession>();
        services.AddSingleton<DreamJob>();
        services.AddHostedService<DreamLoop>();
        services.AddSingleton<DreamEndpoints>();
        services.AddSingleton<DreamReviewEndpoints>();
        services.AddSingleton<DreamForecastEndpoints>();
    }

    /// <summary>Which sessions dreams read, and when they run.</summary>
    private static void AddDreamSchedules(IServiceCollection services, ServerOptions options)
    {
        // A command that ends soon sets nothing off; it may ask for a run.
        services.AddSingleton(new DreamScheduleSettings(SetsOff: !options.IsEmbedded));
        services.AddSingleton<SessionCandidateRepository>();
        services.AddSingleton<SessionSelector>();
        services.AddSingleton<DreamSessionRepository>();
        services.AddSingleton<SessionFilterEndpoints>();
        services.AddSingleton<AlarmRepository>();
        services.AddSingleton<AlarmEndpoints>();
        services.AddSingleton<DreamScheduleRepository>();
        services.AddSingleton<DreamRunRepository>();
        services.AddSingleton<DreamRunEnding>();
        services.AddSingleton<DreamScheduling>();
        services.AddSingleton<DreamScheduleEndpoints>();
        services.AddHostedService<DreamScheduleLoop>();
    }

    /// <summary>Who decides on what dreams do, and what is recorded of what everybody does.</summary>
    private static void AddReview(IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<ChangeAudit>();
        services.AddSingleton<ReviewPolicyRepository>();
        services.AddSingleton<ProposalRepository>();
        services.AddSingleton<ProposalExpiry>();
        services.AddSingleton<ReviewPolicyEndpoints>();
        services.AddSingleton<ProposalEndpoints>();
        services.AddSingleton<AuditEndpoints>();
    }

    private static void AddProof(IServiceCollection services)
    {
        services.AddSingleton<ProvenanceReader>();
        services.AddSingleton<CreditReader>();
        services.AddSingleton<QualityReader>();
        services.AddSingleton<WithdrawalRepository>();
        services.AddSingleton<StoreWithdrawals>();
        services.AddSingleton<SessionWithdrawals>();
        services.AddSingleton<ProofEndpoints>();
    }

    private static void AddAgents(IServiceCollection services)
    {
        services.AddSingleton<IModelCatalog, RegisteredModels>();
        services.AddSingleton<AgentRepository>();
        services.AddSingleton<AgentSaving>();
        services.AddSingleton<AgentEndpoints>();
        services.AddSingleton<EnvironmentRepository>();
        services.AddSingleton<EnvironmentEndpoints>();
        services.AddSingleton<FileBlobs>();
        services.AddSingleton<FileRepository>();
        services.AddSingleton<SessionFiles>();
        services.AddHostedService<FileLoop>();
        services.AddSingleton<FileEndpoints>();
    }

    private static void AddSkills(IServiceCollection services)
    {
        services.AddSingleton<SkillRepository>();
        services.AddSingleton<SkillSaving>();
        services.AddSingleton<SkillResolution>();
        services.AddSingleton<SessionSkills>();
        services.AddSingleton<SkillEndpoints>();
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
