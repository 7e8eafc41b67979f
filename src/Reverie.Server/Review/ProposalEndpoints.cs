using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Dreams.Review;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Server.Memory;
using Reverie.Storage;

namespace Reverie.Server.Review;

/// <summary>What waits for a person in a store, from every dream that wrote to it (beyond the public contract).</summary>
internal sealed class ProposalEndpoints(Database database, MemoryStoreRepository stores, ReviewPolicyRepository policies, ProposalRepository proposals)
{
    private const string ListName = "proposals";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/reverie/memory_stores/{store}/proposals", ListAsync)
        .Describe("Changes that wait for a person, the oldest dream first", null, typeof(Page<Proposal>), Parameter.Limit(20, 100), Parameter.Page);

    private async Task ListAsync(HttpContext http)
    {
        var scope = MemoryStoreEndpoints.Scope(http);
        var limit = http.Limit(20, 100);
        (long, string, long)? after = Cursor.Read(http, ListName, 3) is [var endedAt, var dream, var seq] ? (Cursor.Number(endedAt), dream, Cursor.Number(seq)) : null;
        var found = await database.ReadAsync(async db =>
        {
            _ = await stores.FindAsync(db, scope) ?? throw MemoryStoreEndpoints.NotFound(scope);
            return await proposals.ListAsync(db, scope, await policies.FindAsync(db, scope), after, limit + 1);
        }, http.RequestAborted);
        var page = found.ToPage(limit, static p => p.Proposal, static p => Cursor.Write(ListName, DbTime.ToMicros(p.Proposal.CreatedAt).ToString(), p.Proposal.DreamId.Value, p.Seq.ToString()));
        await http.WriteAsync(page, WireJson.Wire.PageProposal);
    }
}
