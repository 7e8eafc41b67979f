using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Alarms;
using Reverie.Protocol.Alarms;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Alarms;

/// <summary>What people should look at (beyond the public contract).</summary>
internal sealed class AlarmEndpoints(Database database, AlarmRepository alarms)
{
    private const string ListName = "alarms";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/reverie/alarms", ListAsync).Describe("List alarms, newest first", null, typeof(Page<Alarm>),
        Parameter.Limit(20, 1000), Parameter.Page, Parameter.Flag("include_cleared", "Whether those that are over are listed too."));

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 1000);
        var isClearedShown = http.Flag("include_cleared");
        var after = Cursor.ReadCreated(http, ListName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(db => alarms.ListAsync(db, workspace, isClearedShown, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static a => a, static a => Cursor.Write(ListName, a.CreatedAt, a.Id.Value)), WireJson.Wire.PageAlarm);
    }
}
