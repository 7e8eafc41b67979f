using System.Runtime.CompilerServices;
using Reverie.Dreaming;
using Reverie.Dreams.Models;
using Reverie.Dreams.Provenance;
using Reverie.Inference;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>Thinks out a dream that has begun, over its output store and its sessions as the database has them. Writes nothing but what it asks of a model and is answered.</summary>
public sealed class DreamThinking(Database database, DreamRepository dreams, DreamAnswerRepository answers, MemoryRepository memories, SessionRepository sessions, ModelRegistry models, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _mining = new(1);

    public void Dispose() => _mining.Dispose();

    /// <exception cref="DreamInputException">One of its sessions is gone.</exception>
    public async Task<ThoughtOut> RunAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var model = DreamModels.Of(models, dream.Model, dream.Caps, new KeptAnswers(database, dreams, answers, dream), clock);
        var memory = await TreeAsync(new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value), cancellationToken);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        using var turn = await MiningTurn.TakeAsync(_mining, cancellationToken);
        var result = await new DreamRunner(clock, model).RunAsync(ReadAsync(dream, ids, cancellationToken), memory, OptionsOf(dream), turn, cancellationToken);
        return new ThoughtOut(result.Report, SourcesOf(result, ids));
    }

    /// <summary>What a dream that was not asked for would take, over its input store as it is.</summary>
    /// <exception cref="DreamInputException">One of its sessions is gone.</exception>
    public async Task<DreamForecast> ForecastAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var habits = await database.ReadAsync(db => answers.HabitsAsync(db, dream.WorkspaceId, dream.Model), cancellationToken);
        var memory = await TreeAsync(new MemoryScope(dream.WorkspaceId, dream.MemoryStoreId), cancellationToken);
        var rehearsed = DreamModels.Rehearse(models, dream.Model, dream.Caps, habits);
        return await DreamRunner.ForecastAsync(rehearsed, ReadAsync(dream, [], cancellationToken), memory, OptionsOf(dream), clock, null, cancellationToken);
    }

    private static DreamOptions OptionsOf(DreamRow dream) => new() { Instructions = dream.Instructions, ReviewOnly = dream.IsReview, AttackerShare = (double)dream.AttackerShare };

    private async Task<MemoryTree> TreeAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var memory = await database.ReadAsync(db => memories.AllAsync(db, scope), cancellationToken);
        return MemoryTree.Of(memory.Select(static m => KeyValuePair.Create(m.Path[1..], m.Content!)));
    }

    /// <summary>Where a change names no witnesses, the sessions it quotes are.</summary>
    private static List<SessionSource> SourcesOf(DreamResult result, Dictionary<string, string> ids) => [.. result.Report.Changes.SelectMany(change =>
        (result.Sources.GetValueOrDefault(change.Id) ?? [.. change.Evidence.Select(static e => e.Session).OfType<string>().Distinct(StringComparer.Ordinal).Select(static key => new ChangeSource(key, key))])
            .Where(source => ids.ContainsKey(source.Session)).Select(source => new SessionSource(change.Id, ids[source.Session], source.Principal)))];

    private async IAsyncEnumerable<SessionTranscript> ReadAsync(DreamRow dream, Dictionary<string, string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in dream.SessionIds)
        {
            var line = await database.ReadAsync(db => sessions.ExportAsync(db, dream.WorkspaceId, Id<Session>.Parse(id)), cancellationToken)
                ?? throw new DreamInputException("input_session_unavailable", $"the session {id} was deleted");
            var session = SessionTranscript.Parse(line);
            ids[session.Key] = id;
            yield return session;
        }
    }
}

/// <summary>What a dream came to.</summary>
/// <param name="Report">What it would change.</param>
/// <param name="Sources">The sessions that bear each change out.</param>
public sealed record ThoughtOut(DreamReport Report, IReadOnlyList<SessionSource> Sources);
