using Reverie.Dreams.Jobs;
using Reverie.Server.Tests.Hosting;
using Reverie.Storage;

namespace Reverie.Server.Tests.Dreams;

/// <summary>Which of the dreams that wait comes next.</summary>
public abstract class ClaimTests(DatabaseSource source)
{
    public sealed class OnSqlite(SqliteSource source) : ClaimTests(source), IClassFixture<SqliteSource>;

    public sealed class OnPostgres(PostgresSource source) : ClaimTests(source), IClassFixture<PostgresSource>;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workspace_with_many_dreams_does_not_keep_another_one_waiting()
    {
        await using var database = (await source.NewAsync())();
        await database.MigrateAsync(Cancelled);
        var ids = new IdGenerator(TimeProvider.System);
        var dreams = new DreamRepository(ids, TimeProvider.System);
        foreach (var workspace in (string[])["wrkspc_many", "wrkspc_many", "wrkspc_many", "wrkspc_one"]) await database.WriteAsync(db => AskedDream.CreateAsync(db, workspace, ids, TimeProvider.System), Cancelled);

        var claimed = new List<string>();
        while (await database.WriteAsync(dreams.ClaimAsync, Cancelled) is { } claim) claimed.Add(claim.WorkspaceId);

        Assert.Equal(["wrkspc_many", "wrkspc_one", "wrkspc_many", "wrkspc_many"], claimed);
    }
}
