using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Reverie.Server.Http;

/// <summary>The OpenAPI document of this version, as it was committed.</summary>
internal static class Reference
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi.json", SendAsync).WithMetadata(new OpenToAll()).Describe("This document", gives: typeof(object));

    private static async Task SendAsync(HttpContext http)
    {
        await using var document = typeof(Reference).Assembly.GetManifestResourceStream("openapi.json")!;
        http.Response.ContentType = Operation.Json;
        http.Response.ContentLength = document.Length;
        await document.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
