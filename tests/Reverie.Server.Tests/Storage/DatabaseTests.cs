using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Storage;

/// <summary>What both databases promise to those who read and write.</summary>
public abstract class DatabaseTests(DatabaseSource source) : IAsyncLifetime
{
    public sealed class OnSqlite(SqliteSource source) : DatabaseTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : DatabaseTests(source), IClassFixture<PostgresSource>;

    private Func<Database> _open = null!;
    private Database _database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _open = await source.NewAsync();
        _database = _open();
        await _database.WriteAsync(static async db => await db.ExecuteAsync("CREATE TABLE numbers (number INTEGER NOT NULL PRIMARY KEY)"), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        // Null where the test was skipped before there was one.
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_write_that_throws_undoes_itself_and_none_of_those_committed_with_it()
    {
        using var release = new ManualResetEventSlim();
        var first = HoldWriterAsync(release, out var begun);
        await begun;
        // All of these wait for the first one, so the embedded database commits them together.
        var writes = Enumerable.Range(1, 20).Select(i => _database.WriteAsync(async db =>
        {
            await db.ExecuteAsync("INSERT INTO numbers VALUES (@n)", ("@n", i));
            return i % 5 == 0 ? throw new NotSupportedException($"{i}") : i;
        }, Cancelled)).ToList();
        release.Set();
        await first;

        foreach (var (i, write) in writes.Index())
        {
            if ((i + 1) % 5 == 0) Assert.Equal($"{i + 1}", (await Assert.ThrowsAsync<NotSupportedException>(() => write)).Message);
            else Assert.Equal(i + 1, await write);
        }
        Assert.Equal(Enumerable.Range(0, 21).Where(static i => i == 0 || i % 5 != 0), await NumbersAsync());
    }

    [Fact]
    public async Task Values_come_back_as_they_went_in()
    {
        var bytes = _database is SqliteDatabase ? "BLOB" : "BYTEA";
        await _database.WriteAsync(db => db.ExecuteAsync($"CREATE TABLE kinds (id INTEGER NOT NULL PRIMARY KEY, text TEXT, number BIGINT, ratio DOUBLE PRECISION, bytes {bytes})"), Cancelled);
        (string? Text, long? Number, double Ratio, byte[] Bytes)[] rows =
        [
            ("", 0, 0.5, []), ("ä → 日本 🌙 'quoted' @id", long.MaxValue, -1e300, [0, 255, 0]), (new string('x', 100_000), long.MinValue, 0, new byte[50_000]), (null, null, double.Epsilon, [1]),
        ];
        foreach (var (id, row) in rows.Index())
        {
            Assert.Equal(1, await _database.WriteAsync(db => db.ExecuteAsync("INSERT INTO kinds VALUES (@id, @text, @number, @ratio, @bytes)",
                ("@id", id), ("@text", row.Text), ("@number", row.Number), ("@ratio", row.Ratio), ("@bytes", row.Bytes)), Cancelled));
        }
        var read = await _database.ReadAsync(db => db.QueryAsync("SELECT text, number, ratio, bytes FROM kinds WHERE id >= @first ORDER BY id",
            static r => (r.TextOrNull(0), r.LongOrNull(1), r.GetDouble(2), r.GetBytes(3)), ("@first", 0L)), Cancelled);
        Assert.Equal(rows.Select(static r => (r.Text, r.Number, r.Ratio)), read.Select(static r => (r.Item1, r.Item2, r.Item3)));
        Assert.Equal(rows.Select(static r => Convert.ToHexString(r.Bytes)), read.Select(static r => Convert.ToHexString(r.Item4)));
        // What an earlier run of a statement was given does not come back in a later one.
        Assert.Equal([0, 1, 2, 3], await _database.WriteAsync(async db => await db.QueryAsync("UPDATE kinds SET text = @text RETURNING id", static r => r.GetInt64(0), ("@text", null)), Cancelled));
        Assert.Null(await _database.ReadAsync(db => db.FirstAsync("SELECT text FROM kinds WHERE id = @id", static r => r.TextOrNull(0), ("@id", 1L)), Cancelled));
        await Assert.ThrowsAsync<InvalidCastException>(async () => await _database.ReadAsync(db => db.FirstAsync("SELECT text FROM kinds", static r => r.GetString(0)), Cancelled));
        await Assert.ThrowsAsync<InvalidCastException>(async () => await _database.ReadAsync(db => db.FirstAsync("SELECT number FROM kinds WHERE id = 3", static r => r.GetInt64(0)), Cancelled));
    }

    [Fact]
    public async Task A_write_that_is_run_again_leaves_what_its_last_run_did()
    {
        var runs = 0;
        await _database.WriteAsync(db => db.ExecuteAsync("INSERT INTO numbers VALUES (@n)", ("@n", ++runs)), Cancelled);

        Assert.Equal(_database is SqliteDatabase ? 2 : 1, runs);
        Assert.Equal([runs], await NumbersAsync());
    }

    [Fact]
    public async Task A_statement_that_fails_undoes_its_write_alone()
    {
        using var release = new ManualResetEventSlim();
        var first = HoldWriterAsync(release, out var begun);
        await begun;
        var good = InsertAsync(1, 2);
        var bad = InsertAsync(3, 0);
        var after = InsertAsync(4, 5);
        release.Set();
        await first;

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => bad);
        await Task.WhenAll(good, after);
        Assert.Equal([0, 1, 2, 4, 5], await NumbersAsync());
    }

