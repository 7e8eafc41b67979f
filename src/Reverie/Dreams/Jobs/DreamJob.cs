using Reverie.Audit;
using Reverie.Dreams.Models;
using Reverie.Dreams.Provenance;
using Reverie.Dreams.Review;
using Reverie.Memory.History;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Dreams.Jobs;

/// <summary>
/// Drives one claimed dream to its end. Everything it has done stands in the database before it goes on, and each step
/// checks the claim in its own transaction: a process that died or lost the dream leaves it so that another goes on, and no
/// change is ever applied twice.
/// </summary>
public sealed class DreamJob(Database database, DreamRepository dreams, DreamChangeRepository changes, MemoryStoreRepository stores,
    MemoryStoreHistory history, DreamThinking thinking, DreamAnswerRepository answers, ChangeLanding landing, DreamSession session, ReviewPolicyRepository policies, RepetitionRepository repetitions, AuditLog audit, ChangeAudit changeAudit)
{
    /// <summary>Ends when the dream has ended or the claim is lost.</summary>
    /// <exception cref="OperationCanceledException">Told to stop; the dream goes on where it is claimed next.</exception>
    public async Task RunAsync(DreamRow claim, CancellationToken cancellationToken)
    {
        try
        {
            var dream = await StartAsync(claim, cancellationToken);
            if (dream is null) return;
            if (dream.Report is null && !await ThinkAsync(dream, cancellationToken)) return;
            var patterns = await ReadPolicyAsync(dream, cancellationToken);
            while (await LandNextAsync(dream, patterns, cancellationToken))
            {
            }
        }
        catch (DreamLostException)
        {
            // Who holds it now goes on.
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
    /// <param name="by">Who ended it; null when it did so itself.</param>
    public async ValueTask EndAsync(DbSession db, DreamRow dream, DreamStatus status, DreamError? error, Actor? by = null)
    {
        foreach (var change in await changes.ListAsync(db, dream.WorkspaceId, dream.Id))
        {
            if (change.Status == DreamChange.Planned) changeAudit.Record(db, dream, by ?? Dreamer(dream), AuditActions.ChangeProposed, change.Change, "the dream ended before it was applied");
        }
        await changes.ProposePlannedAsync(db, dream.WorkspaceId, dream.Id);
        await dreams.EndAsync(db, dream, status, error);
        audit.Record(db, dream.WorkspaceId, by ?? Dreamer(dream), $"dream.{WireNames<DreamStatus>.Of(status)}", "dream", dream.Id.Value, ("error", error?.Type));
        await answers.ForgetAsync(db, dream);
        if (error is not null) await session.FailAsync(db, dream, error);
        else await session.EndAsync(db, dream, status == DreamStatus.Canceled ? "Canceled." : await SummaryAsync(db, dream));
    }

    /// <summary>Makes the session and the output store, once. Null when the claim is lost.</summary>
    private Task<DreamRow?> StartAsync(DreamRow claim, CancellationToken cancellationToken) => StepAsync(claim, async (db, dream) =>
    {
        if (dream.SessionId is not null) return dream;
        var input = new MemoryScope(dream.WorkspaceId, dream.MemoryStoreId);
        if (await stores.HoldAsync(db, input) is not { ArchivedAt: null } store)
            throw new DreamInputException("input_memory_store_unavailable", $"the memory store {dream.MemoryStoreId} was archived or deleted");
        var id = await session.BeginAsync(db, dream);
        var output = dream.UpdatesExisting ? store.Id : (await history.CloneAsync(db, input, store.Name, null, new SessionActor(id.Value)))!.MemoryStore.Id;
        if (!dream.UpdatesExisting) await GuardCopyAsync(db, dream with { SessionId = id }, input, output);
        await dreams.StartAsync(db, dream, id, output);
        return dream with { SessionId = id, OutputStoreId = output };
    }, cancellationToken);

    /// <summary>Thinks, and keeps the plan. False when the claim is lost.</summary>
    private async Task<bool> ThinkAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var (thought, sources) = await thinking.RunAsync(dream, cancellationToken);
        var repetition = Repetitions.Find(thought, sources, await database.ReadAsync(db => repetitions.EarlierAsync(db, dream), cancellationToken));
        var report = repetition.Report;
        return await StepAsync(dream, async (db, held) =>
        {
            // What was deleted while the dream thought must not come back with its words.
            if (await ChangeSourceRepository.CountPresentAsync(db, held) < held.SessionIds.Count) throw new DreamInputException("input_session_unavailable", "one of its sessions was deleted while the dream read them");
            await dreams.PlanAsync(db, held, report);
            await repetitions.SupersedeAsync(db, held, repetition);
            await dreams.GetOnAsync(db, held);
            foreach (var change in report.Changes.Where(ReportReview.IsOpen))
                changeAudit.Record(db, held, Dreamer(held), change.Status == ChangeStatus.Quarantined ? AuditActions.ChangeQuarantined : AuditActions.ChangeProposed, change);
            await answers.ForgetAsync(db, held);
            await ChangeSourceRepository.AddAsync(db, held, sources);
            await session.TellThoughtAsync(db, held, report);
            return true;
        }, cancellationToken);
    }

    /// <summary>Compiles what the policy of the store asks, before the store is held. A policy that is changed meanwhile is compiled where it is met.</summary>
    private async Task<PathPatterns> ReadPolicyAsync(DreamRow dream, CancellationToken cancellationToken)
    {
        var (policy, planned) = await database.ReadAsync(async db => (await policies.FindAsync(db, new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value)),
            await changes.ListAsync(db, dream.WorkspaceId, dream.Id)), cancellationToken);
        var patterns = new PathPatterns();
        patterns.Prepare(policy, planned.Select(static change => change.Change));
        return patterns;
    }

    /// <summary>Applies the next planned change together with its note; ends the dream when there is none. False when nothing is left to do.</summary>
    private Task<bool> LandNextAsync(DreamRow claim, PathPatterns patterns, CancellationToken cancellationToken) => StepAsync(claim, async (db, dream) =>
    {
        var scope = new MemoryScope(dream.WorkspaceId, dream.OutputStoreId!.Value);
        // Held before the policy is read, as by those who change it.
        if (await stores.HoldAsync(db, scope) is null) throw new DreamInputException("input_memory_store_unavailable", $"the memory store {scope.StoreId} was deleted while the dream ran");
        if (await changes.NextPlannedAsync(db, dream.WorkspaceId, dream.Id) is not { } next)
        {
            await EndAsync(db, dream, DreamStatus.Completed, null);
            return false;
        }
        await dreams.GetOnAsync(db, dream);
        var outcome = await LandOrAskAsync(db, dream, scope, next.Change, patterns);
        if (outcome is LandingOutcome.Landed landed)
        {
            await changes.LandAsync(db, dream.WorkspaceId, dream.Id, next, landed);
            changeAudit.Record(db, dream, Dreamer(dream), AuditActions.ChangeApplied, landed.Change);
        }
        else if (outcome is LandingOutcome.StandsAlready)
        {
            await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, next, ChangeStatus.Rejected, LandingOutcome.StandsAlready.Reason);
            changeAudit.Record(db, dream, Dreamer(dream), AuditActions.ChangeRejected, next.Change, LandingOutcome.StandsAlready.Reason);
        }
        else
        {
            var reason = outcome is LandingOutcome.Asked asked ? asked.Reason : ((LandingOutcome.Conflict)outcome).Reason;
            await changes.SetStatusAsync(db, dream.WorkspaceId, dream.Id, next, ChangeStatus.Proposed, reason);
            changeAudit.Record(db, dream, Dreamer(dream), AuditActions.ChangeProposed, next.Change, reason);
        }
        await session.TellLandingAsync(db, dream, next.Change, outcome);
        return true;
    }, cancellationToken);

    /// <summary>Applies a change, unless the policy of the store, as it is now, wants a person to decide.</summary>
    private async ValueTask<LandingOutcome> LandOrAskAsync(DbSession db, DreamRow dream, MemoryScope scope, Change change, PathPatterns patterns) =>
        ReviewRules.Asks(await policies.FindAsync(db, scope), change, patterns) is { } reason ? new LandingOutcome.Asked(reason) : await landing.LandAsync(db, scope, change, Dreamer(dream)!, dream);

    /// <summary>A copy has the owners, reviewers and rules of the store it is a copy of.</summary>
    private async ValueTask GuardCopyAsync(DbSession db, DreamRow dream, MemoryScope input, Id<MemoryStore> copy)
    {
        audit.Record(db, dream.WorkspaceId, Dreamer(dream), AuditActions.StoreCreated, "memory_store", copy.Value, ("copy_of", input.StoreId.Value), ("dream_id", dream.Id.Value));
        if (await policies.CopyAsync(db, input, copy)) audit.Record(db, dream.WorkspaceId, Dreamer(dream), AuditActions.PolicyChanged, "memory_store", copy.Value, ("copy_of", input.StoreId.Value));
    }

    /// <summary>The dream's session; null before it has one.</summary>
    private static SessionActor? Dreamer(DreamRow dream) => dream.SessionId is { } session ? new SessionActor(session.Value) : null;

    /// <summary>One transaction of the one who holds the dream; the default, and nothing done, for one who no longer does.</summary>
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
