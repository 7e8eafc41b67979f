using Reverie.Protocol.Ids;

namespace Reverie.Keys;

/// <summary>A caller of the API as the server knows it. The secret is shown once when it is made and never stored.</summary>
/// <param name="Id">Names the caller in version history and logs.</param>
/// <param name="WorkspaceId">The only workspace it sees.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">From when on it is refused; null while it is accepted.</param>
public sealed record ApiKey(Id<ApiKey> Id, string WorkspaceId, string Name, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt) : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "apikey";
}
