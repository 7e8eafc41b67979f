using Reverie.Keys;
using Reverie.Memory.Stores;
using Reverie.Protocol.Memory;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;
using Reverie.Storage.Migrations;

namespace Reverie.Server.Tests.Storage;

/// <summary>The schema of both databases, from every version that ever was.</summary>
public abstract class MigrationTests(DatabaseSource source)
{
    public sealed class OnSqlite(SqliteSource source) : MigrationTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : MigrationTests(source), IClassFixture<PostgresSource>;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<int> EarlierVersions => [.. Enumerable.Range(0, Migration.Of(Dialect.Sqlite).Count)];

    [Fact]
    public void Both_databases_have_the_same_steps_without_gaps()
    {
        Assert.Equal(Enumerable.Range(1, Migration.Of(Dialect.Sqlite).Count), Migration.Of(Dialect.Sqlite).Select(static m => m.Number));
        Assert.Equal(Migration.Of(Dialect.Sqlite).Select(static m => m.Number), Migration.Of(Dialect.Postgres).Select(static m => m.Number));
    }

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public async Task Every_earlier_version_comes_to_the_same_schema_and_keeps_what_it_held(int version)
    {
        await using var fresh = (await source.NewAsync())();
        await using var grown = (await source.NewAsync())();
        await fresh.MigrateAsync(Cancelled);

        await MigrateAsync(grown, version);
        if (version > 0) await grown.WriteAsync(FillAsync, Cancelled);
        await grown.MigrateAsync(Cancelled);

        Assert.Equal(await SchemaAsync(fresh), await SchemaAsync(grown));
        if (version > 0) await ReadBackAsync(grown);
    }

    [Fact]
    public async Task Versions_that_did_not_name_the_one_before_are_still_found_by_their_memory()
    {
        await using var database = (await source.NewAsync())();
        await MigrateAsync(database, 1);
        await database.WriteAsync(FillAsync, Cancelled);
        await database.MigrateAsync(Cancelled);

        Assert.Equal([3, 1], await VersionsAsync("mem_1"));
        Assert.Equal([4, 2], await VersionsAsync("mem_2"));

        async Task<IEnumerable<long>> VersionsAsync(string memory)
        {
            var scope = new MemoryScope("wrkspc_default", Protocol.Ids.Id<MemoryStore>.Parse("memstore_1"));
            var filter = new MemoryVersionFilter(Protocol.Ids.Id<StoredMemory>.Parse(memory), null, null, null, TimeRange.All);
            return (await database.ReadAsync(db => new MemoryVersionRepository(new TestClock()).ListAsync(db, scope, filter, null, 10, false), Cancelled)).Select(static v => v.Seq);
        }
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var database = (await source.NewAsync())();
        await database.MigrateAsync(Cancelled);
        await database.WriteAsync(FillAsync, Cancelled);
        var schema = await SchemaAsync(database);

        await database.MigrateAsync(Cancelled);

        Assert.Equal(schema, await SchemaAsync(database));
        await ReadBackAsync(database);
    }

