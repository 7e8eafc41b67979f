using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Dreams.Provenance;
using Reverie.Dreams.Quality;
using Reverie.Dreams.Withdrawals;
using Reverie.Memory.Stores;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Server.Http;
using Reverie.Server.Memory;
using Reverie.Server.Sessions;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Credit;
using Reverie.Storage;

namespace Reverie.Server.Proof;

/// <summary>What a memory rests on, what it is good for, and what went with a deleted session (beyond the public contract).</summary>
internal sealed class ProofEndpoints(Database database, MemoryStoreRepository stores, SessionRepository sessions, ProvenanceReader provenance, CreditReader credit, QualityReader quality, WithdrawalRepository withdrawals)
{
    private const int PageMax = 1000;
    private const int StaleAfterDaysMax = 3650;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/reverie/memory_stores/{store}");
        group.MapGet("/provenance", ProvenanceAsync).Describe("What each passage of a memory rests on", null, typeof(Page<MemoryPassage>),
            new Parameter("path", "The memory, with a leading slash.") { IsRequired = true }, Parameter.Limit(100, PageMax), Parameter.Page);
        group.MapGet("/provenance/sources", SourcesAsync).Describe("The sessions that bear out a change on which passages rest", null, typeof(Page<PassageSource>),
            new Parameter("dream_id", "The dream, as a passage names it.") { IsRequired = true }, new Parameter("change_id", "The change, as a passage names it.") { IsRequired = true }, Parameter.Limit(100, PageMax), Parameter.Page);
        group.MapGet("/credit", CreditAsync).Describe("What became of the sessions that were shown a memory, by path", null, typeof(Page<MemoryCredit>), Parameter.Limit(100, PageMax), Parameter.Page);
        group.MapGet("/quality", QualityAsync).Describe("The meters of a store", null, typeof(StoreQuality), Parameter.Number("stale_after_days", "After how many days without confirmation an entry counts as stale.", 30, 1, StaleAfterDaysMax));
        routes.MapGet("/v1/reverie/sessions/{session}/withdrawals", WithdrawalsAsync).Describe("What the deletion of a session took with it", null, typeof(Page<SessionWithdrawal>), Parameter.Limit(100, PageMax), Parameter.Page);
    }

    private async Task ProvenanceAsync(HttpContext http)
    {
        const string list = "memory_passages";
        var scope = MemoryStoreEndpoints.Scope(http);
        var path = http.Text("path") ?? throw ApiException.Invalid("path is required: the path of a memory, such as /notes.md.");
        if (MemoryPath.AbsoluteProblem(path) is { } problem) throw ApiException.Invalid($"path {problem}.");
        var limit = http.Limit(100, PageMax);
        var after = Cursor.Read(http, list, 1) is [var line] ? Cursor.Number(line) : 0;
        var passages = await ReadAsync(http, scope, db => provenance.ReadAsync(db, scope, path)) ?? throw ApiException.NotFound("memory at the path", path);
        await http.WriteAsync(passages.Where(p => p.FirstLine > after).Take(limit + 1).ToList().ToPage(limit, static p => p, static p => Cursor.Write(list, p.LastLine.ToString())), WireJson.Wire.PageMemoryPassage);
    }

    private async Task SourcesAsync(HttpContext http)
    {
        const string list = "passage_sources";
        var scope = MemoryStoreEndpoints.Scope(http);
        var dream = http.Text("dream_id") ?? throw ApiException.Invalid("dream_id is required: the dream of a change, as the provenance of a memory names it.");
        var change = http.Text("change_id") ?? throw ApiException.Invalid("change_id is required: a change, as the provenance of a memory names it.");
        var limit = http.Limit(100, PageMax);
        var after = Cursor.Read(http, list, 1) is [var place] ? place : "";
        var sources = await ReadAsync(http, scope, db => ProvenanceReader.SourcesAsync(db, scope, dream, change, after, limit + 1)) ?? throw ApiException.NotFound("change in this store", $"{dream}/{change}");
        await http.WriteAsync(sources.ToPage(limit, static s => s.Source, static s => Cursor.Write(list, s.Place)), WireJson.Wire.PagePassageSource);
    }

    private async Task CreditAsync(HttpContext http)
    {
        const string list = "memory_credit";
        var scope = MemoryStoreEndpoints.Scope(http);
        var limit = http.Limit(100, PageMax);
        var after = Cursor.Read(http, list, 1) is [var path] ? path : "";
        var all = await ReadAsync(http, scope, db => credit.ReadAsync(db, scope));
        var page = all.Where(c => string.CompareOrdinal(c.Path, after) > 0).Take(limit + 1).ToList();
        await http.WriteAsync(page.ToPage(limit, static c => c, static c => Cursor.Write(list, c.Path)), WireJson.Wire.PageMemoryCredit);
    }

    private async Task QualityAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var days = (int)http.Number("stale_after_days", 30, 1, StaleAfterDaysMax);
        await http.WriteAsync(await ReadAsync(http, scope, db => quality.ReadAsync(db, scope, days, http.RequestAborted)), WireJson.Wire.StoreQuality);
    }

    /// <summary>The record outlives the session. A session that is there has taken nothing with it yet.</summary>
    private async Task WithdrawalsAsync(HttpContext http)
    {
        const string list = "session_withdrawals";
        var id = SessionEndpoints.SessionId(http);
        var limit = http.Limit(100, PageMax);
        var after = Cursor.Read(http, list, 1) is [var seq] ? Cursor.Number(seq) : 0;
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(async db =>
        {
            var done = await withdrawals.ListAsync(db, workspace, id.Value, after, limit + 1);
            if (done.Count == 0 && after == 0 && await sessions.FindAsync(db, workspace, id) is null)
                throw ApiException.NotFound("session with anything withdrawn", id.Value);
            return done;
        }, http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static w => w.Withdrawal, static w => Cursor.Write(list, w.Seq.ToString())), WireJson.Wire.PageSessionWithdrawal);
    }

    private async Task<T> ReadAsync<T>(HttpContext http, MemoryScope scope, Func<DbSession, ValueTask<T>> read) => await database.ReadAsync(async db =>
    {
        _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
        return await read(db);
    }, http.RequestAborted);
}
