using System.Runtime.CompilerServices;
using Reverie.Dreaming;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>Thinks out a dream that has begun, over its output store and its sessions as the database has them. Writes nothing.</summary>
public sealed class DreamThinking(Database database, MemoryRepository memories, SessionRepository sessions, TimeProvider clock)
{
    /// <exception cref="DreamInputException">One of its sessions is gone.</exception>
    public async Task<DreamReport> RunAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var scope = new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value);
        var before = await database.ReadAsync(db => memories.AllAsync(db, scope), cancellationToken);
        var tree = MemoryTree.Of(before.Select(static m => KeyValuePair.Create(m.Path[1..], m.Content!)));
        var options = new DreamOptions { Instructions = dream.Instructions, ReviewOnly = dream.IsReview };
        return (await new DreamRunner(clock).RunAsync(ReadAsync(dream, cancellationToken), tree, options, null, cancellationToken)).Report;
    }

    private async IAsyncEnumerable<SessionTranscript> ReadAsync(DreamRow dream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in dream.SessionIds)
        {
            var line = await database.ReadAsync(db => sessions.ExportAsync(db, dream.WorkspaceId, Id<Session>.Parse(id)), cancellationToken)
                ?? throw new DreamInputException("input_session_unavailable", $"the session {id} was deleted");
            yield return SessionTranscript.Parse(line);
        }
    }
}