    [Fact]
    public async Task Several_that_start_at_once_migrate_once()
    {
        var open = await source.NewAsync();
        // Whoever makes the file sets its mode; after that any number may come.
        await using var first = open();
        var nodes = Enumerable.Range(0, 4).Select(_ => open()).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.MigrateAsync(Cancelled), Cancelled)));

        var steps = await first.ReadAsync(static db => db.QueryAsync("SELECT number FROM schema_migrations ORDER BY number", static r => (int)r.GetInt64(0)), Cancelled);
        Assert.Equal(Migration.Of(Dialect.Sqlite).Select(static m => m.Number), steps);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var database = (await source.NewAsync())();
        await database.MigrateAsync(Cancelled);
        await database.WriteAsync(static async db => await db.ExecuteAsync("INSERT INTO schema_migrations (number) VALUES (9999)"), Cancelled);

        var error = await Assert.ThrowsAsync<DatabaseException>(() => database.MigrateAsync(Cancelled));

        Assert.Contains("schema version 9999", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The search index, which each database has in its own way, aside; bytes are the chunks of files.</summary>
    [Fact]
    public async Task Times_and_texts_are_of_the_same_kind_in_both_databases()
    {
        await using var database = (await source.NewAsync())();
        await database.MigrateAsync(Cancelled);

        var kinds = (await ColumnsAsync(database)).Select(static c => c.Kind).Distinct(StringComparer.Ordinal);

        Assert.Subset(new HashSet<string>(StringComparer.Ordinal) { "integer", "text", "blob" }, kinds.ToHashSet(StringComparer.Ordinal));
    }

    internal static async Task<List<(string Table, string Column, string Kind, bool IsRequired)>> ColumnsAsync(Database database) => await database.ReadAsync(static db => db.QueryAsync(
        db.Dialect == Dialect.Sqlite
            ? """
              SELECT m.name, p.name, lower(p.type), p."notnull" FROM sqlite_master m JOIN pragma_table_info(m.name) p
              WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'memory_search_%' ORDER BY 1, 2
              """
            : """
              SELECT table_name, column_name, CASE data_type WHEN 'bigint' THEN 'integer' WHEN 'bytea' THEN 'blob' ELSE data_type END, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END
              FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'memory_search_%' ORDER BY table_name COLLATE "C", column_name COLLATE "C"
              """, static r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3) == 1)), Cancelled);

    private static async Task<List<string>> SchemaAsync(Database database) => await database.ReadAsync(static db => db.QueryAsync(
        db.Dialect == Dialect.Sqlite
            ? "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
            : """
              SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' ' || coalesce(collation_name, '') AS line
              FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
              ORDER BY line
              """, static r => r.GetString(0)), Cancelled);

    private static Task MigrateAsync(Database database, int upTo) => database switch
    {
        SqliteDatabase sqlite => sqlite.MigrateAsync(upTo, Cancelled),
        PostgresDatabase postgres => postgres.MigrateAsync(upTo, Cancelled),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What a server of the first schema version could have left behind.</summary>
    private static async ValueTask<int> FillAsync(DbSession db)
    {
        await db.ExecuteAsync("INSERT INTO api_keys (id, workspace_id, name, secret_sha256, created_at) VALUES ('apikey_1', 'wrkspc_default', 'first', 'abc', 1)");
        await db.ExecuteAsync("INSERT INTO memory_stores (workspace_id, id, name, description, metadata, created_at, updated_at, memory_count) VALUES ('wrkspc_default', 'memstore_1', 'store', '', '{}', 1, 1, 1)");
        await db.ExecuteAsync("""
            INSERT INTO memory_versions (workspace_id, memory_store_id, seq, id, memory_id, operation, path, content, content_sha256, content_size_bytes, created_at, created_by_type, created_by_id)
            VALUES ('wrkspc_default', 'memstore_1', 1, 'memver_1', 'mem_1', 'created', '/a', 'draft', 'abc', 5, 1, 'api_actor', 'apikey_1'),
                ('wrkspc_default', 'memstore_1', 2, 'memver_2', 'mem_2', 'created', '/b', 'other', 'ghi', 5, 1, 'api_actor', 'apikey_1'),
                ('wrkspc_default', 'memstore_1', 3, 'memver_3', 'mem_1', 'modified', '/a', 'text', 'def', 4, 1, 'api_actor', 'apikey_1'),
                ('wrkspc_default', 'memstore_1', 4, 'memver_4', 'mem_2', 'deleted', '/b', NULL, NULL, NULL, 1, 'api_actor', 'apikey_1')
            """);
        return await db.ExecuteAsync("""
            INSERT INTO memories (workspace_id, memory_store_id, id, path, memory_version_id, content_sha256, content_size_bytes, created_at, updated_at)
            VALUES ('wrkspc_default', 'memstore_1', 'mem_1', '/a', 'memver_3', 'def', 4, 1, 1)
            """);
    }

    private static async Task ReadBackAsync(Database database)
    {
        var clock = new TestClock();
        var scope = new MemoryScope("wrkspc_default", Protocol.Ids.Id<MemoryStore>.Parse("memstore_1"));
        var memory = await database.ReadAsync(db => new MemoryRepository(new IdGenerator(clock), clock).FindAtAsync(db, scope, "/a"), Cancelled);
        var versions = await database.ReadAsync(db => new MemoryVersionRepository(clock).FollowAsync(db, scope, 0, 10, true), Cancelled);
        var keys = await database.ReadAsync(new ApiKeyRepository(new IdGenerator(clock), clock).ListAsync, Cancelled);
        Assert.Equal(("mem_1", "text"), (memory!.Id.Value, memory.Content));
        Assert.Equal(["draft", "other", "text", null], versions.Select(static v => v.Version.Content));
        Assert.Equal("first", keys.Single().Name);
    }
}

/// <summary>One schema, two databases.</summary>
public sealed class SchemaTests(SqliteSource sqlite, PostgresSource postgres) : IClassFixture<SqliteSource>, IClassFixture<PostgresSource>
{
    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns()
    {
        await using var one = (await sqlite.NewAsync())();
        await using var other = (await postgres.NewAsync())();
        await one.MigrateAsync(TestContext.Current.CancellationToken);
        await other.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(await MigrationTests.ColumnsAsync(one), await MigrationTests.ColumnsAsync(other));
    }
}
