namespace Reverie.Storage.Migrations;

/// <summary>Brings a schema forward inside a transaction that others cannot run at the same time.</summary>
internal static class Migrator
{
    public static async ValueTask<int> MigrateAsync(DbSession db, int upTo)
    {
        await db.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY)");
        var done = (int)await db.FirstAsync("SELECT coalesce(max(number), 0) FROM schema_migrations", static r => r.GetInt64(0));
        var steps = Migration.Of(db.Dialect);
        if (done > steps[^1].Number)
            throw new DatabaseException($"the database has schema version {done}, this program knows {steps[^1].Number}: run the newer program, or restore a backup made by this one");
        foreach (var step in steps.Where(s => s.Number > done && s.Number <= upTo))
        {
            await db.ExecuteAsync(step.Sql);
            await db.ExecuteAsync("INSERT INTO schema_migrations (number) VALUES (@number)", ("@number", step.Number));
        }
        return steps.Count;
    }
}
