using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Dreams.Models;
using Reverie.Dreams.Schedules;
using Reverie.Inference;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Dreams.Schedules;

/// <summary>Dream schedules: standing instructions to dream, with their history (beyond the public contract).</summary>
internal sealed class DreamScheduleEndpoints(Database database, DreamScheduleRepository schedules, DreamRunRepository runs, DreamRunEnding ending, MemoryStoreRepository stores, ModelRegistry models, AuditLog audit, TimeProvider clock)
{
    private const string ListName = "dream_schedules";
    private const string RunsName = "dream_schedule_runs";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/reverie/dream_schedules");
        group.MapPost("", CreateAsync).Describe("Make a dream schedule", typeof(NewDreamSchedule), typeof(DreamSchedule));
        group.MapGet("", ListAsync).Describe("List dream schedules, newest first", null, typeof(Page<DreamSchedule>), Parameter.Limit(20, 100), Parameter.Page, Parameter.IncludeArchived,
            new("memory_store_id", "Only those over this store."), Parameter.OneOf("status", "", DreamScheduleRow.Active, DreamScheduleRow.Paused));
        group.MapGet("/{schedule}", RetrieveAsync).Describe("Get a dream schedule", gives: typeof(DreamSchedule));
        group.MapPost("/{schedule}", UpdateAsync).Describe("Change a dream schedule; what is absent stays", typeof(DreamScheduleUpdate), typeof(DreamSchedule));
        group.MapDelete("/{schedule}", DeleteAsync).Describe("Delete a dream schedule with its history; its dreams stay", gives: typeof(Deleted));
        group.MapPost("/{schedule}/pause", http => MoveAsync(http, Pause)).Describe("Pause a dream schedule; it can still be run by hand", gives: typeof(DreamSchedule));
        group.MapPost("/{schedule}/resume", http => MoveAsync(http, Resume)).Describe("Resume a dream schedule at its next moment", gives: typeof(DreamSchedule));
        group.MapPost("/{schedule}/archive", http => MoveAsync(http, Archive)).Describe("Archive a dream schedule, for good", gives: typeof(DreamSchedule));
        group.MapPost("/{schedule}/acknowledge", AcknowledgeAsync).Describe("Clear the alarm of a dream schedule and count anew", gives: typeof(DreamSchedule));
        group.MapPost("/{schedule}/run", RunAsync).Describe("Run a dream schedule now", gives: typeof(DreamScheduleRun));
        group.MapGet("/{schedule}/runs", RunsAsync).Describe("The runs of a dream schedule, newest first", null, typeof(Page<DreamScheduleRun>), Parameter.Limit(20, 1000), Parameter.Page,
            Parameter.Many("statuses", "", [.. WireNames<DreamRunStatus>.All]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        using var body = (await JsonBody.ReadAsync(http)).Knows(DreamScheduleFields.Names);
        var schedule = DreamScheduleFields.ReadNew(body, clock.GetUtcNow());
        if (schedule is not null) CheckModel(body, schedule);
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.WriteAsync(async db =>
        {
            var scope = new MemoryScope(workspace, schedule!.MemoryStoreId);
            var store = await stores.FindAsync(db, scope) ?? throw ApiException.Invalid($"memory_store_id: there is no memory store with the id {scope.StoreId} in this workspace.");
            if (store.ArchivedAt is not null) throw ApiException.Invalid($"memory_store_id: the memory store {scope.StoreId} is archived and cannot be dreamt over.");
            if (await schedules.CountAsync(db, workspace) >= DreamScheduleRepository.SchedulesMax)
                throw ApiException.Invalid($"The workspace has {DreamScheduleRepository.SchedulesMax} dream schedules, the limit; archive or delete some.");
            var created = await schedules.CreateAsync(db, new DreamScheduleRow
            {
                WorkspaceId = workspace,
                Schedule = schedule,
                NextAt = DreamScheduleRow.NextLook(schedule.Trigger, clock.GetUtcNow()),
                SeenAt = DateTimeOffset.UnixEpoch,
                Size = await schedules.SizeAsync(db, scope),
            });
            Audit(db, http, AuditActions.ScheduleCreated, created);
            return created;
        }, http.RequestAborted);
        await WriteAsync(http, row);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = ScheduleId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        await WriteAsync(http, await database.ReadAsync(db => schedules.FindAsync(db, workspace, id), http.RequestAborted) ?? throw NotFound(id));
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var isArchivedShown = http.Flag("include_archived");
        var (store, status) = (http.Text("memory_store_id"), http.OneOf("status", DreamScheduleRow.Active, DreamScheduleRow.Paused));
        var after = Cursor.ReadCreated(http, ListName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => schedules.ListAsync(db, workspace, store, status, isArchivedShown, after, limit + 1), http.RequestAborted);
        var now = clock.GetUtcNow();
        await http.WriteAsync(found.ToPage(limit, s => s.ToWire(now), static s => Cursor.Write(ListName, s.Schedule.CreatedAt, s.Schedule.Id.Value)), WireJson.Wire.PageDreamSchedule);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var id = ScheduleId(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows(DreamScheduleFields.Names);
        var workspace = Caller.Of(http).WorkspaceId;
        // What is wrong whatever the schedule is like is said first.
        body.ThrowIfWrong();
        var row = await database.WriteAsync(async db =>
        {
            var before = await HeldAsync(db, workspace, id);
            var now = clock.GetUtcNow();
            var after = DreamScheduleFields.ReadUpdate(body, before.Schedule, now);
            body.ThrowIfWrong();
            CheckModel(body, after);
            body.ThrowIfWrong();
            Audit(db, http, AuditActions.ScheduleChanged, before);
            if (after.Trigger == before.Schedule.Trigger) return await schedules.UpdateAsync(db, before with { Schedule = after });
            return await schedules.UpdateAsync(db, before with { Schedule = after, NextAt = before.IsActive ? DreamScheduleRow.NextLook(after.Trigger, now) : null, Size = await schedules.SizeAsync(db, before.Store) });
        }, http.RequestAborted);
        await WriteAsync(http, row);
    }

    private async Task MoveAsync(HttpContext http, Func<DreamScheduleRow, DateTimeOffset, DreamScheduleRow> move)
    {
        var id = ScheduleId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.WriteAsync(async db =>
        {
            var before = await schedules.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            var after = move(before, DbTime.UtcNow(clock));
            if (after == before) return before;
            if (before.Schedule.ArchivedAt is not null) throw Archived(id);
            Audit(db, http, AuditActions.ScheduleChanged, after);
            return await schedules.UpdateAsync(db, after);
        }, http.RequestAborted);
        await WriteAsync(http, row);
    }

    private async Task AcknowledgeAsync(HttpContext http)
    {
        var id = ScheduleId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.WriteAsync(async db =>
        {
            var held = await schedules.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            await ending.ClearAsync(db, held, held.Size);
            return (await schedules.FindAsync(db, workspace, id))!;
        }, http.RequestAborted);
        await WriteAsync(http, row);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var id = ScheduleId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        await database.WriteAsync(async db =>
        {
            var held = await schedules.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            await ending.ClearAsync(db, held, held.Size);
            await schedules.DeleteAsync(db, held);
            Audit(db, http, AuditActions.ScheduleDeleted, held);
            return true;
        }, http.RequestAborted);
        await http.WriteAsync(new Deleted(id.Value, "dream_schedule_deleted"), WireJson.Wire.Deleted);
    }

    private async Task RunAsync(HttpContext http)
    {
        var id = ScheduleId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var run = await database.WriteAsync(async db => await runs.AddAsync(db, await HeldAsync(db, workspace, id), new DreamRunTrigger(ManualTrigger.TypeName, null)), http.RequestAborted);
        await http.WriteAsync(run!, WireJson.Wire.DreamScheduleRun);
    }

    private async Task RunsAsync(HttpContext http)
    {
        var id = ScheduleId(http);
        var limit = http.Limit(20, 1000);
        var statuses = http.Many<DreamRunStatus>("statuses");
        var after = Cursor.ReadCreated(http, RunsName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(async db =>
        {
            _ = await schedules.FindAsync(db, workspace, id) ?? throw NotFound(id);
            return await runs.ListAsync(db, workspace, id, statuses, after, limit + 1);
        }, http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static r => r, static r => Cursor.Write(RunsName, r.CreatedAt, r.Id.Value)), WireJson.Wire.PageDreamScheduleRun);
    }

    private static DreamScheduleRow Pause(DreamScheduleRow row, DateTimeOffset now) => row.Schedule.PausedReason is { Error: null } ? row
        : row with { NextAt = null, Schedule = row.Schedule with { Status = DreamScheduleRow.Paused, PausedReason = new DreamSchedulePause("manual", null) } };

    private static DreamScheduleRow Resume(DreamScheduleRow row, DateTimeOffset now) => row.IsActive ? row
        : row with { NextAt = DreamScheduleRow.NextLook(row.Schedule.Trigger, now), Schedule = row.Schedule with { Status = DreamScheduleRow.Active, PausedReason = null } };

    /// <summary>As in the contract of deployments, an archived schedule is no longer paused.</summary>
    private static DreamScheduleRow Archive(DreamScheduleRow row, DateTimeOffset now) => row.Schedule.ArchivedAt is not null ? row
        : row with { NextAt = null, Schedule = row.Schedule with { Status = DreamScheduleRow.Active, PausedReason = null, ArchivedAt = now } };

    private async ValueTask<DreamScheduleRow> HeldAsync(DbSession db, string workspace, Id<DreamSchedule> id)
    {
        var row = await schedules.HoldAsync(db, workspace, id) ?? throw NotFound(id);
        return row.Schedule.ArchivedAt is null ? row : throw Archived(id);
    }

    private void CheckModel(JsonBody body, DreamSchedule schedule)
    {
        if (DreamModels.Problem(models, schedule.Model.Id, new DreamCaps(schedule.MaxTokens, schedule.MaxCost)) is var (field, problem)) body.Problem(field, problem);
    }

    private void Audit(DbSession db, HttpContext http, string action, DreamScheduleRow row) => audit.Record(db, row.WorkspaceId, Caller.Of(http).Actor, action, "dream_schedule", row.Schedule.Id.Value,
        ("memory_store_id", row.Schedule.MemoryStoreId.Value), ("trigger", row.Schedule.Trigger.Name), ("status", row.Schedule.ArchivedAt is null ? row.Schedule.Status : "archived"));

    private Task WriteAsync(HttpContext http, DreamScheduleRow row) => http.WriteAsync(row.ToWire(clock.GetUtcNow()), WireJson.Wire.DreamSchedule);

    private static Id<DreamSchedule> ScheduleId(HttpContext http) => http.RouteId<DreamSchedule>("schedule", "dream schedule");

    private static ApiException NotFound(Id<DreamSchedule> id) => ApiException.NotFound("dream schedule", id.Value);

    private static ApiException Archived(Id<DreamSchedule> id) => ApiException.Invalid($"The dream schedule {id} is archived and can only be read; make another.");
}
