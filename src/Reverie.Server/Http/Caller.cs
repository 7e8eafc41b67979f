using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Reverie.Keys;
using Reverie.Protocol.Memory;

namespace Reverie.Server.Http;

/// <summary>Who asks, and in which workspace.</summary>
/// <param name="Key">Their key.</param>
internal sealed record Caller(ApiKey Key)
{
    public string WorkspaceId => Key.WorkspaceId;

    public Actor Actor { get; init; } = new ApiActor(Key.Id.Value);

    /// <summary>The caller of an authenticated request.</summary>
    public static Caller Of(HttpContext http) => http.Features.GetRequiredFeature<Caller>();
}