    [Fact]
    public async Task A_cancelled_write_that_has_not_begun_is_not_begun()
    {
        using var release = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        var first = HoldWriterAsync(release, out var begun);
        await begun;
        await cancel.CancelAsync();
        var cancelled = _database.WriteAsync(static async db => await db.ExecuteAsync("INSERT INTO numbers VALUES (1)"), cancel.Token);
        release.Set();
        await first;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal([0], await NumbersAsync());
    }

    [Fact]
    public async Task What_is_acknowledged_is_seen_at_once_by_another_process()
    {
        await using var other = _open();
        for (var i = 0; i < 300; i++)
        {
            await InsertAsync(i);
            Assert.Equal(i + 1, await other.ReadAsync(CountAsync, Cancelled));
        }
    }

    [Fact]
    public async Task A_reader_sees_one_state_from_beginning_to_end()
    {
        await InsertAsync(0);
        var counts = await _database.ReadAsync(async db =>
        {
            var before = await CountAsync(db);
            await InsertAsync(1, 2);
            return (before, await CountAsync(db));
        }, Cancelled);

        Assert.Equal((1, 1), counts);
        Assert.Equal([0, 1, 2], await NumbersAsync());
    }

    [Fact]
    public async Task A_reader_that_throws_leaves_no_trace()
    {
        for (var i = 0; i < 50; i++)
            await Assert.ThrowsAsync<NotSupportedException>(() => _database.ReadAsync<int>(static _ => throw new NotSupportedException(), Cancelled).AsTask());

        await InsertAsync(7);
        Assert.Equal([7], await NumbersAsync());
    }

    [Fact]
    public async Task More_writes_than_the_queue_holds_are_all_done()
    {
        await Task.WhenAll(Enumerable.Range(0, SqliteDatabase.QueueMax + 500).Select(i => InsertAsync(i)));

        Assert.Equal(SqliteDatabase.QueueMax + 500, (await NumbersAsync()).Count);
    }

    private Task<int> InsertAsync(params int[] numbers) => _database.WriteAsync(async db =>
    {
        foreach (var number in numbers) await db.ExecuteAsync("INSERT INTO numbers VALUES (@n)", ("@n", number));
        return numbers.Length;
    }, Cancelled);

    /// <summary>Writes 0 and holds the only writer, where there is only one, until released.</summary>
    private Task<int> HoldWriterAsync(ManualResetEventSlim release, out Task begun)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        begun = signal.Task;
        return Task.Run(() => _database.WriteAsync(async db =>
        {
            await db.ExecuteAsync("INSERT INTO numbers VALUES (0)");
            signal.TrySetResult();
            // The other database would make the failing write wait for this one, which is what is tested elsewhere.
            if (db.Dialect == Dialect.Sqlite) release.Wait(Cancelled);
            return 0;
        }, Cancelled), Cancelled);
    }

    private async Task<List<int>> NumbersAsync() => await _database.ReadAsync(static db => db.QueryAsync("SELECT number FROM numbers ORDER BY number", static r => (int)r.GetInt64(0)), Cancelled);

    private static async ValueTask<int> CountAsync(DbSession db) => await db.FirstAsync("SELECT count(*) FROM numbers", static r => (int)r.GetInt64(0));
}

/// <summary>How the embedded database keeps its promises.</summary>
public sealed class SqliteSettingsTests(SqliteSource source) : IClassFixture<SqliteSource>
{
    [Theory]
    [InlineData("synchronous", "2")]
    [InlineData("journal_mode", "wal")]
    [InlineData("foreign_keys", "1")]
    public async Task A_commit_waits_for_the_disk_and_readers_do_not_wait_for_it(string pragma, string value)
    {
        await using var database = (await source.NewAsync())();

        Assert.Equal(value, await database.WriteAsync(async db => await db.FirstAsync($"PRAGMA {pragma}", static r => r.GetString(0)), TestContext.Current.CancellationToken));
    }
}
