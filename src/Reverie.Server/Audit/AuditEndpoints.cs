using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Audit;
using Reverie.Protocol.Audit;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Audit;

/// <summary>The audit log of the caller's workspace (beyond the public contract).</summary>
internal sealed class AuditEndpoints(Database database)
{
    private const string ListName = "audit";
    private const int PageMax = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reverie/audit", ListAsync).Describe("The audit log by number", null, typeof(Page<AuditRecord>),
        [
            Parameter.Limit(100, PageMax), Parameter.Page, Parameter.OneOf("order", "Newest first unless asc.", "asc", "desc"), new Parameter("subject_id", "Only what was done to this."),
            new Parameter("actor_id", "Only what this key, session or user did."), new Parameter("action", "Only this, such as change.applied."), .. Parameter.Times(),
        ]);
        routes.MapGet("/v1/reverie/audit/head", HeadAsync).Describe("Where the audit log ends", gives: typeof(AuditHead));
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(100, PageMax);
        var order = http.OneOf("order", "asc", "desc") ?? "desc";
        var filter = new AuditFilter(http.Text("subject_id"), http.Text("actor_id"), http.Text("action"), http.Times("created_at"));
        var cursor = Cursor.Read(http, ListName, 2);
        if (cursor is not null && cursor[0] != order) throw Cursor.Wrong();
        long? after = cursor is null ? null : Cursor.Number(cursor[1]);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => AuditLog.ListAsync(db, workspace, filter, order == "asc", after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static r => r, r => Cursor.Write(ListName, order, r.Seq.ToString())), WireJson.Wire.PageAuditRecord);
    }

    private async Task HeadAsync(HttpContext http)
    {
        var workspace = Caller.Of(http).WorkspaceId;
        await http.WriteAsync(await database.ReadAsync(db => AuditLog.HeadAsync(db, workspace), http.RequestAborted), WireJson.Wire.AuditHead);
    }
}
