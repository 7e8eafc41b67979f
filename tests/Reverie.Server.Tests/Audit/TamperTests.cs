using FsCheck.Fluent;
using Reverie.Audit;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Audit;

/// <summary>Whoever writes past the server into the audit log is found out.</summary>
public abstract class TamperTests(DatabaseSource source)
{
    public sealed class OnSqlite(SqliteSource source) : TamperTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : TamperTests(source), IClassFixture<PostgresSource>;

    private const string Workspace = "wrkspc_test";
    private const int Records = 12;

    /// <summary>Each writes the record @at, or it and @other, otherwise than the log did.</summary>
    private static readonly string[] Tamperings =
    [
        "UPDATE audit_records SET action = 'memory_store.created' WHERE seq = @at",
        "UPDATE audit_records SET created_at = created_at + 1 WHERE seq = @at",
        "UPDATE audit_records SET created_at = 9000000000000000000 WHERE seq = @at",
        "UPDATE audit_records SET actor_id = 'apikey_other' WHERE seq = @at",
        "UPDATE audit_records SET actor_type = NULL, actor_id = NULL WHERE seq = @at",
        "UPDATE audit_records SET subject_type = 'session' WHERE seq = @at",
        "UPDATE audit_records SET subject_id = subject_id || 'x' WHERE seq = @at",
        "UPDATE audit_records SET details = '{}' WHERE seq = @at",
        "UPDATE audit_records SET details = '{ ' || substr(details, 2) WHERE seq = @at",
        "UPDATE audit_records SET details = 'gone' WHERE seq = @at",
        "UPDATE audit_records SET details = '{\"a\":1}' WHERE seq = @at",
        "UPDATE audit_records SET hash = '0' || substr(hash, 2) || 'f' WHERE seq = @at",
        "UPDATE audit_records SET previous_hash = hash WHERE seq = @at",
        "UPDATE audit_records SET seq = 1000 WHERE seq = @at",
        "DELETE FROM audit_records WHERE seq = @at",
        "DELETE FROM audit_records WHERE seq >= @at",
        """
        INSERT INTO audit_records (workspace_id, seq, previous_hash, hash, created_at, actor_type, actor_id, action, subject_type, subject_id, details)
        SELECT workspace_id, (SELECT max(seq) + 1 FROM audit_records), previous_hash, hash, created_at, actor_type, actor_id, action, subject_type, subject_id, details FROM audit_records WHERE seq = @at
        """,
        "UPDATE audit_heads SET seq = @at - 1",
        "UPDATE audit_heads SET hash = (SELECT previous_hash FROM audit_records WHERE seq = @at)",
        "DELETE FROM audit_heads WHERE @at > 0",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_changed_deleted_or_put_in_is_found()
    {
        await using var database = (await source.NewAsync())();
        await FillAsync(database);

        Law.Of(80, from tampering in Gen.Choose(0, Tamperings.Length - 1) from at in Gen.Choose(1, Records) select (tampering, at), async drawn =>
        {
            var (problem, kept) = await TamperAsync(database, db => db.ExecuteAsync(Tamperings[drawn.tampering], ("@at", (long)drawn.at)));

            Assert.True(problem is not null, $"not found: {Tamperings[drawn.tampering]} at {drawn.at}");
            Assert.InRange(kept, 0, Records);
            if (Tamperings[drawn.tampering].StartsWith("UPDATE audit_records", StringComparison.Ordinal)) Assert.Equal(drawn.at - 1, kept);
        });
    }

    [Fact]
    public async Task Records_that_change_places_are_found()
    {
        await using var database = (await source.NewAsync())();
        await FillAsync(database);

        Law.Of(20, from one in Gen.Choose(1, Records) from other in Gen.Choose(1, Records) where one < other select (one, other), async drawn =>
        {
            var (problem, kept) = await TamperAsync(database, async db =>
            {
                foreach (var (before, after) in new (long, long)[] { (drawn.one, -1), (drawn.other, drawn.one), (-1, drawn.other) })
                    await db.ExecuteAsync("UPDATE audit_records SET seq = @after WHERE seq = @before", ("@after", after), ("@before", before));
                return 0;
            });

            Assert.NotNull(problem);
            Assert.Equal(drawn.one - 1, kept);
        });
    }

    [Fact]
    public async Task A_tail_that_was_written_anew_is_found_by_an_earlier_head_alone()
    {
        await using var database = (await source.NewAsync())();
        await FillAsync(database);
        var earlier = await database.ReadAsync(static db => AuditLog.HeadAsync(db, Workspace), Cancelled);
        await database.WriteAsync(static async db =>
        {
            await db.ExecuteAsync("DELETE FROM audit_records WHERE seq > 10");
            return await db.ExecuteAsync("UPDATE audit_heads SET seq = 10, hash = (SELECT hash FROM audit_records WHERE seq = 10)");
        }, Cancelled);
        await AppendAsync(database, 3, "another");

        var (head, problem) = await database.ReadAsync(static db => AuditLog.VerifyAsync(db, Workspace, null), Cancelled);
        var (kept, found) = await database.ReadAsync(db => AuditLog.VerifyAsync(db, Workspace, earlier), Cancelled);

        Assert.Equal((13, null), (head.Seq, problem));
        Assert.Equal(11, kept.Seq);
        Assert.Contains($"where {earlier.Hash} was expected", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_and_what_it_records_are_there_together_or_not_at_all()
    {
        await using var database = (await source.NewAsync())();
        await FillAsync(database);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(db =>
        {
            Record(db, "undone");
            throw new InvalidOperationException();
        }, Cancelled));
        await AppendAsync(database, 1, "done");

        var (head, problem) = await database.ReadAsync(static db => AuditLog.VerifyAsync(db, Workspace, null), Cancelled);
        Assert.Equal((Records + 1, null), (head.Seq, problem));
    }

    [Fact]
    public async Task Those_who_hold_other_rows_for_long_do_not_wait_for_each_other_in_a_ring()
    {
        await using var database = (await source.NewAsync())();
        await FillAsync(database);
        await database.WriteAsync(static async db => await db.ExecuteAsync("INSERT INTO workspace_settings (workspace_id, name, value, updated_at) VALUES ('a', 'n', '0', 0), ('b', 'n', '0', 0)"), Cancelled);

        // Each records first and then takes a row the others take too: were the chain held from then on, they would meet in a ring.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => database.WriteAsync(async db =>
        {
            Record(db, $"turn {i}");
            await db.ExecuteAsync("UPDATE workspace_settings SET value = @value WHERE workspace_id = @row", ("@value", $"{i}"), ("@row", i % 2 == 0 ? "a" : "b"));
            Record(db, $"turn {i} again");
            return true;
        }, Cancelled)));

