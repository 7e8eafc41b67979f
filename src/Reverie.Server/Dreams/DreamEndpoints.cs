using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Models;
using Reverie.Dreams.Selection;
using Reverie.Inference;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Server.Dreams.Selection;
using Reverie.Server.Http;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Server.Dreams;

/// <summary>Dreams (public contract, "Dreams").</summary>
internal sealed class DreamEndpoints(Database database, DreamRepository dreams, DreamJob job, MemoryStoreRepository stores, SessionRepository sessions,
    SessionSelector selector, DreamSessionRepository dreamSessions, ModelRegistry models, AuditLog audit)
{
    private const string ListName = "dreams";
    private const int InstructionsCharsMax = 4096;
    private const int ModelCharsMax = 256;

    /// <summary>Sessions of a dream in the contract.</summary>
    public const int SessionsMax = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/dreams").WithMetadata(BetaHeader.Dreams);
        group.MapPost("", http => CreateAsync(http, SessionsMax, isExtended: false)).Describe("Ask for a dream", typeof(NewDream), typeof(Dream));
        group.MapGet("", ListAsync).Describe("List dreams, newest first", null, typeof(Page<Dream>), [Parameter.Limit(20, 100), Parameter.Page, Parameter.IncludeArchived, Parameter.Many("statuses", "", "pending", "running", "completed", "failed", "canceled"), .. Parameter.Times()]);
        group.MapGet("/{dream}", RetrieveAsync).Describe("Get a dream", gives: typeof(Dream));
        group.MapPost("/{dream}/cancel", CancelAsync).Describe("End a dream that has not ended; what it wrote stays", gives: typeof(Dream));
        group.MapPost("/{dream}/archive", ArchiveAsync).Describe("Archive a dream that has ended, for good", gives: typeof(Dream));
    }

    public static Id<Dream> DreamId(HttpContext http) => http.RouteId<Dream>("dream", "dream");

    public static ApiException NotFound(Id<Dream> id) => ApiException.NotFound("dream", id.Value);

    /// <summary>Asks for a dream.</summary>
    /// <param name="http">The request.</param>
    /// <param name="sessionsMax">Sessions it may read.</param>
    /// <param name="isExtended">True where <c>mode</c> is a field (<c>review</c> leaves every change proposed), and a budget.</param>
    public async Task CreateAsync(HttpContext http, int sessionsMax, bool isExtended)
    {
        var (asked, filter, matched) = await ReadAsync(http, sessionsMax, isExtended);
        var row = await database.WriteAsync(async db =>
        {
            await CheckAsync(db, asked);
            var scope = new MemoryScope(asked.WorkspaceId, asked.MemoryStoreId);
            if (asked.UpdatesExisting && await dreams.HolderAsync(db, scope) is { } holder)
                throw new ApiException(ErrorType.Conflict, $"The dream {holder} is to update the memory store {scope.StoreId} already; wait until it has ended, or cancel it.") { IsPermanent = true };
            var created = await dreams.CreateAsync(db, asked);
            if (filter is not null) await dreamSessions.KeepFilterAsync(db, created, filter, matched);
            audit.Record(db, asked.WorkspaceId, Caller.Of(http).Actor, AuditActions.DreamCreated, "dream", created.Id.Value, ("memory_store_id", scope.StoreId.Value),
                ("session_count", asked.SessionIds.Count.ToString()), ("mode", asked.IsReview ? "review" : "auto"), ("output_behavior", asked.UpdatesExisting ? "update_existing" : "create_new"), ("model", asked.Model));
            return created;
        }, http.RequestAborted);
        await http.WriteAsync(row.ToDream(), WireJson.Wire.Dream);
    }

    /// <summary>The dream the body asks for, as far as that can be told from the body alone.</summary>
    public async Task<AskedDream> ReadAsync(HttpContext http, int sessionsMax, bool isExtended)
    {
        using var body = await JsonBody.ReadAsync(http);
        if (isExtended) body.Knows("inputs", "model", "instructions", "output_behavior", "mode", "max_tokens", "max_cost", "attacker_share");
        else body.Knows("inputs", "model", "instructions", "output_behavior");
        var (store, givenIds, filter) = ReadInputs(body, sessionsMax, isExtended);
        var model = ReadModel(body);
        var instructions = body.Text("instructions", isRequired: false, 1, InstructionsCharsMax);
        if (instructions?.Contains('\0') == true) body.Problem("instructions", "must not contain the character U+0000");
        var updatesExisting = ReadOutputBehavior(body, store);
        var isReview = isExtended && ReadMode(body);
        var caps = isExtended ? DreamCapsBody.Read(body) : DreamCaps.None;
        var attackerShare = isExtended ? DreamCapsBody.ReadAttackerShare(body) : null;
        if (model is not null && DreamModels.Problem(models, model, caps) is var (field, problem)) body.Problem(field, problem);
        body.ThrowIfWrong();
        var workspace = Caller.Of(http).WorkspaceId;
        var selection = filter is null ? null : await SelectAsync(workspace, filter, http.RequestAborted);
        var sessionIds = selection is null ? givenIds : [.. selection.Chosen.Select(static s => Id<Session>.Parse(s.Id))];
        return new AskedDream(new DreamRow
        {
            WorkspaceId = workspace,
            Id = default,
            Status = DreamStatus.Pending,
            IsReview = isReview,
            Model = model!,
            Instructions = instructions,
            MemoryStoreId = store!.Value,
            SessionIds = [.. sessionIds.Select(static id => id.Value).Order(StringComparer.Ordinal)],
            UpdatesExisting = updatesExisting,
            Caps = caps,
            AttackerShare = attackerShare ?? 0,
            CreatedAt = default,
            Fence = 0,
        }, filter, selection?.Matched ?? 0);
    }

    /// <summary>Holds the store of a dream, so that two dreams for one store are not let in at once.</summary>
    /// <exception cref="ApiException">The store or a session is not there.</exception>
    public async ValueTask CheckAsync(DbSession db, DreamRow asked)
    {
        var scope = new MemoryScope(asked.WorkspaceId, asked.MemoryStoreId);
        var found = await stores.HoldAsync(db, scope) ?? throw ApiException.Invalid($"inputs: there is no memory store with the id {scope.StoreId} in this workspace.");
        if (found.ArchivedAt is not null) throw ApiException.Invalid($"inputs: the memory store {scope.StoreId} is archived and cannot be dreamt over.");
        foreach (var id in asked.SessionIds)
        {
            if (await sessions.FindAsync(db, asked.WorkspaceId, Id<Session>.Parse(id)) is null) throw ApiException.Invalid($"inputs: there is no session with the id {id} in this workspace.");
        }
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = DreamId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.ReadAsync(db => dreams.FindAsync(db, workspace, id), http.RequestAborted) ?? throw NotFound(id);
        await http.WriteAsync(row.ToDream(), WireJson.Wire.Dream);
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var statuses = http.Many<DreamStatus>("statuses");
        var created = http.Times("created_at");
        var isArchivedShown = http.Flag("include_archived");
        var after = Cursor.ReadCreated(http, ListName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => dreams.ListAsync(db, workspace, statuses, created, isArchivedShown, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static d => d.ToDream(), static d => Cursor.Write(ListName, d.CreatedAt, d.Id.Value)), WireJson.Wire.PageDream);
    }

    private async Task CancelAsync(HttpContext http)
    {
        var id = DreamId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.WriteAsync(async db =>
        {
            var dream = await dreams.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            if (dream.Status == DreamStatus.Canceled) return dream;
            if (dream.HasEnded) throw ApiException.Invalid($"The dream {id} has {(dream.Status == DreamStatus.Completed ? "completed" : "failed")} already and cannot be canceled.");
            await job.EndAsync(db, dream, DreamStatus.Canceled, null, Caller.Of(http).Actor);
            return (await dreams.FindAsync(db, workspace, id))!;
        }, http.RequestAborted);
        await http.WriteAsync(row.ToDream(), WireJson.Wire.Dream);
    }

    private async Task ArchiveAsync(HttpContext http)
    {
        var id = DreamId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var row = await database.WriteAsync(async db =>
        {
            var dream = await dreams.HoldAsync(db, workspace, id) ?? throw NotFound(id);
            if (!dream.HasEnded) throw ApiException.Invalid($"The dream {id} has not ended; cancel it or wait, then archive it.");
            if (dream.ArchivedAt is not null) return dream;
            await dreams.ArchiveAsync(db, dream);
            audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.DreamArchived, "dream", id.Value);
            return (await dreams.FindAsync(db, workspace, id))!;
        }, http.RequestAborted);
        await http.WriteAsync(row.ToDream(), WireJson.Wire.Dream);
    }

    private async Task<SessionSelection> SelectAsync(string workspace, DreamSessionFilter filter, CancellationToken cancellationToken)
    {
        var (selection, _) = await selector.SelectAsync(workspace, filter, null, null, cancellationToken);
        return selection.Chosen.Count > 0 ? selection : throw ApiException.Invalid("inputs: no session meets the filter; POST /v1/reverie/session_filters/preview shows what it finds.");
    }

    /// <summary>The sessions are given by their ids or by a filter, which is null for ids.</summary>
    private static (Id<MemoryStore>? Store, IReadOnlyList<Id<Session>> Sessions, DreamSessionFilter? Filter) ReadInputs(JsonBody body, int sessionsMax, bool isExtended)
    {
        DreamSessionFilter? filter = null;
        Id<MemoryStore>? store = null;
        List<Id<Session>>? ids = null;
        if (!body.Has("inputs")) body.Problem("inputs", "is required: one memory_store and one sessions");
        else if (body.Array("inputs") is { } inputs)
        {
            var index = 0;
            foreach (var input in inputs.EnumerateArray())
            {
                var name = $"inputs[{index++}]";
                switch (TypeOf(body, input, name))
                {
                    case "memory_store" when store is null:
                        Knows(body, input, name, "type", "memory_store_id");
                        store = ReadId<MemoryStore>(body, input, "memory_store_id", name);
                        break;
                    case SessionFilterFields.TypeName when isExtended && ids is null && filter is null:
                        filter = SessionFilterFields.Read(JsonPart.Of(body).ObjectOf(input, name)!.Value);
                        break;
                    case "sessions" when ids is null && filter is null:
                        Knows(body, input, name, "type", "session_ids");
                        ids = ReadSessions(body, input, name, sessionsMax);
                        break;
                    case "memory_store" or "sessions":
                    case SessionFilterFields.TypeName when isExtended:
                        body.Problem(name, "is the second of its type; there must be exactly one memory_store and one sessions");
                        break;
                    case { } other:
                        body.Problem($"{name}.type", $"must be memory_store or sessions{(isExtended ? " or session_filter" : "")}, not {ApiException.Quoted(other)}");
                        break;
                }
            }
            if (index != 2) body.Problem("inputs", $"must hold exactly one memory_store and one sessions, not {index} items");
        }
        return (store, ids ?? [], filter);
    }

    private static List<Id<Session>> ReadSessions(JsonBody body, JsonElement input, string name, int sessionsMax)
    {
        var ids = new List<Id<Session>>();
        var field = $"{name}.session_ids";
        if (!input.TryGetProperty("session_ids", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            body.Problem(field, "must be an array of session ids");
            return ids;
        }
        var count = list.GetArrayLength();
        if (count < 1 || count > sessionsMax)
        {
            body.Problem(field, $"must hold 1 to {sessionsMax} ids, not {count}{(sessionsMax == SessionsMax && count > 0 ? "; POST /v1/reverie/dreams takes more" : "")}");
            return ids;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            if (body.TextOf(item, $"{field}[]") is not { } text) continue;
            if (!Id<Session>.TryParse(text, out var id)) body.Problem(field, $"holds {ApiException.Quoted(text)}, which is no session id");
            else if (!seen.Add(text)) body.Problem(field, $"holds {text} twice");
            else ids.Add(id);
        }
        return ids;
    }

    public static string? ReadModel(JsonBody body)
    {
        string? model = null;
        if (!body.Has("model")) body.Problem("model", "is required");
        else if (body.Root.GetProperty("model") is { ValueKind: JsonValueKind.Object } config)
        {
            Knows(body, config, "model", "id", "speed");
            model = body.TextIn(config, "id", "model");
            if (config.TryGetProperty("speed", out var speed) && speed.ValueKind != JsonValueKind.Null && body.TextOf(speed, "model.speed") is { } named && named != "standard")
                body.Problem("model.speed", "must be \"standard\"");
        }
        else model = body.Text("model", isRequired: true, 1, ModelCharsMax);
        return model;
    }

    private static bool ReadOutputBehavior(JsonBody body, Id<MemoryStore>? store)
    {
        if (body.Object("output_behavior") is not { } behavior) return false;
        const string name = "output_behavior";
        switch (TypeOf(body, behavior, name))
        {
            case "create_new":
                Knows(body, behavior, name, "type");
                return false;
            case "update_existing":
                Knows(body, behavior, name, "type", "memory_store_id");
                if (ReadId<MemoryStore>(body, behavior, "memory_store_id", name) is { } target && store is { } input && target != input)
                    body.Problem($"{name}.memory_store_id", "must be the store in inputs");
                return true;
            case { } other:
                body.Problem($"{name}.type", $"must be create_new or update_existing, not {ApiException.Quoted(other)}");
                return false;
            default:
                return false;
        }
    }

    private static bool ReadMode(JsonBody body)
    {
        var mode = body.Text("mode", isRequired: false, 1, 16);
        if (mode is not (null or "auto" or "review")) body.Problem("mode", $"must be auto or review, not {ApiException.Quoted(mode)}");
        return mode == "review";
    }

    private static void Knows(JsonBody body, JsonElement value, string name, params ReadOnlySpan<string> fields) => JsonPart.Of(body).ObjectOf(value, name)!.Value.Knows(fields);

    private static string? TypeOf(JsonBody body, JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Object) return body.TextIn(value, "type", name);
        body.Problem(name, $"must be an object, not {JsonBody.Kind(value)}");
        return null;
    }

    private static Id<T>? ReadId<T>(JsonBody body, JsonElement value, string field, string name) where T : IResource
    {
        if (body.TextIn(value, field, name) is not { } text) return null;
        if (Id<T>.TryParse(text, out var id)) return id;
        body.Problem($"{name}.{field}", $"must be an id that begins with {T.IdPrefix}_, not {ApiException.Quoted(text)}");
        return null;
    }
}

/// <summary>A dream as a request asks for it.</summary>
/// <param name="Row">Without an id.</param>
/// <param name="Filter">What its sessions were chosen by; null where they were named.</param>
/// <param name="Matched">Sessions the filter meets; 0 without one.</param>
internal sealed record AskedDream(DreamRow Row, DreamSessionFilter? Filter, int Matched);
