using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Reverie.Audit;
using Reverie.Memory.History;
using Reverie.Memory.Stores;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Memory;

/// <summary>Clone, rollback and change feed of a store (beyond the public contract).</summary>
internal sealed class MemoryHistoryEndpoints(Database database, MemoryStoreRepository stores, MemoryVersionRepository versions, MemoryStoreHistory history, TimeProvider clock, IHostApplicationLifetime lifetime, AuditLog audit)
{
    private const int WaitSecondsMax = 60;

    /// <summary>How long a change that another process made may go unseen by one who waits.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/reverie/memory_stores/{store}");
        group.MapPost("/clone", CloneAsync).Describe("Make a new store from this one, as it is or was", typeof(CloneRequest), typeof(MemoryStoreClone));
        group.MapPost("/rollback", RollBackAsync).Describe("Bring the store, or a directory of it, back", typeof(RollbackRequest), typeof(MemoryStoreRollback));
        group.MapGet("/changes", FollowAsync).Describe("What changed since, oldest first", null, typeof(MemoryChanges), Parameter.Number("after", "The last_seq of the answer before.", 0, 0, long.MaxValue),
            Parameter.Limit(20, 100, "Changes of an answer; at most 20 with view=full."), Parameter.View, Parameter.Number("wait_seconds", "How long to wait for a change when there is none.", 0, 0, WaitSecondsMax));
    }

    private async Task CloneAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows("name", "at");
        var name = MemoryStoreEndpoints.ReadName(body, isRequired: false);
        var moment = ReadMoment(body, "at");
        body.ThrowIfWrong();
        var actor = Caller.Of(http).Actor;
        var clone = await database.WriteAsync(async db =>
        {
            _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
            var made = await history.CloneAsync(db, scope, name, moment, actor) ?? throw NoVersion(moment);
            audit.Record(db, scope.WorkspaceId, actor, AuditActions.StoreCreated, "memory_store", made.MemoryStore.Id.Value, ("copy_of", scope.StoreId.Value));
            return made;
        }, http.RequestAborted);
        await http.WriteAsync(clone, WireJson.Wire.MemoryStoreClone);
    }

    private async Task RollBackAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows("to", "path_prefix", "dry_run");
        var moment = ReadMoment(body, "to");
        if (!body.Has("to")) body.Problem("to", "is required: an RFC 3339 time, or the id of a memory version");
        var prefix = body.Text("path_prefix");
        if (MemoryEndpoints.PathPrefix(prefix) is not { } directory) throw MemoryEndpoints.WrongPrefix(prefix!);
        var isDryRun = body.Flag("dry_run");
        body.ThrowIfWrong();
        var actor = Caller.Of(http).Actor;
        var outcome = await database.WriteAsync(async db =>
        {
            var done = await history.RollBackAsync(db, scope, moment!, directory, isDryRun, actor);
            if (done is RollbackOutcome.Planned { Report: { DryRun: false } report })
                audit.Record(db, scope.WorkspaceId, actor, AuditActions.StoreRolledBack, "memory_store", scope.StoreId.Value, ("to_seq", report.ToSeq.ToString()), ("path_prefix", directory), ("change_count", report.Changes.Count.ToString()));
            return done;
        }, http.RequestAborted);
        switch (outcome)
        {
            case RollbackOutcome.Planned planned:
                await http.WriteAsync(planned.Report, WireJson.Wire.MemoryStoreRollback);
                return;
            case RollbackOutcome.PathTaken { By: var taken }:
                await http.WriteConflictAsync(ErrorType.MemoryPathConflict,
                    $"Nothing was written: the memory {taken.MemoryId} at {ApiException.Quoted(taken.Path)}, which the rollback leaves alone, is in the way of one that would come back; move it, or roll back a larger directory.", taken);
                return;
            case RollbackOutcome.NoStore: throw MemoryStoreEndpoints.NotFound(scope);
            case RollbackOutcome.NoVersion: throw NoVersion(moment);
            case RollbackOutcome.StoreArchived: throw MemoryStoreEndpoints.Archived(scope);
            case RollbackOutcome.StoreFull: throw ApiException.Invalid($"The memory store {scope.StoreId} would hold more than {MemoryLimits.MemoriesMax} memories, the limit; roll back a smaller directory, or delete some first.");
            default: throw new UnreachableException();
        }
    }

    private async Task FollowAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var isFull = MemoryEndpoints.IsFull(http, byDefault: false);
        var limit = MemoryEndpoints.PageLimit(http, isFull);
        var after = http.Number("after", 0, 0, long.MaxValue);
        var wait = TimeSpan.FromSeconds(http.Number("wait_seconds", 0, 0, WaitSecondsMax));
        var found = await WaitAsync(http, scope, after, limit + 1, isFull, wait);
        var changes = found.Take(limit).Select(static v => new MemoryChange(v.Seq, v.Version)).ToList();
        await http.WriteAsync(new MemoryChanges(changes, changes.Count > 0 ? changes[^1].Seq : after, found.Count > limit), WireJson.Wire.MemoryChanges);
    }

    private async Task<List<NumberedVersion>> WaitAsync(HttpContext http, MemoryScope scope, long after, int limit, bool isFull, TimeSpan wait)
    {
        // Whoever waits is let go when the server stops, with the empty answer of a wait that is over.
        using var patience = new CancellationTokenSource(wait, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping, patience.Token);
        while (true)
        {
            var woken = database.WakeUps.Next(scope);
            var found = await database.ReadAsync(async db =>
            {
                _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
                return await versions.FollowAsync(db, scope, after, limit, isFull);
            }, http.RequestAborted);
            if (found.Count > 0 || wait == TimeSpan.Zero) return found;
            try
            {
                await WakeUps.WaitAsync(woken, LookEvery, clock, over.Token);
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                return found;
            }
        }
    }

    private static StoreMoment? ReadMoment(JsonBody body, string name)
    {
        if (body.Text(name) is not { } text) return null;
        if (Id<MemoryVersion>.TryParse(text, out var version)) return new StoreMoment(null, version);
        if (Rfc3339.TryRead(text, out var at)) return new StoreMoment(at, null);
        body.Problem(name, $"must be an RFC 3339 time such as 2026-01-31T12:00:00Z, or the id of a memory version, not {ApiException.Quoted(text)}");
        return null;
    }

    private static ApiException NoVersion(StoreMoment? moment) => ApiException.NotFound("memory version in this store", moment?.Version?.Value ?? "");
}
