using System.Collections.Concurrent;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>
/// Reads the newest events of many sessions: whatever is asked for while a reading is under way is read next in one
/// transaction, so that what the database does at the begin of each is done once. Safe for several threads.
/// </summary>
internal sealed class SharedReads(Database database, SessionLog log)
{
    private readonly ConcurrentQueue<Asked> _asked = [];
    private int _isReading;

    /// <summary>At most <paramref name="limit"/> events after one, of all that were committed before the call.</summary>
    public Task<List<LoggedEvent>> ReadAsync(string workspaceId, Id<Session> id, long after, int limit)
    {
        var asked = new Asked(workspaceId, id, after, limit);
        _asked.Enqueue(asked);
        if (Interlocked.CompareExchange(ref _isReading, 1, 0) == 0) _ = ReadAllAsync();
        return asked.Done.Task;
    }

    /// <summary>Never throws: who asked is told.</summary>
    private async Task ReadAllAsync()
    {
        do
        {
            var batch = new List<Asked>();
            while (_asked.TryDequeue(out var asked)) batch.Add(asked);
            try
            {
                var read = await database.ReadAsync(db => ReadAsync(db, batch), CancellationToken.None);
                for (var i = 0; i < batch.Count; i++) batch[i].Done.SetResult(read[i]);
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to those who asked.
            catch (Exception error)
#pragma warning restore CA1031
            {
                foreach (var asked in batch) asked.Done.TrySetException(error);
            }
            Interlocked.Exchange(ref _isReading, 0);
        }
        while (!_asked.IsEmpty && Interlocked.CompareExchange(ref _isReading, 1, 0) == 0);
    }

    private async ValueTask<List<LoggedEvent>[]> ReadAsync(DbSession db, List<Asked> batch)
    {
        var read = new List<LoggedEvent>[batch.Count];
        for (var i = 0; i < read.Length; i++) read[i] = await log.ListAllAsync(db, batch[i].WorkspaceId, batch[i].Id, batch[i].After, batch[i].Limit);
        return read;
    }

    private sealed record Asked(string WorkspaceId, Id<Session> Id, long After, int Limit)
    {
        public TaskCompletionSource<List<LoggedEvent>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
