using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Reverie.Dreaming;
using Reverie.Memory.History;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>
/// Drives one claimed dream to its end. Everything it has done stands in the database before it goes on, and each step
/// checks the claim in its own transaction: a process that died or lost the dream leaves it so that another goes on, and no
/// change is ever applied twice.
/// </summary>
public sealed class DreamJob(Database database, DreamRepository dreams, DreamChangeRepository changes, ChangeLanding landing, MemoryStoreRepository stores,
    MemoryRepository memories, MemoryStoreHistory history, SessionRepository sessions, SessionLog log, IdGenerator ids, TimeProvider clock)
{
    private const string AgentName = "dreamer";

    /// <summary>Ends when the dream has ended or the claim is lost.</summary>
    /// <exception cref="OperationCanceledException">Told to stop; the dream goes on where it is claimed next.</exception>
    public async Task RunAsync(DreamRow claim, CancellationToken cancellationToken)
    {
        try
        {
            var dream = await StartAsync(claim, cancellationToken);
            if (dream is null) return;
            if (dream.Report is null && !await ThinkAsync(dream, cancellationToken)) return;
            while (await LandNextAsync(dream, cancellationToken))
            {
            }
        }
        catch (DreamInputException error)
        {
            await FailAsync(claim, new DreamError(error.Type, error.Message));
        }
    }

    /// <summary>Ends the dream as failed, unless the claim was lost.</summary>
    public Task FailAsync(DreamRow claim, DreamError error) => StepAsync(claim, async (db, dream) =>
    {
        await EndAsync(db, dream, DreamStatus.Failed, error);
        return true;
    }, CancellationToken.None);

    /// <summary>Ends the dream in the caller's transaction: its open plans become proposals and its session is closed.</summary>
    public async ValueTask EndAsync(DbSession db, DreamRow dream, DreamStatus status, DreamError? error)
    {
        await changes.ProposePlannedAsync(db, dream.WorkspaceId, dream.Id);
        await dreams.EndAsync(db, dream, status, error);
        if (dream.SessionId is not { } id || await sessions.FindAsync(db, dream.WorkspaceId, id) is not { } session) return;
        NewEvent[] last = error is null
            ? [DreamLogEvents.Said(status == DreamStatus.Canceled ? "Canceled." : await SummaryAsync(db, dream)), DreamLogEvents.Idle]
            : [DreamLogEvents.Failed(error), DreamLogEvents.Idle];
        await log.AppendAsync(db, dream.WorkspaceId, id, last);
        await sessions.ArchiveAsync(db, dream.WorkspaceId, session);
    }

    /// <summary>Makes the session and the output store, once. Null when the claim is lost.</summary>
    private Task<DreamRow?> StartAsync(DreamRow claim, CancellationToken cancellationToken) => StepAsync(claim, async (db, dream) =>
    {
        if (dream.SessionId is not null) return dream;
        var input = new MemoryScope(dream.WorkspaceId, dream.MemoryStoreId);
        if (await stores.HoldAsync(db, input) is not { ArchivedAt: null } store)
            throw new DreamInputException("input_memory_store_unavailable", $"the memory store {dream.MemoryStoreId} was archived or deleted");
        var session = await sessions.BeginAsync(db, dream.WorkspaceId, AgentName, $"Dream {dream.Id}", new Dictionary<string, string>(StringComparer.Ordinal), SessionStatus.Running);
        await log.AppendAsync(db, dream.WorkspaceId, session.Id, [DreamLogEvents.Asked(dream), DreamLogEvents.Running]);
        var output = dream.UpdatesExisting ? store.Id : (await history.CloneAsync(db, input, store.Name, null, new SessionActor(session.Id.Value)))!.MemoryStore.Id;
        await dreams.StartAsync(db, dream, session.Id, output);
        return dream with { SessionId = session.Id, OutputStoreId = output };
    }, cancellationToken);

    /// <summary>Reads, dreams, and keeps the plan. False when the claim is lost.</summary>
    private async Task<bool> ThinkAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var scope = new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value);
        var before = await database.ReadAsync(db => memories.AllAsync(db, scope), cancellationToken);
        var tree = MemoryTree.Of(before.Select(static m => KeyValuePair.Create(m.Path[1..], m.Content!)));
        var options = new DreamOptions { Instructions = dream.Instructions, ReviewOnly = dream.IsReview };
        var result = await new DreamRunner(clock).RunAsync(ReadAsync(dream, cancellationToken), tree, options, null, cancellationToken);
        return await StepAsync(dream, async (db, held) =>
        {
            await dreams.PlanAsync(db, held, result.Report);
            await log.AppendAsync(db, held.WorkspaceId, held.SessionId!.Value,
            [
                .. DreamLogEvents.Call(ids.New("sevt"), "read_memory", new JsonObject { ["memory_store_id"] = scope.StoreId.Value }, $"{result.Report.Inputs.Memories} memories.", isError: false),
                .. DreamLogEvents.Call(ids.New("sevt"), "read_sessions", new JsonObject { ["session_ids"] = new JsonArray([.. held.SessionIds.Select(static id => (JsonNode)id)]) },
                    $"{result.Report.Inputs.Sessions} sessions with {result.Report.Inputs.Events} events.", isError: false),
                DreamLogEvents.Said($"{result.Report.Changes.Count} changes found, {result.Report.Refused.Count} observations left out."),
            ]);
            return "planned";
        }, cancellationToken) is not null;
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

    /// <summary>Applies the next planned change together with its note; ends the dream when there is none. False when nothing is left to do.</summary>
    private async Task<bool> LandNextAsync(DreamRow claim, CancellationToken cancellationToken) => await StepAsync(claim, async (db, dream) =>
    {
        if (await changes.NextPlannedAsync(db, dream.WorkspaceId, dream.Id) is not { } next)
        {
            await EndAsync(db, dream, DreamStatus.Completed, null);
            return "ended";
        }
        var outcome = await landing.LandAsync(db, new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value), next.Change, new SessionActor(dream.SessionId!.Value.Value));
        if (outcome is LandingOutcome.Landed landed) await changes.LandAsync(db, dream.WorkspaceId, dream.Id, next, landed);
        else await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, next, ChangeStatus.Proposed, ((LandingOutcome.Conflict)outcome).Reason);
        await log.AppendAsync(db, dream.WorkspaceId, dream.SessionId.Value, DreamLogEvents.Landing(ids.New("sevt"), next, outcome));
        return "landed";
    }, cancellationToken) == "landed";

    /// <summary>One transaction of the one who holds the dream; null, and nothing done, for one who no longer does.</summary>
    private Task<T?> StepAsync<T>(DreamRow claim, Func<DbSession, DreamRow, ValueTask<T>> step, CancellationToken cancellationToken) => database.WriteAsync(async db =>
        await dreams.HoldAsync(db, claim.WorkspaceId, claim.Id) is { HasEnded: false } held && held.Fence == claim.Fence ? await step(db, held) : default, cancellationToken);

    private async ValueTask<string> SummaryAsync(DbSession db, DreamRow dream)
    {
        var all = await changes.ListAsync(db, dream.WorkspaceId, dream.Id);
        return all.Count == 0 && dream.Report is { } report
            ? $"Nothing was changed: {string.Join("; ", report.Refused.Take(3).Select(static r => $"{r.What}: {r.Reason}"))}."
            : string.Join(", ", all.GroupBy(static c => c.Status, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => $"{g.Count()} {g.Key}")) + ".";
    }
}

/// <summary>What a dream was to read is no longer there.</summary>
public sealed class DreamInputException(string type, string message) : Exception(message)
{
    /// <summary>The contract's word for it.</summary>
    public string Type { get; } = type;
}
