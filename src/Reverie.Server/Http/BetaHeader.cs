using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Reverie.Protocol.Errors;

namespace Reverie.Server.Http;

/// <summary>Which values of <c>anthropic-beta</c> open a group of endpoints (public contract, "Beta values").</summary>
/// <param name="AnyOf">One of them must be there; without it the endpoint does not exist.</param>
/// <param name="NotBoth">True when sending all of them is an error.</param>
internal sealed record BetaHeader(string[] AnyOf, bool NotBoth)
{
    private const string Name = "anthropic-beta";

    public static BetaHeader ManagedAgents { get; } = new(["managed-agents-2026-04-01"], false);

    public static BetaHeader Memory { get; } = new(["agent-memory-2026-07-22", "managed-agents-2026-04-01"], true);

    public static BetaHeader Dreams { get; } = new(["dreaming-2026-04-21"], false);

    /// <exception cref="ApiException">The header is missing, or says two things at once.</exception>
    public void Check(HttpRequest request)
    {
        var found = CountIn(request);
        if (found == 0)
            throw new ApiException(ErrorType.NotFound, $"{request.Method} {request.Path} does not exist without the header {Name}: {AnyOf[0]}.");
        if (NotBoth && found > 1)
            throw ApiException.Invalid($"{Name} must hold {AnyOf[0]} or {AnyOf[1]}, not both.");
    }

    /// <summary>True when the request has one of the values.</summary>
    public bool IsSent(HttpRequest request) => CountIn(request) > 0;

    private int CountIn(HttpRequest request)
    {
        var sent = request.Headers[Name];
        var found = 0;
        foreach (var value in AnyOf)
        {
            if (IsIn(sent, value)) found++;
        }
        return found;
    }

    private static bool IsIn(StringValues lines, string wanted)
    {
        foreach (var line in lines)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                if (line.AsSpan(part).Trim().SequenceEqual(wanted)) return true;
            }
        }
        return false;
    }
}
