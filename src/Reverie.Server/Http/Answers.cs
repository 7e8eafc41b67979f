using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Reverie.Memory.Stores;
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

    /// <summary>A conflict that trying again cannot mend: the SDKs retry every other 409 by themselves.</summary>
    /// <param name="taken">The memory in the way; null when none is.</param>
    public static Task WriteConflictAsync(this HttpContext http, ErrorType type, string message, MemoryWriteOutcome.PathTaken? taken = null)
    {
        http.Response.Headers["x-should-retry"] = "false";
        return http.WriteErrorAsync(type, new ErrorBody { Type = type.Name, Message = message, ConflictingMemoryId = taken?.MemoryId, ConflictingPath = taken?.Path });
    }

    public static Task WriteErrorAsync(this HttpContext http, ErrorType type, ErrorBody body)
    {
        http.Response.StatusCode = type.Status;
        return http.WriteAsync(new ErrorEnvelope(body, http.TraceIdentifier), WireJson.Wire.ErrorEnvelope);
    }
}
