using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Json;

namespace Reverie.Server.Http;

/// <summary>Writes answers in the contract's JSON.</summary>
internal static class Answers
{
    public static Task WriteAsync<T>(this HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.BodyWriter, value, type, http.RequestAborted);
    }

    /// <summary>For refusals that are part of the ordinary course, such as a precondition that no longer holds.</summary>
    public static Task WriteErrorAsync(this HttpContext http, ErrorType type, ErrorBody body)
    {
        http.Response.StatusCode = type.Status;
        return http.WriteAsync(new ErrorEnvelope(body, http.TraceIdentifier), WireJson.Wire.ErrorEnvelope);
    }
}
