using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Reverie.Keys;
using Reverie.Protocol.Errors;
using Reverie.Storage;

namespace Reverie.Server.Http;

/// <summary>
/// What every request passes: it gets an id, its caller is found and counted, the beta header is checked, and whatever goes
/// wrong leaves as one error envelope.
/// </summary>
internal sealed partial class RequestEdge(RequestDelegate next, KeyDirectory keys, RequestRates rates, IdGenerator ids, ILogger<RequestEdge> log)
{
    private const string RequestIdHeader = "request-id";

    public async Task InvokeAsync(HttpContext http)
    {
        var requestId = ids.New("req");
        http.TraceIdentifier = requestId;
        http.Response.Headers[RequestIdHeader] = requestId;
        try
        {
            var endpoint = http.GetEndpoint();
            if (endpoint?.Metadata.GetMetadata<OpenToAll>() is null)
            {
                var caller = await AuthenticateAsync(http);
                rates.CountRequest(http, caller);
                http.Features.Set(caller);
                http.Response.Headers["anthropic-workspace-id"] = caller.WorkspaceId;
                http.Response.Headers["anthropic-organization-id"] = "reverie";
                endpoint?.Metadata.GetMetadata<BetaHeader>()?.Check(http.Request);
            }
            await next(http);
            if (!http.Response.HasStarted) ExplainStatus(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer.
        }
        catch (ApiException error)
        {
            await AnswerAsync(http, error.Type, error.Message, error.Code, error.IsPermanent);
        }
        catch (BadHttpRequestException error)
        {
            var type = error.StatusCode == StatusCodes.Status413PayloadTooLarge ? ErrorType.TooLarge : ErrorType.InvalidRequest;
            await AnswerAsync(http, type, $"The request cannot be read: {error.Message}", error.StatusCode == StatusCodes.Status408RequestTimeout ? "request_body_timeout" : null);
        }
        catch (DatabaseException error)
        {
            LogFailure(error, requestId, http.Request.Method, http.Request.Path.Value ?? "");
            await AnswerAsync(http, ErrorType.Overloaded, "The database does not take the request now; try again. The operator finds the reason in the server's log under this request id.");
        }
#pragma warning disable CA1031 // The edge of the server: whatever is left is ours to log and to answer.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailure(error, requestId, http.Request.Method, http.Request.Path.Value ?? "");
            await AnswerAsync(http, ErrorType.Internal, "The server failed; the operator finds the reason in its log under this request id.");
        }
    }

    /// <summary>What routing refused without a word.</summary>
    private static void ExplainStatus(HttpContext http)
    {
        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound when http.GetEndpoint() is null:
                throw new ApiException(ErrorType.NotFound, $"There is no endpoint {http.Request.Method} {ApiException.Quoted(http.Request.Path.Value ?? "")}.");
            case StatusCodes.Status405MethodNotAllowed:
                throw new ApiException(ErrorType.MethodNotAllowed, $"{http.Request.Method} is not possible here; allowed: {http.Response.Headers.Allow}.");
        }
    }

    private async ValueTask<Caller> AuthenticateAsync(HttpContext http)
    {
        if (SecretOf(http.Request) is not { Length: > 0 } secret)
            throw new ApiException(ErrorType.Authentication, "Send a key as \"Authorization: Bearer <key>\" or \"x-api-key: <key>\"; \"reverie keys create\" makes one.");
        if (await keys.FindAsync(HashOf(http, secret), http.RequestAborted) is { } caller)
        {
            if (http.Request.Headers["anthropic-workspace-id"] is [{ Length: > 0 } workspace] && workspace != caller.WorkspaceId)
                throw new ApiException(ErrorType.Permission, $"This key belongs to the workspace {caller.WorkspaceId}; send that as anthropic-workspace-id, or nothing.");
            return caller;
        }
        rates.CountFailure(http);
        throw new ApiException(ErrorType.Authentication, "The key is unknown or revoked.");
    }

    /// <summary>A connection mostly brings the key it brought before, and to hash it takes longer than to look it up.</summary>
    private static string HashOf(HttpContext http, string secret)
    {
        // Other protocols have several requests of a connection under way, which would meet here.
        if (!HttpProtocol.IsHttp11(http.Request.Protocol)) return ApiKeySecret.Sha256(secret);
        var items = http.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        if (items.TryGetValue(typeof(HashedSecret), out var known) && known is HashedSecret hashed && hashed.Secret == secret) return hashed.Sha256;
        var sha256 = ApiKeySecret.Sha256(secret);
        items[typeof(HashedSecret)] = new HashedSecret(secret, sha256);
        return sha256;
    }

    private static string? SecretOf(HttpRequest request)
    {
        if (request.Headers["x-api-key"] is [{ Length: > 0 } key]) return key;
        return request.Headers.Authorization is [{ } bearer] && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer["Bearer ".Length..].Trim() : null;
    }

    private async Task AnswerAsync(HttpContext http, ErrorType type, string message, string? code = null, bool isPermanent = false)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer cannot be taken back; cutting the connection tells the client that it is none.
            http.Abort();
            return;
        }
        var kept = new[] { RequestIdHeader, "anthropic-workspace-id", "anthropic-organization-id", "retry-after", "allow" }
            .Select(name => (name, value: http.Response.Headers[name])).Where(static h => h.value != StringValues.Empty).ToList();
        http.Response.Clear();
        foreach (var (name, value) in kept) http.Response.Headers[name] = value;
        if (isPermanent) http.Response.Headers["x-should-retry"] = "false";
        await http.WriteErrorAsync(type, new ErrorBody { Type = type.Name, Message = message, Details = code is null ? null : new ErrorDetails(code) });
    }

    private sealed record HashedSecret(string Secret, string Sha256)
    {
        public override string ToString() => nameof(HashedSecret);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed: {Method} {Path}")]
    private partial void LogFailure(Exception error, string requestId, string method, string path);
}

/// <summary>Marks an endpoint that needs no key.</summary>
internal sealed record OpenToAll;
