using System.Runtime.CompilerServices;
using Reverie.Dreaming;
using Reverie.Dreams.Models;
using Reverie.Inference;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>Thinks out a dream that has begun, over its output store and its sessions as the database has them. Writes nothing but what it asks of a model and is answered.</summary>
public sealed class DreamThinking(Database database, DreamRepository dreams, DreamAnswerRepository answers, MemoryRepository memories, SessionRepository sessions, ModelRegistry models, TimeProvider clock)
{
    /// <exception cref="DreamInputException">One of its sessions is gone.</exception>
    public async Task<DreamReport> RunAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var model = DreamModels.Of(models, dream.Model, dream.Caps, new KeptAnswers(database, dreams, answers, dream), clock);
        var memory = await TreeAsync(new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value), cancellationToken);
        return (await new DreamRunner(clock, model).RunAsync(ReadAsync(dream, cancellationToken), memory, OptionsOf(dream), null, cancellationToken)).Report;
    }

    /// <summary>What a dream that was not asked for would take, over its input store as it is.</summary>
    /// <exception cref="DreamInputException">One of its sessions is gone.</exception>
    public async Task<DreamForecast> ForecastAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var habits = await database.ReadAsync(db => answers.HabitsAsync(db, dream.WorkspaceId, dream.Model), cancellationToken);
        var memory = await TreeAsync(new MemoryScope(dream.WorkspaceId, dream.MemoryStoreId), cancellationToken);
        var rehearsed = DreamModels.Rehearse(models, dream.Model, dream.Caps, habits);
        return await DreamRunner.ForecastAsync(rehearsed, ReadAsync(dream, cancellationToken), memory, OptionsOf(dream), clock, null, cancellationToken);
    }

    private static DreamOptions OptionsOf(DreamRow dream) => new() { Instructions = dream.Instructions, ReviewOnly = dream.IsReview };

    private async Task<MemoryTree> TreeAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var memory = await database.ReadAsync(db => memories.AllAsync(db, scope), cancellationToken);
        return MemoryTree.Of(memory.Select(static m => KeyValuePair.Create(m.Path[1..], m.Content!)));
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
