using System.Text;
using Reverie.Dreams;
using Reverie.Dreams.Jobs;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;
using Reverie.Server.Tests.Hosting;
using Reverie.Sessions.Archive;
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
        foreach (var workspace in (string[])["wrkspc_many", "wrkspc_many", "wrkspc_many", "wrkspc_one"]) await database.WriteAsync(db => AskAsync(db, workspace), Cancelled);

        var claimed = new List<string>();
        while (await database.WriteAsync(dreams.ClaimAsync, Cancelled) is { } claim) claimed.Add(claim.WorkspaceId);

        Assert.Equal(["wrkspc_many", "wrkspc_one", "wrkspc_many", "wrkspc_many"], claimed);

        async ValueTask<bool> AskAsync(DbSession db, string workspace)
        {
            using var transcript = SessionTranscript.Parse(Encoding.UTF8.GetBytes("""{"external_id":"1","source":"test","agent":"tester","created_at":"2026-01-31T12:00:00Z","events":[]}"""));
            var (session, _) = await new SessionRepository(new SessionLog(ids, TimeProvider.System), ids, TimeProvider.System).ImportAsync(db, workspace, transcript);
            var store = await new MemoryStoreRepository(ids, TimeProvider.System).CreateAsync(db, workspace, "notes", "", new Dictionary<string, string>(StringComparer.Ordinal));
            await dreams.CreateAsync(db, new DreamRow
            {
                WorkspaceId = workspace,
                Id = default,
                Status = DreamStatus.Pending,
                IsReview = false,
                Model = DreamRunner.LocalModel,
                MemoryStoreId = store.Id,
                SessionIds = [session.Value],
                UpdatesExisting = false,
                CreatedAt = default,
                Fence = 0,
            });
            return true;
        }
    }
}
