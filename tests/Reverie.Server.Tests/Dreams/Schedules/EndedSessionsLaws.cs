using System.Text;
using Reverie.Dreams.Schedules;
using Reverie.Dreams.Selection;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Server.Tests.Hosting;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Tests.Dreams.Schedules;

/// <summary>Whoever remembers what was counted at earlier looks finds the same as who counts everything anew.</summary>
public abstract class EndedSessionsLaws(DatabaseSource source)
{
    public sealed class OnSqlite(SqliteSource source) : EndedSessionsLaws(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : EndedSessionsLaws(source), IClassFixture<PostgresSource>;

    private const string Workspace = "wrkspc_default";

    private static readonly SessionEndTrigger Trigger = new(QuietSeconds: 120, MinNewSessions: 4, MinNewEvents: 9);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Remembering_finds_what_counting_anew_finds(int seed)
    {
        var random = new Random(seed);
        var clock = new TestClock();
        await using var database = (await source.NewAsync())();
        await database.MigrateAsync(Cancelled);
        var ids = new IdGenerator(clock);
        var sessions = new SessionRepository(new SessionLog(ids, clock), ids, clock);
        var selector = new SessionSelector(database, new SessionCandidateRepository(), sessions, clock);
        var remembering = new EndedSessions(selector, clock);
        var due = Row(clock.GetUtcNow());
        var (found, imported) = (0, 0);
        for (var step = 0; step < 120; step++)
        {
            switch (random.Next(6))
            {
                case 0 or 1:
                    clock.Advance(TimeSpan.FromSeconds(random.Next(1, 90)));
                    break;
                case 2:
                    using (var session = SessionTranscript.Parse(Encoding.UTF8.GetBytes(SampleSessions.Said($"{imported++}", clock.GetUtcNow(), "hello").TrimEnd())))
                        await database.WriteAsync(db => sessions.ImportAsync(db, Workspace, session), Cancelled);
                    break;
                case 3:
                    await ChangeAsync("UPDATE sessions SET event_count = event_count + 1, updated_at = @now WHERE external_id = @one");
                    break;
                case 4:
                    await ChangeAsync("UPDATE sessions SET archived_at = @now WHERE external_id = @one");
                    break;
                default:
                    var isEnough = await new EndedSessions(selector, clock).SufficeAsync(due, Trigger, Cancelled);
                    Assert.Equal(isEnough, await remembering.SufficeAsync(due, Trigger, Cancelled));
                    if (!isEnough) break;
                    found++;
                    // A run has looked at what there is.
                    due = due with { SeenAt = clock.GetUtcNow() };
                    await ChangeAsync("UPDATE sessions SET archived_at = @now WHERE external_id <> @one");
                    break;
            }
        }
        Assert.InRange(found, 1, 20);

        Task<int> ChangeAsync(string sql) => database.WriteAsync(db => db.ExecuteAsync(sql, [("@one", $"{random.Next(imported + 1)}"), .. sql.Contains("@now", StringComparison.Ordinal) ? [("@now", DbTime.ToMicros(clock.GetUtcNow()))] : Array.Empty<(string, object?)>()]), Cancelled);
    }

    private static DreamScheduleRow Row(DateTimeOffset now) => new()
    {
        WorkspaceId = Workspace,
        NextAt = now,
        SeenAt = DateTimeOffset.UnixEpoch,
        Size = default,
        Schedule = new DreamSchedule
        {
            Id = Id<DreamSchedule>.Parse("dsch_new"),
            Name = "s",
            MemoryStoreId = Id<Protocol.Memory.MemoryStore>.Parse("memstore_new"),
            Sessions = Server.Dreams.Selection.SessionFilterFields.Default,
            Trigger = Trigger,
            Model = new DreamModel("reverie/local"),
            Instructions = null,
            Mode = "auto",
            OutputBehavior = new OutputBehavior.ToNewStore(),
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
