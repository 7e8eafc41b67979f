using System.Text;
using Reverie.Alarms;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Schedules;
using Reverie.Dreams.Selection;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Server.Tests.Hosting;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Tests.Dreams.Schedules;

/// <summary>
/// Several processes over one database, in virtual time. Each looks when it likes, acts on what it saw long ago, and may die
/// between any two of its steps. Whatever happens, a moment is run once and a run has one dream.
/// </summary>
public abstract class DreamSchedulingLaws(DatabaseSource source)
{
    public sealed class OnSqlite(SqliteSource source) : DreamSchedulingLaws(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : DreamSchedulingLaws(source), IClassFixture<PostgresSource>;

    private const string Workspace = "wrkspc_default";
    private const int Nodes = 3;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_processes_do_and_wherever_they_die_a_moment_is_run_once_and_a_run_has_one_dream(int seed)
    {
        var random = new Random(seed);
        await using var world = await World.NewAsync(source);
        var seenDue = new List<(Node Node, DreamScheduleRow Due)>();
        var seenPending = new List<(Node Node, string Workspace, DreamScheduleRun Run)>();
        for (var step = 0; step < 150; step++)
        {
            var node = world.Nodes[random.Next(Nodes)];
            switch (random.Next(8))
            {
                case 0:
                    world.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 8)));
                    break;
                case 1:
                    await world.ImportAsync();
                    break;
                case 2:
                    seenDue.AddRange((await node.Database.ReadAsync(db => node.Schedules.DueAsync(db, 10), Cancelled)).Select(due => (node, due)));
                    break;
                case 3:
                    seenPending.AddRange((await node.Database.ReadAsync(db => node.Runs.PendingAsync(db, 10), Cancelled)).Select(p => (node, p.WorkspaceId, p.Run)));
                    break;
                case 4 when seenDue.Count > 0:
                    var due = seenDue[random.Next(seenDue.Count)];
                    await due.Node.Scheduling.SetOffAsync(due.Due, Cancelled);
                    break;
                case 5 when seenPending.Count > 0:
                    var pending = seenPending[random.Next(seenPending.Count)];
                    await pending.Node.Scheduling.BeginAsync(pending.Workspace, pending.Run, Cancelled);
                    break;
                case 6:
                    await world.EndDreamsAsync();
                    break;
                default:
                    // A process that dies forgets what it saw.
                    seenDue.RemoveAll(d => d.Node == node);
                    seenPending.RemoveAll(p => p.Node == node);
                    break;
            }
        }

        for (var look = 0; look < 3; look++)
        {
            await LookAsync(world.Nodes[0]);
            await world.EndDreamsAsync();
        }
        await world.CheckAsync();
    }

    [Fact]
    public async Task Processes_that_look_at_once_run_each_moment_once()
    {
        await using var world = await World.NewAsync(source);
        for (var moment = 0; moment < 6; moment++)
        {
            await world.ImportAsync();
            world.Clock.Advance(TimeSpan.FromMinutes(5));

            await Task.WhenAll(world.Nodes.Select(n => Task.Run(() => LookAsync(n), Cancelled)));

            await world.EndDreamsAsync();
            await Task.WhenAll(world.Nodes.Select(n => Task.Run(() => LookAsync(n), Cancelled)));
            Assert.Equal(moment + 1, (await world.RunsAsync()).Count);
        }

        Assert.Equal(6, await world.CheckAsync());
    }

    private static async Task LookAsync(Node node)
    {
        await node.Scheduling.SetOffDueAsync(Failed, Cancelled);
        await node.Scheduling.MoveRunsAsync(Failed, Cancelled);
    }

    private static void Failed(Exception error, string id) => throw new InvalidOperationException(id, error);

    /// <summary>What one process has.</summary>
    private sealed class Node
    {
        public Node(Database database, TimeProvider clock)
        {
            var ids = new IdGenerator(clock);
            var (stores, dreams) = (new MemoryStoreRepository(ids, clock), new DreamRepository(ids, clock));
            Database = database;
            Sessions = new SessionRepository(new SessionLog(ids, clock), ids, clock);
            Stores = stores;
            Schedules = new DreamScheduleRepository(ids, clock);
            Runs = new DreamRunRepository(ids, clock);
            Scheduling = new DreamScheduling(database, Schedules, Runs, dreams, new DreamSessionRepository(), stores, new SessionSelector(database, new SessionCandidateRepository(), Sessions, clock),
                new DreamRunEnding(Schedules, Runs, dreams, new DreamChangeRepository(clock), new AlarmRepository(ids, clock)), new AuditLog(clock), clock);
        }

        public Database Database { get; }

        public SessionRepository Sessions { get; }

        public MemoryStoreRepository Stores { get; }

        public DreamScheduleRepository Schedules { get; }

        public DreamRunRepository Runs { get; }

        public DreamScheduling Scheduling { get; }
    }

    private sealed class World : IAsyncDisposable
    {
        private int _imported;

        public TestClock Clock { get; } = new();

        public List<Node> Nodes { get; } = [];

        private Id<DreamSchedule> Schedule { get; set; }

        private Database Database => Nodes[0].Database;

        public static async Task<World> NewAsync(DatabaseSource source)
        {
            var world = new World();
            var open = await source.NewAsync();
            var first = open();
            await first.MigrateAsync(Cancelled);
            world.Nodes.Add(new Node(first, world.Clock));
            for (var i = 1; i < DreamSchedulingLaws.Nodes; i++) world.Nodes.Add(new Node(open(), world.Clock));
            world.Schedule = await first.WriteAsync(async db =>
            {
                var node = world.Nodes[0];
                var store = await node.Stores.CreateAsync(db, Workspace, "store", "", new Dictionary<string, string>());
                return (await node.Schedules.CreateAsync(db, Row(store.Id, world.Clock.GetUtcNow()))).Schedule.Id;
            }, Cancelled);
            return world;
        }

        public async Task ImportAsync()
        {
            using var session = SessionTranscript.Parse(Encoding.UTF8.GetBytes(SampleSessions.Said($"{_imported++}", Clock.GetUtcNow(), "hello").TrimEnd()));
            await Database.WriteAsync(db => Nodes[0].Sessions.ImportAsync(db, Workspace, session), Cancelled);
        }

        public async Task EndDreamsAsync() => await Database.WriteAsync(db => db.ExecuteAsync("UPDATE dreams SET status = 'completed', ended_at = @now WHERE ended_at IS NULL", ("@now", DbTime.ToMicros(Clock.GetUtcNow()))), Cancelled);

        public async Task<List<DreamScheduleRun>> RunsAsync() => await Database.ReadAsync(db => Nodes[0].Runs.ListAsync(db, Workspace, Schedule, [], null, 1000), Cancelled);

        /// <summary>How many dreams there are.</summary>
        public async Task<int> CheckAsync()
        {
            var runs = await RunsAsync();
            var dreams = await Database.ReadAsync(static db => db.QueryAsync("SELECT id FROM dreams ORDER BY id", static r => r.GetString(0)), Cancelled);
            Assert.NotEmpty(runs);
            Assert.Equal(runs.Count, runs.DistinctBy(static r => r.Trigger.ScheduledAt).Count());
            Assert.All(runs, r => Assert.Contains(r.Status, new[] { DreamRunStatus.Completed, DreamRunStatus.Skipped }));
            Assert.Equal(dreams, runs.Select(static r => r.DreamId).OfType<string>().Order(StringComparer.Ordinal));
            return dreams.Count;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in Nodes) await node.Database.DisposeAsync();
        }

        private static DreamScheduleRow Row(Id<MemoryStore> store, DateTimeOffset now)
        {
            var trigger = new CronTrigger("*/5 * * * *", "UTC");
            return new DreamScheduleRow
            {
                WorkspaceId = Workspace,
                NextAt = DreamScheduleRow.NextLook(trigger, now),
                SeenAt = DateTimeOffset.UnixEpoch,
                Size = default,
                Schedule = new DreamSchedule
                {
                    Id = Id<DreamSchedule>.Parse("dsch_new"),
                    Name = "s",
                    MemoryStoreId = store,
                    Sessions = Server.Dreams.Selection.SessionFilterFields.Default,
                    Trigger = trigger,
                    Model = new DreamModel("reverie/local"),
                    Instructions = null,
                    Mode = "auto",
                    OutputBehavior = new OutputBehavior.ToExistingStore(store),
                    NoOpAlarmAfter = 3,
                    Status = "active",
                    PausedReason = null,
                    LastRunAt = null,
                    UpcomingRunsAt = [],
                    Alarm = null,
                    CreatedAt = now,
                    UpdatedAt = now,
                    ArchivedAt = null,
                },
            };
        }
    }
}
