using Microsoft.Extensions.Logging.Abstractions;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Models;
using Reverie.Dreams.Review;
using Reverie.Inference;
using Reverie.Memory.History;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Server.Tests.Hosting;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Tests.Dreams;

/// <summary>A dream that is canceled while it thinks.</summary>
public abstract class CancelTests(DatabaseSource source)
{
    public sealed class OnSqlite(SqliteSource source) : CancelTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : CancelTests(source), IClassFixture<PostgresSource>;

    private const string Workspace = "wrkspc_test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_work_ends_without_waiting_for_any_timer()
    {
        await using var database = (await source.NewAsync())();
        await database.MigrateAsync(Cancelled);
        await using var reading = new EndlessReads();
        var clock = new TimerlessClock();
        var ids = new IdGenerator(clock);
        var (stores, memories, log) = (new MemoryStoreRepository(ids, clock), new MemoryRepository(ids, clock), new SessionLog(ids, clock));
        var (sessions, dreams, changes) = (new SessionRepository(log, ids, clock), new DreamRepository(ids, clock), new DreamChangeRepository(clock));
        var (policies, records) = (new ReviewPolicyRepository(clock), new AuditLog(clock));
        var (audit, answers) = (new ChangeAudit(records), new DreamAnswerRepository(clock));
        using var thinking = new DreamThinking(reading, dreams, answers, memories, sessions, new ModelRegistry(new InferenceOptions(), clock), clock);
        var job = new DreamJob(database, dreams, changes, stores, new MemoryStoreHistory(stores, memories, ids, clock), thinking, answers, new ChangeLanding(stores, memories, changes), new DreamSession(sessions, log, ids), policies, new RepetitionRepository(audit), records, audit);
        var dream = await database.WriteAsync(db => AskedDream.CreateAsync(db, Workspace, ids, clock), Cancelled);
        using var loop = new DreamLoop(database, dreams, job, new ProposalExpiry(database, new ProposalRepository(clock), policies, dreams, changes, audit, clock), new DreamUse(), clock, NullLogger<DreamLoop>.Instance);
        await loop.StartAsync(Cancelled);
        await reading.Begun.WaitAsync(Patience, Cancelled);

        await database.WriteAsync(async db =>
        {
            await job.EndAsync(db, (await dreams.HoldAsync(db, Workspace, dream.Id))!, DreamStatus.Canceled, null);
            return true;
        }, Cancelled);

        await reading.Ended.WaitAsync(Patience, Cancelled);
        await loop.StopAsync(Cancelled);
        Assert.Equal(DreamStatus.Canceled, (await database.ReadAsync(db => dreams.FindAsync(db, Workspace, dream.Id), Cancelled))!.Status);
    }

    /// <summary>No timer of it ever fires.</summary>
    private sealed class TimerlessClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer();

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    /// <summary>A database whose reads last until they are cancelled.</summary>
    private sealed class EndlessReads : Database
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public Task Ended => _ended.Task;

        public override async ValueTask<T> ReadAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken)
        {
            using var ended = cancellationToken.Register(_ended.SetResult);
            _begun.SetResult();
            await _ended.Task;
            throw new OperationCanceledException(cancellationToken);
        }

        public override Task<T> WriteAsync<T>(Func<DbSession, ValueTask<T>> work, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task MigrateAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
