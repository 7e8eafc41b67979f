using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Dreams.Jobs;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Storage;

namespace Reverie.Server.Dreams;

/// <summary>What a dream would take, before it is asked for. Creates nothing.</summary>
internal sealed class DreamForecastEndpoints(Database database, DreamEndpoints contract, DreamThinking thinking) : IDisposable
{
    /// <summary>One at a time: each uses every core, and those who wait cost nothing.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/reverie/dreams").MapPost("/forecast", ForecastAsync).Describe("Tokens, cost and time a dream would take; creates nothing", typeof(NewLargeDream), typeof(DreamForecast));

    public void Dispose() => _turn.Dispose();

    private async Task ForecastAsync(HttpContext http)
    {
        var asked = (await contract.ReadAsync(http, DreamReviewEndpoints.SessionsMax, isExtended: true)).Row;
        await database.WriteAsync(async db =>
        {
            await contract.CheckAsync(db, asked);
            return true;
        }, http.RequestAborted);
        await _turn.WaitAsync(http.RequestAborted);
        try
        {
            await http.WriteAsync(await thinking.ForecastAsync(asked, http.RequestAborted), WireJson.Wire.DreamForecast);
        }
        catch (DreamInputException gone)
        {
            throw ApiException.Invalid($"inputs: {gone.Message}.");
        }
        finally
        {
            _turn.Release();
        }
    }
}