        var (head, problem) = await database.ReadAsync(static db => AuditLog.VerifyAsync(db, Workspace, null), Cancelled);
        Assert.Equal((Records + 80, null), (head.Seq, problem));
    }

    /// <summary>What the walk says of a log that was written to, which is then as it was.</summary>
    private static async Task<(string? Problem, long Kept)> TamperAsync(Database database, Func<DbSession, ValueTask<int>> tamper)
    {
        (string? Problem, long Kept) found = default;
        await Assert.ThrowsAsync<OperationCanceledException>(() => database.WriteAsync<int>(async db =>
        {
            await tamper(db);
            var (head, problem) = await AuditLog.VerifyAsync(db, Workspace, null);
            found = (problem, head.Seq);
            throw new OperationCanceledException("so that nothing is kept");
        }, Cancelled));
        return found;
    }

    private static async Task FillAsync(Database database)
    {
        await database.MigrateAsync(Cancelled);
        await AppendAsync(database, Records, "thing");
        Assert.Equal((Records, null), await database.ReadAsync(static async db => await AuditLog.VerifyAsync(db, Workspace, null) is var (head, problem) ? (head.Seq, problem) : default, Cancelled));
    }

    private static async Task AppendAsync(Database database, int count, string what)
    {
        for (var i = 0; i < count; i++)
        {
            var seq = i;
            await database.WriteAsync(db =>
            {
                Record(db, $"{what} {seq} \"quoted\"\n\u0001é🙂");
                return ValueTask.FromResult(true);
            }, Cancelled);
        }
    }

    private static void Record(DbSession db, string id) => new AuditLog(new TestClock()).Record(db, Workspace, new ApiActor("apikey_1"), "memory.deleted", "memory", id, ("path", "/a.md"), ("nothing", null));
}
