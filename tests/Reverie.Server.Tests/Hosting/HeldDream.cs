using Reverie.Dreams.Jobs;
using Reverie.Keys;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Tests.Hosting;

/// <summary>A dream that another process holds, so that it stands still until it is let go.</summary>
internal sealed class HeldDream : IAsyncDisposable
{
    private readonly Database _database;
    private readonly SessionLog _log;

    private HeldDream(Database database, SessionLog log)
    {
        _database = database;
        _log = log;
    }

    public string Id { get; private set; } = "";

    /// <summary>Null while it is pending.</summary>
    public string? SessionId { get; private set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Waits for its turn.</summary>
    public static Task<HeldDream> PendingAsync(TestServer server, string store, IEnumerable<string> sessions, bool updatesExisting = false) => NewAsync(server, store, sessions, updatesExisting, isRunning: false);

    /// <summary>Has a session and a store to write to, and does nothing.</summary>
    public static Task<HeldDream> RunningAsync(TestServer server, string store, IEnumerable<string> sessions) => NewAsync(server, store, sessions, updatesExisting: true, isRunning: true);

    /// <summary>The next process that looks takes it.</summary>
    public async Task LetGoAsync() => await _database.WriteAsync(db => db.ExecuteAsync("UPDATE dreams SET lease_until = 0 WHERE id = @id", ("@id", Id)), Cancelled);

    /// <summary>Appends to the log of its session, as the process that holds it would.</summary>
    public async Task AppendAsync(params NewEvent[] events) => await _database.WriteAsync(async db =>
    {
        await _log.AppendAsync(db, ApiKeyRepository.DefaultWorkspace, Id<Session>.Parse(SessionId!), events);
        return true;
    }, Cancelled);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<HeldDream> NewAsync(TestServer server, string store, IEnumerable<string> sessions, bool updatesExisting, bool isRunning)
    {
        const string workspace = ApiKeyRepository.DefaultWorkspace;
        var database = server.OpenDatabase();
        var ids = new IdGenerator(server.Clock);
        var log = new SessionLog(ids, server.Clock);
        var dreams = new DreamRepository(ids, server.Clock);
        var held = new HeldDream(database, log);
        await database.WriteAsync(async db =>
        {
            var row = await dreams.CreateAsync(db, new DreamRow
            {
                WorkspaceId = workspace,
                Id = default,
                Status = DreamStatus.Pending,
                IsReview = false,
                Model = "reverie/local",
                MemoryStoreId = Id<MemoryStore>.Parse(store),
                SessionIds = [.. sessions.Order(StringComparer.Ordinal)],
                UpdatesExisting = updatesExisting,
                CreatedAt = default,
                Fence = 0,
            });
            held.Id = row.Id.Value;
            await db.ExecuteAsync("UPDATE dreams SET lease_until = @never, status = @status WHERE id = @id", ("@never", long.MaxValue), ("@status", isRunning ? "running" : "pending"), ("@id", row.Id.Value));
            if (!isRunning) return true;
            var session = await new SessionRepository(log, ids, server.Clock).BeginAsync(db, workspace, "dreamer", "held", new Dictionary<string, string>(), SessionStatus.Running);
            await dreams.StartAsync(db, row, session.Id, row.MemoryStoreId);
            held.SessionId = session.Id.Value;
            return true;
        }, Cancelled);
        return held;
    }
}
