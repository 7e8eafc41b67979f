using System.Text;
using Reverie.Dreams;
using Reverie.Dreams.Jobs;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Tests.Dreams;

/// <summary>A dream that waits: over one imported session and a store of its own.</summary>
internal static class AskedDream
{
    public static async ValueTask<DreamRow> CreateAsync(DbSession db, string workspace, IdGenerator ids, TimeProvider clock)
    {
        using var transcript = SessionTranscript.Parse(Encoding.UTF8.GetBytes("""{"external_id":"1","source":"test","agent":"tester","created_at":"2026-01-31T12:00:00Z","events":[]}"""));
        var (session, _) = await new SessionRepository(new SessionLog(ids, clock), ids, clock).ImportAsync(db, workspace, transcript);
        var store = await new MemoryStoreRepository(ids, clock).CreateAsync(db, workspace, "notes", "", new Dictionary<string, string>(StringComparer.Ordinal));
        return await new DreamRepository(ids, clock).CreateAsync(db, new DreamRow
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
    }
}
